"""Raters whom the reporting lines of today suggest, for one person or for everybody in a cycle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import people_of
from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.nominating import Nominates
from ldtrack.feedback.domain.rows import MANAGER_GROUP, PEER_GROUP, REPORT_GROUP
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, Invitation, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.service.cycles import (
    add_subject,
    locked,
    subject_in_draft,
    taking_people,
)
from ldtrack.feedback.service.raters import add_invitation, addresses_about
from ldtrack.people.queries import managers, people_named

MOST_PROPOSED = 10
"""More than this many of a group are not proposed by themselves; HR may add them."""


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """Somebody whom the reporting lines suggest, and as what."""

    group_key: str
    person_id: int


def add_people(
    session: Session, actor: Actor, cycle_id: int, people: Iterable[int], *, now: datetime
) -> bool:
    """Let them receive feedback; False if whom to ask is theirs to say, and nobody is proposed."""
    by_hr = taking_people(session, actor, cycle_id).nominates == Nominates.HR
    for person_id in people:
        subject_id = add_subject(session, actor, cycle_id, person_id, now=now)
        if by_hr:
            propose_raters(session, actor, subject_id, now=now)
    return by_hr


def propose_raters(session: Session, actor: Actor, subject_id: int, *, now: datetime) -> int:
    """Ask the person themselves, their line manager, peers and direct reports of today.

    Whoever is asked already stays where they are. Returns how many were added.
    """
    subject = subject_in_draft(session, actor, subject_id)
    groups = {group["key"] for group in session.get_one(Cycle, subject.cycle_id).groups}
    found = suggested(session, subject.person_id, now.date())
    proposed = [one for one in found if one.group_key in groups]
    people = people_named(session, {p.person_id for p in proposed})
    taken = addresses_about(session, subject_id)
    added = 0
    for one in proposed:
        person = people[one.person_id]
        if person.email and person.active and person.email not in taken:
            taken.add(person.email)
            add_invitation(session, subject_id, one.group_key, person.name, person.email, person.id)
            added += 1
    session.flush()
    return added


def propose_for_all(session: Session, actor: Actor, cycle_id: int, *, now: datetime) -> int:
    """The same for everybody in a cycle about whom nobody is asked yet. Returns how many."""
    require_hr(actor)
    locked(session, cycle_id)
    waiting = (
        select(Subject.id)
        .outerjoin(Invitation, Invitation.subject_id == Subject.id)
        .where(
            Subject.cycle_id == cycle_id,
            Subject.state == SubjectState.DRAFT,
            Invitation.id.is_(None),
        )
    )
    return sum(
        propose_raters(session, actor, subject_id, now=now)
        for subject_id in session.scalars(waiting.order_by(Subject.id)).all()
    )


def suggested(session: Session, person_id: int, today: date) -> Iterator[Suggested]:
    """The person, their line manager, peers and direct reports of the day."""
    yield Suggested(group_key=SELF_GROUP, person_id=person_id)
    manager_id = managers(session, [person_id], today).get(person_id)
    reports = people_of(session, person_id, RelationshipKind.MANAGER, today)
    if manager_id is not None:
        yield Suggested(group_key=MANAGER_GROUP, person_id=manager_id)
        peers = people_of(session, manager_id, RelationshipKind.MANAGER, today) - {person_id}
        for peer in _first(session, peers - reports):
            yield Suggested(group_key=PEER_GROUP, person_id=peer)
    for report in _first(session, reports - {manager_id}):
        yield Suggested(group_key=REPORT_GROUP, person_id=report)


def _first(session: Session, ids: set[int]) -> list[int]:
    return list(people_named(session, ids))[:MOST_PROPOSED]
