"""Rows of people: looked at as a whole, stored in parts, taken back in parts.

Parts come in this order: units; addresses that have to be free before they can pass to somebody
else; people; reporting lines, all at once, because half of a reorganisation can run in a circle;
and those who are not in the file, if they have left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy.orm import Session

from ldtrack.exchange.domain import PartDone, PartKind, Tally
from ldtrack.exchange.people_check import check_addresses, check_lines, check_people
from ldtrack.exchange.people_csv import REQUIRED, people_of
from ldtrack.exchange.people_foretold import what_it_would_do
from ldtrack.exchange.people_former import under_present_names
from ldtrack.exchange.service.looked import FIRST_ROWS, Asked, Looked, Unmatched
from ldtrack.exchange.service.staging import Stage
from ldtrack.exchange.table import Table, missing
from ldtrack.people.domain import ImportPerson
from ldtrack.people.queries import by_email, by_external_id, former_ids, not_among
from ldtrack.people.service.bring_in import lines_of, write_lines, write_people
from ldtrack.people.service.bring_in_units import (
    BroughtInUnits,
    bring_in_units,
    take_back_units,
)
from ldtrack.people.service.comparing import compare_people
from ldtrack.people.service.leaving import bring_back, leave_all
from ldtrack.people.service.take_back import (
    move_back,
    put_addresses_back,
    put_back,
    remove_unattached,
    set_aside,
)

_FIELDS = tuple(field.name for field in fields(ImportPerson))
_VALUES = attrgetter(*_FIELDS)
_MANAGER = _FIELDS.index("manager_external_id")
_ALL = 1_000_000
"""Rows in a part that must not be cut."""
_DAYS = ("left_on",)


def look_at_people(
    stage: Stage, table: Table, asked: Asked, progress: Callable[[int, int], None]
) -> Looked:
    """Check every row against the others and against who is here, and write down the parts."""
    if lacking := missing(table, REQUIRED):
        raise Unmatched(lacking)
    people, problems, named = people_of(table)
    progress(1, 3)
    with stage.open_session() as session:
        people, doubled = under_present_names(session, people, named)
        good, more = check_people(session, people, asked.today)
        named |= {row.now_external_id for row in former_ids(session, named).values()}
        would = compare_people(session, good, today=asked.today)
        aside = _addresses_that_pass(session, good)
        units = sorted({(one.unit, one.unit_parent or "") for one in good if one.unit})
        told = what_it_would_do(session, table, would.changes, units)
        leavers = [one for one in not_among(session, named) if one != asked.person_id]
    progress(2, 3)
    # The file's own names for its columns, whichever check it is that complains.
    problems += [replace(one, column=table.title(one.column)) for one in (*doubled, *more)]
    stage.problems(sorted(problems, key=lambda problem: problem.line))
    stage.parts(PartKind.UNITS, units, size=_ALL)
    stage.parts(PartKind.ASIDE, ([one] for one in aside), size=_ALL)
    stage.parts(PartKind.PEOPLE, map(_packed, good))
    lines = [
        (one.line, one.external_id, one.manager_external_id, one.external_id in would.touched)
        for one in good
        if one.manager_external_id is not None
    ]
    stage.parts(PartKind.LINES, lines, size=_ALL)
    stage.parts(PartKind.LEAVERS, ([one] for one in leavers))
    return Looked(
        tally=Tally(added=would.added, changed=would.changed, unchanged=would.unchanged),
        n_leavers=len(leavers),
        first_rows=tuple(_shown(one) for one in good[:FIRST_ROWS]),
        would=told,
    )


def store_people(
    session: Session, kind: PartKind, rows: Sequence[Sequence[Any]], asked: Asked
) -> PartDone:
    """Do one part, and say how to take it back."""
    if kind is PartKind.UNITS:
        brought = bring_in_units(session, map(_in_unit, rows))
        return PartDone(undo={"added": brought.added, "moved": _pairs(brought.moved)})
    if kind is PartKind.ASIDE:
        return PartDone(undo={"addresses": _pairs(set_aside(session, [row[0] for row in rows]))})
    if kind is PartKind.LEAVERS:
        leaving = [row[0] for row in rows if row[0] != asked.person_id]
        gone, ended = leave_all(session, leaving, on=asked.today, reason="Not in the file")
        return PartDone(tally=Tally(gone=len(gone)), undo={"gone": gone, "ended": _ended(ended)})
    if kind is PartKind.LINES:
        return _store_lines(session, rows, asked)
    people, doubled = under_present_names(session, list(map(_unpacked, rows)))
    good, problems = check_addresses(session, people)
    done = write_people(session, good, on=asked.today)
    return PartDone(
        tally=Tally(added=len(done.added), changed=len(done.after), unchanged=done.unchanged),
        undo={
            "added": done.added,
            "before": _pairs({one: _written(was) for one, was in done.before.items()}),
            "after": _pairs({one: _written(now) for one, now in done.after.items()}),
            "ended": _ended(done.ended),
            "moves": _pairs(done.moves),
        },
        problems=(*doubled, *problems),
    )


def take_back_people(
    session: Session, kind: PartKind, undo: Mapping[str, Any], asked: Asked
) -> tuple[int, int]:
    """Take back one part. Returns how many rows are as they were, and how many stay."""
    if kind is PartKind.UNITS:
        moved = {one: (before, after) for one, (before, after) in undo["moved"]}
        take_back_units(session, BroughtInUnits(added=tuple(undo["added"]), moved=moved))
        return 0, 0
    if kind is PartKind.ASIDE:
        put_addresses_back(session, dict(undo["addresses"]))
        return 0, 0
    if kind is PartKind.LEAVERS:
        back = bring_back(session, undo["gone"], _days(undo["ended"]))
        return back, len(undo["gone"]) - back
    if kind is PartKind.LINES:
        lines = {one: (before, after) for one, (before, after) in undo["moved"]}
        move_back(session, lines, asked.today)
        return 0, 0
    before = {one: _read(was) for one, was in undo["before"]}
    after = {one: _read(now) for one, now in undo["after"]}
    # Files that came in before moves were kept say nothing of them.
    moves = dict(undo.get("moves", ()))
    back = remove_unattached(session, undo["added"]) + put_back(session, before, after, moves)
    bring_back(session, (), _days(undo["ended"]))
    return back, len(undo["added"]) + len(before) - back


def _store_lines(session: Session, rows: Sequence[Sequence[Any]], asked: Asked) -> PartDone:
    known = by_external_id(session, [row[1] for row in rows])
    here = [
        ImportPerson(
            line=line, external_id=one, email="", first_name="", manager_external_id=manager
        )
        for line, one, manager, _ in rows
        if one in known
    ]
    here, _ = under_present_names(session, here)
    good, problems = check_lines(session, here, asked.today)
    moved = write_lines(session, lines_of(good), starts_on=asked.today)
    only_moved = sum(known.get(one) in moved for _, one, _, counted in rows if not counted)
    return PartDone(
        tally=Tally(changed=only_moved, unchanged=-only_moved),
        undo={"moved": _pairs(moved)},
        problems=tuple(problems),
    )


def _addresses_that_pass(session: Session, people: Sequence[ImportPerson]) -> list[int]:
    """Who has an address now that the file gives to somebody else."""
    owners = by_email(session, [one.email for one in people])
    known = by_external_id(session, [one.external_id for one in people])
    return sorted(
        {
            owners[one.email]
            for one in people
            if one.email in owners and owners[one.email] != known.get(one.external_id)
        }
    )


def _packed(person: ImportPerson) -> list[Any]:
    """The values of a row; whom they report to is another part's affair."""
    values = list(_VALUES(person))
    values[_MANAGER] = None
    return values


def _unpacked(row: Sequence[Any]) -> ImportPerson:
    return ImportPerson(**dict(zip(_FIELDS, row, strict=True)))


def _in_unit(row: Sequence[Any]) -> ImportPerson:
    return ImportPerson(
        line=0, external_id="", email="", first_name="", unit=row[0], unit_parent=row[1]
    )


def _pairs(values: Mapping[int, Any]) -> list[list[Any]]:
    """As JSON can hold it, which knows words alone as names."""
    return [[name, value] for name, value in values.items()]


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def _read(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in _DAYS and value else value
        for name, value in values.items()
    }


def _ended(ended: Mapping[int, date | None]) -> list[list[Any]]:
    return [[one, last.isoformat() if last else None] for one, last in ended.items()]


def _days(ended: Sequence[Sequence[Any]]) -> dict[int, date | None]:
    return {one: date.fromisoformat(last) if last else None for one, last in ended}


def _shown(person: ImportPerson) -> tuple[str, ...]:
    return (
        str(person.line),
        person.external_id,
        f"{person.first_name} {person.last_name or ''}".strip(),
        person.email,
        person.unit or "–",
        person.manager_external_id or "–",
    )
