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
from ldtrack.access.service import end_everything, set_holders
from ldtrack.core.errors import RuleBroken
from ldtrack.core.ids import new_id
from ldtrack.db.base import Base
from ldtrack.db.given import write_rows
from ldtrack.db.parts import MANY, in_parts
from ldtrack.db.session import organisation_of
from ldtrack.people.domain import ImportPerson
from ldtrack.people.domain.changes import ChangeKind, place_words
from ldtrack.people.models import Person, PersonChange, Unit
from ldtrack.people.queries import by_external_id
from ldtrack.people.service.bring_in_units import bring_in_units

SAID = (
    "email",
    "first_name",
    "last_name",
    "unit_id",
    "job_profile",
    "locale",
    "time_zone",
    "active",
)
_WRITTEN = (*SAID, "left_on", "left_reason")
_FRESH: dict[str, Any] = {
    "last_name": "",
    "unit_id": None,
    "job_profile": "",
    "locale": "en-GB",
    "time_zone": "",
    "active": True,
    "left_on": None,
    "left_reason": "",
}


@dataclass(frozen=True, kw_only=True)
class WrittenPeople:
    """What became of rows; of those that changed, what was kept before and what is now, by id.

    `ended` relationships are those of people who are said to have left, with their former end;
    `moves` the lines in people's history that say they have another unit or job, by person.
    """

    added: tuple[int, ...]
    before: dict[int, dict[str, Any]]
    after: dict[int, dict[str, Any]]
    ended: dict[int, date | None]
    moves: dict[int, int]
    unchanged: int


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
    bring_in_units(session, rows)
    written = write_people(session, rows, on=starts_on)
    moved = write_lines(session, lines_of(rows), starts_on=starts_on)
    added = set(written.added)
    changed = (set(written.after) | set(moved)) - added
    return ImportedPeople(
        added=tuple(sorted(added)),
        changed=len(changed),
        unchanged=len(rows) - len(added) - len(changed),
    )


def write_people(session: Session, rows: Sequence[ImportPerson], *, on: date) -> WrittenPeople:
    """Add and change people by external id; who they report to is another matter.

    Their units are there already. Whoever is said to have left has left on the day.
    """
    known = known_people(session, [row.external_id for row in rows])
    units = dict(session.execute(select(Unit.name, Unit.id)).all())
    new: list[dict[str, Any]] = []
    before: dict[int, dict[str, Any]] = {}
    changes: dict[int, dict[str, Any]] = {}
    for row in rows:
        was = known.get(row.external_id)
        after = after_row(row, was or _FRESH, units, on)
        if was is None:
            new.append(after | {"id": new_id(), "external_id": row.external_id})
        elif any(after[name] != was[name] for name in SAID):
            changes[was["id"]] = after
            before[was["id"]] = {name: was[name] for name in _WRITTEN}
    _write(session, known, new, changes)
    leaving = [key for key, values in changes.items() if before[key]["active"] > values["active"]]
    return WrittenPeople(
        added=tuple(sorted(one["id"] for one in new)),
        before=before,
        after=changes,
        ended=end_everything(session, leaving, ended_on=on),
        moves=_keep_moves(session, before, changes, units, on),
        unchanged=len(rows) - len(new) - len(changes),
    )


def _keep_moves(
    session: Session,
    before: Mapping[int, Mapping[str, Any]],
    after: Mapping[int, Mapping[str, Any]],
    units: Mapping[str, int],
    on: date,
) -> dict[int, int]:
    """Keep for the history of people that they have another unit or job. Returns its lines."""
    names = {unit_id: name for name, unit_id in units.items()}
    places = {one: (_place(was, names), _place(after[one], names)) for one, was in before.items()}
    moves = {one: new_id() for one, (was, now) in places.items() if was != now}
    rows = [
        {
            "id": line_id,
            "organisation_id": organisation_of(session),
            "person_id": person_id,
            "kind": ChangeKind.MOVES,
            "on_day": on,
            "done": True,
            "before": places[person_id][0],
            "after": places[person_id][1],
        }
        for person_id, line_id in moves.items()
    ]
    if rows:
        session.execute(insert(PersonChange), rows)
    return moves


def _place(person: Mapping[str, Any], units: Mapping[int, str]) -> str:
    return place_words(units.get(person["unit_id"] or 0, ""), person["job_profile"])


def lines_of(rows: Iterable[ImportPerson]) -> dict[str, str]:
    """Whom each reports to, by external id; only of those of whom it is said."""
    return {
        row.external_id: row.manager_external_id
        for row in rows
        if row.manager_external_id is not None
    }


def write_lines(
    session: Session, lines: Mapping[str, str], *, starts_on: date
) -> dict[int, tuple[int | None, int | None]]:
    """Let people report to others, by external id. Returns who did and does, where that changed."""
    known = by_external_id(session, {*lines, *lines.values()} - {""})
    if unknown := sorted({*lines, *lines.values()} - {"", *known}):
        raise RuleBroken("manager_external_id", f"Nobody has the external id {unknown[0]}.")
    wanted = {known[one]: known.get(above) for one, above in lines.items()}
    before = holders(session, RelationshipKind.MANAGER, starts_on)
    moves = {one: above for one, above in wanted.items() if before.get(one) != above}
    set_holders(session, kind=RelationshipKind.MANAGER, holders=moves, starts_on=starts_on)
    return {one: (before.get(one), above) for one, above in moves.items()}


def after_row(
    row: ImportPerson, before: Mapping[str, Any], units: Mapping[str, int], on: date
) -> dict[str, Any]:
    """What is kept of somebody once a row is stored; what it does not say stays as it was."""
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
    stays = after["active"] == before["active"]
    after["left_on"] = before["left_on"] if stays else None if after["active"] else on
    after["left_reason"] = before["left_reason"] if stays else ""
    return after


def known_people(session: Session, external_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is kept of those who are here, by external id."""
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


def external_ids_of(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Their external ids, however many."""
    found: dict[int, str] = {}
    for part in in_parts(set(ids)):
        rows = session.execute(select(Person.id, Person.external_id).where(Person.id.in_(part)))
        found.update(rows.all())
    return found


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
        rows = [one | {"organisation_id": organisation_id} for one in new]
        write_rows(session, Base.metadata.tables[Person.__tablename__], rows)
    session.expire_all()
