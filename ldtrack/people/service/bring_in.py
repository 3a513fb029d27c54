"""Bringing many people in at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders
from ldtrack.access.service import set_holders
from ldtrack.core.errors import RuleBroken
from ldtrack.core.ids import new_id
from ldtrack.db.parts import MANY, in_parts
from ldtrack.db.session import organisation_of
from ldtrack.people.domain import ImportPerson
from ldtrack.people.models import Person, Unit
from ldtrack.people.queries import by_external_id

_WRITTEN = (
    "email",
    "first_name",
    "last_name",
    "unit_id",
    "job_profile",
    "locale",
    "time_zone",
    "active",
)
_FRESH: dict[str, Any] = {
    "last_name": "",
    "unit_id": None,
    "job_profile": "",
    "locale": "en-GB",
    "time_zone": "",
    "active": True,
}


@dataclass(frozen=True, kw_only=True)
class ImportedPeople:
    """What became of the rows; everybody is in one of the three."""

    added: tuple[int, ...]
    changed: int
    unchanged: int


def import_people(
    session: Session, rows: Sequence[ImportPerson], *, starts_on: date
) -> ImportedPeople:
    """Add and change people by external id, with their units and line managers.

    New reporting lines begin at `starts_on`. Doing it again changes nothing; people whom the rows
    do not name stay as they are. The statements do not grow one by one.
    """
    known = _known(session, [row.external_id for row in rows])
    units = _units(session, {row.unit for row in rows if row.unit})
    new: list[dict[str, Any]] = []
    changes: dict[int, dict[str, Any]] = {}
    ids: dict[str, int] = {}
    for row in rows:
        before = known.get(row.external_id)
        after = _after(row, before or _FRESH, units)
        if before is None:
            new.append(after | {"id": new_id(), "external_id": row.external_id})
            ids[row.external_id] = new[-1]["id"]
        else:
            ids[row.external_id] = before["id"]
            if any(after[name] != before[name] for name in _WRITTEN):
                changes[before["id"]] = after
    _write(session, known, new, changes)
    moved = _set_managers(session, rows, ids, starts_on)
    added = {one["id"] for one in new}
    changed = (set(changes) | moved) - added
    return ImportedPeople(
        added=tuple(sorted(added)),
        changed=len(changed),
        unchanged=len(rows) - len(added) - len(changed),
    )


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What importing would do."""

    added: int
    changed: int
    unchanged: int


def compare_people(session: Session, rows: Sequence[ImportPerson], *, today: date) -> Comparison:
    """What `import_people` would do with the rows; stores nothing."""
    known = _known(session, [row.external_id for row in rows])
    units = dict(session.execute(select(Unit.name, Unit.id)).all())
    managers = holders(session, RelationshipKind.MANAGER, today)
    external_ids = {row["id"]: external_id for external_id, row in known.items()}
    unnamed = {holder for holder in managers.values() if holder not in external_ids}
    external_ids |= _external_ids(session, unnamed)
    added = changed = 0
    for row in rows:
        before = known.get(row.external_id)
        if before is None:
            added += 1
            continue
        after = _after(row, before, units)
        new_unit = bool(row.unit) and row.unit not in units
        manager = external_ids.get(managers.get(before["id"], 0), "")
        moves = row.manager_external_id is not None and row.manager_external_id != manager
        if new_unit or moves or any(after[name] != before[name] for name in _WRITTEN):
            changed += 1
    return Comparison(added=added, changed=changed, unchanged=len(rows) - added - changed)


def _after(
    row: ImportPerson, before: Mapping[str, Any], units: Mapping[str, int]
) -> dict[str, Any]:
    said = {
        "email": row.email,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "job_profile": row.job_profile,
        "locale": row.locale,
        "time_zone": row.time_zone,
        "active": row.active,
    }
    after = {name: before[name] if value is None else value for name, value in said.items()}
    after["unit_id"] = before["unit_id"] if row.unit is None else units.get(row.unit)
    return after


def _known(session: Session, external_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    names = ("id", "external_id", *_WRITTEN)
    columns = [getattr(Person, name) for name in names]
    wanted = set(external_ids)
    rows: list[Any] = []
    if len(wanted) > MANY:
        rows += [row for row in session.execute(select(*columns)) if row.external_id in wanted]
    else:
        for part in in_parts(wanted):
            rows += session.execute(select(*columns).where(Person.external_id.in_(part)))
    return {row.external_id: dict(zip(names, row, strict=True)) for row in rows}


def _external_ids(session: Session, ids: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in in_parts(set(ids)):
        rows = session.execute(select(Person.id, Person.external_id).where(Person.id.in_(part)))
        found.update(rows.all())
    return found


def _units(session: Session, names: set[str]) -> dict[str, int]:
    units = dict(session.execute(select(Unit.name, Unit.id)).all())
    organisation_id = organisation_of(session)
    new = [
        {"id": new_id(), "organisation_id": organisation_id, "name": name}
        for name in sorted(names - set(units))
    ]
    if new:
        session.execute(insert(Unit), new)
    return units | {str(one["name"]): int(str(one["id"])) for one in new}


def _write(
    session: Session,
    known: Mapping[str, dict[str, Any]],
    new: list[dict[str, Any]],
    changes: Mapping[int, dict[str, Any]],
) -> None:
    # The ids were found by statements that see this organisation alone.
    table = Person.__table__
    connection = session.connection()
    swapped = {row["id"] for row in known.values()} & set(changes)
    wanted = {one["email"] for one in [*new, *changes.values()]}
    aside = [
        {"key": row["id"], "email": f"{row['id']}@moving.invalid"}
        for row in known.values()
        if row["id"] in swapped and row["email"] in wanted
    ]
    statement = update(Person.__table__).where(table.c.id == bindparam("key"))  # type: ignore[arg-type]  # the class's table
    if aside:
        # An address that passes from one person to another is free only once the first has left it.
        connection.execute(statement, aside)
    if changes:
        connection.execute(statement, [{"key": key, **values} for key, values in changes.items()])
    if new:
        organisation_id = organisation_of(session)
        session.execute(insert(Person), [one | {"organisation_id": organisation_id} for one in new])
    session.expire_all()


def _set_managers(
    session: Session, rows: Sequence[ImportPerson], ids: Mapping[str, int], starts_on: date
) -> set[int]:
    named = {row.manager_external_id for row in rows if row.manager_external_id}
    known = dict(ids) | by_external_id(session, sorted(named - set(ids)))
    if unknown := sorted(named - set(known)):
        raise RuleBroken("manager_external_id", f"Nobody has the external id {unknown[0]}.")
    return set_holders(
        session,
        kind=RelationshipKind.MANAGER,
        holders={
            ids[row.external_id]: known[row.manager_external_id]
            if row.manager_external_id
            else None
            for row in rows
            if row.manager_external_id is not None
        },
        starts_on=starts_on,
    )
