"""What bringing people in would do, told before it is done; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders
from ldtrack.people.domain import ImportPerson
from ldtrack.people.models import Unit
from ldtrack.people.service.bring_in import SAID, after_row, external_ids_of, known_people

FIRST_CHANGES = 20
"""People of whom it is told what would change."""


@dataclass(frozen=True, kw_only=True)
class WouldChange:
    """Somebody whom a row would change: each column with what stands there, and what would."""

    line: int
    external_id: str
    name: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What importing would do; `touched` are new or change in more than whom they report to.

    `changes` are the first of those who are here and would change.
    """

    added: int
    changed: int
    unchanged: int
    touched: frozenset[str]
    changes: tuple[WouldChange, ...]


def compare_people(session: Session, rows: Sequence[ImportPerson], *, today: date) -> Comparison:
    """What `import_people` would do with the rows; stores nothing."""
    known = known_people(session, [row.external_id for row in rows])
    units = dict(session.execute(select(Unit.name, Unit.id)).all())
    unit_names = {unit_id: name for name, unit_id in units.items()}
    managers = holders(session, RelationshipKind.MANAGER, today)
    external_ids = {row["id"]: external_id for external_id, row in known.items()}
    unnamed = {holder for holder in managers.values() if holder not in external_ids}
    external_ids |= external_ids_of(session, unnamed)
    added = changed = 0
    touched: set[str] = set()
    changes: list[WouldChange] = []
    for row in rows:
        before = known.get(row.external_id)
        if before is None:
            added += 1
            touched.add(row.external_id)
            continue
        after = after_row(row, before, units, today)
        new_unit = bool(row.unit) and row.unit not in units
        manager = external_ids.get(managers.get(before["id"], 0), "")
        moves = row.manager_external_id is not None and row.manager_external_id != manager
        if new_unit or any(after[name] != before[name] for name in SAID):
            touched.add(row.external_id)
        if moves or row.external_id in touched:
            changed += 1
            if len(changes) < FIRST_CHANGES:
                was = {**before, "unit": unit_names.get(before["unit_id"], "")}
                changes.append(_would_change(row, was, after, manager))
    return Comparison(
        added=added,
        changed=changed,
        unchanged=len(rows) - added - changed,
        touched=frozenset(touched),
        changes=tuple(changes),
    )


def _would_change(
    row: ImportPerson, was: Mapping[str, Any], after: Mapping[str, Any], manager: str
) -> WouldChange:
    return WouldChange(
        line=row.line,
        external_id=row.external_id,
        name=f"{was['first_name']} {was['last_name']}".strip(),
        fields=tuple(
            (column, before, now)
            for column, before, now in _told(row, was, after, manager)
            if before != now
        ),
    )


def _told(
    row: ImportPerson, was: Mapping[str, Any], after: Mapping[str, Any], manager: str
) -> Iterator[tuple[str, str, str]]:
    """Each column in the words of a file, before and after."""
    for column in ("email", "first_name", "last_name"):
        yield column, was[column], after[column]
    above = manager if row.manager_external_id is None else row.manager_external_id
    yield "manager_external_id", manager, above
    yield "unit", was["unit"], was["unit"] if row.unit is None else row.unit
    for column in ("job_profile", "locale", "time_zone"):
        yield column, was[column], after[column]
    yield "active", _yes_or_no(was["active"]), _yes_or_no(after["active"])


def _yes_or_no(is_so: bool) -> str:
    return "yes" if is_so else "no"
