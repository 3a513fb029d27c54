"""Rows of a file that name people by what they were known by in a record that is gone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from ldtrack.exchange.problem import Problem
from ldtrack.people.domain import ImportPerson
from ldtrack.people.queries import FormerRow, former_ids


def under_present_names(
    session: Session, people: Sequence[ImportPerson], in_file: Collection[str] = ()
) -> tuple[list[ImportPerson], list[Problem]]:
    """The rows under the numbers of today, so that nobody who was there twice is made again.

    A row under the former number of somebody whom the file names by the present one too is left
    out, and that is said. A former address in a row gives way to the present one. `in_file` are the
    numbers of all rows, also of those that cannot be stored.
    """
    asked = {one.external_id for one in people} | {one.manager_external_id or "" for one in people}
    former = former_ids(session, asked.union(in_file) - {""})
    if not former:
        return list(people), []
    good = {one.external_id for one in people}
    bad = {former[one].now_external_id for one in in_file if one in former and one not in good}
    named = good.union(in_file, bad)
    kept: list[ImportPerson] = []
    problems: list[Problem] = []
    for one in people:
        row = former.get(one.external_id)
        if row is not None and row.now_external_id in named:
            problems.append(_left_out(one, row))
            continue
        kept.append(_renamed(one, row, former.get(one.manager_external_id or "")))
        if row is not None:
            named.add(row.now_external_id)
    return kept, problems


def _renamed(one: ImportPerson, row: FormerRow | None, manager: FormerRow | None) -> ImportPerson:
    if row is not None:
        email = row.now_email if one.email == row.email else one.email
        one = replace(one, external_id=row.now_external_id, email=email)
    return one if manager is None else replace(one, manager_external_id=manager.now_external_id)


def _left_out(one: ImportPerson, row: FormerRow) -> Problem:
    return Problem(
        line=one.line,
        column="external_id",
        reason=f"This is {row.now_external_id} since the two records became one, and the file "
        f"names {row.now_external_id} too. This line is left out.",
    )
