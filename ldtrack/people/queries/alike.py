"""Who may be there twice: records of one name, with what else speaks for one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.people.domain import PersonRow
from ldtrack.people.domain.joining import Looks, likeness
from ldtrack.people.models import Person, ToldApart
from ldtrack.people.queries.accounts import with_account
from ldtrack.people.queries.persons import people_named

MOST_NAMES = 200
MOST_PAIRS = 50


@dataclass(frozen=True, kw_only=True)
class AlikeRow:
    """Two records that may be of one person, and why that is thought."""

    first: PersonRow
    second: PersonRow
    reasons: tuple[str, ...]


def alike(session: Session, actor: Actor, *, most: int = MOST_PAIRS) -> list[AlikeRow]:
    """Records of one name that nobody told apart, those with the most reasons first.

    Where more than two have a name, it alone is not reason enough.
    """
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    groups = _of_one_name(session)
    people = people_named(session, [one for group in groups for one in group])
    sign_in = with_account(session, people)
    said = session.execute(select(ToldApart.first_id, ToldApart.second_id))
    apart = {(first, second) for first, second in said}
    found: list[AlikeRow] = []
    for group in groups:
        for first, second in combinations(sorted(group), 2):
            row = _row(people[first], people[second], sign_in)
            if (first, second) not in apart and len(row.reasons) >= (2 if len(group) > 2 else 1):
                found.append(row)
    found.sort(key=lambda row: (-len(row.reasons), row.first.last_name, row.first.first_name))
    return found[:most]


def _of_one_name(session: Session) -> Sequence[Sequence[int]]:
    first, last = func.lower(Person.first_name), func.lower(Person.last_name)
    names = (
        select(last.label("last"), first.label("first"))
        .group_by(last, first)
        .having(func.count() > 1)
        .limit(MOST_NAMES)
        .subquery()
    )
    rows = session.execute(
        select(names.c.last, names.c.first, Person.id).join(
            names, (last == names.c.last) & (first == names.c.first)
        )
    )
    groups: dict[tuple[str, str], list[int]] = {}
    for last_name, first_name, person_id in rows:
        groups.setdefault((last_name, first_name), []).append(person_id)
    return list(groups.values())


def _row(first: PersonRow, second: PersonRow, sign_in: set[int]) -> AlikeRow:
    """The record with the sign-in comes first, because it is the one to keep."""
    if second.id in sign_in and first.id not in sign_in:
        first, second = second, first
    return AlikeRow(
        first=first,
        second=second,
        reasons=likeness(_looks(first, sign_in), _looks(second, sign_in)),
    )


def _looks(row: PersonRow, sign_in: set[int]) -> Looks:
    return Looks(
        email=row.email,
        unit_id=row.unit_id,
        job_profile=row.job_profile,
        signs_in=row.id in sign_in,
    )
