"""Cycles as a whole: their stored profile as far as a reader may see it, and what audits said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, literal, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.queries import read_before
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.cycle_reliability import CompetencyReliability
from ldtrack.feedback.domain.plain_json import typed
from ldtrack.feedback.domain.profile import CohortProfile, for_reader
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.domain.verdict import Verdict
from ldtrack.feedback.models import Cycle, CycleSummary, Release, Subject
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """A cycle's profile for one reader; `reliability` and `audits` are for HR alone."""

    cycle_id: int
    cycle: str
    closed_on: date
    k: int
    profile: CohortProfile
    n_known: int
    reliability: tuple[CompetencyReliability, ...]
    audits: tuple[AuditRow, ...]


@dataclass(frozen=True, kw_only=True)
class AuditRow:
    """What the audit of one leader's report said: reasons and counts, never figures."""

    subject_id: int
    name: str
    number: int
    verdict: Verdict


def cohort(session: Session, actor: Actor, cycle_id: int) -> Cohort:
    """The profile of a cycle that was summed up, else `NotVisible`.

    Whoever has no part in the cycle is not told of one whose profile shows them nothing.
    """
    found = session.execute(
        select(Cycle, CycleSummary)
        .join(CycleSummary, CycleSummary.cycle_id == Cycle.id)
        .where(Cycle.id == cycle_id, _about_somebody(actor))
    ).first()
    if found is None:
        raise NotVisible
    cycle, summary = found
    known, takes_part = _known(session, actor, cycle_id)
    is_hr = policy.permits(actor, Action.WRITE_CYCLE, Facts(organisation_id=actor.organisation_id))
    profile = for_reader(typed(CohortProfile, summary.profile), known)
    if not profile.cells and not (is_hr or takes_part):
        raise NotVisible
    return Cohort(
        cycle_id=cycle.id,
        cycle=cycle.name,
        closed_on=cycle.closed_on or cycle.closes_on,
        k=cycle.k,
        profile=profile,
        n_known=len(known),
        reliability=tuple(typed(CompetencyReliability, one) for one in summary.reliability)
        if is_hr
        else (),
        audits=_audits(session, cycle_id) if is_hr else (),
    )


def has_profile(session: Session, cycle_id: int) -> bool:
    """Whether the cycle has been summed up; for whoever may see the cycle."""
    found = select(CycleSummary.id).where(CycleSummary.cycle_id == cycle_id)
    return session.scalar(found) is not None


def _about_somebody(actor: Actor) -> ColumnElement[bool]:
    """Whether the actor may read the profile on behalf of anybody whom the cycle was about."""
    return (
        select(Subject.id)
        .where(
            Subject.cycle_id == Cycle.id,
            policy.clause(
                actor,
                Action.READ_COHORT,
                person_id=Subject.person_id,
                released=Subject.state == SubjectState.RELEASED,
            ),
        )
        .exists()
    )


def _known(session: Session, actor: Actor, cycle_id: int) -> tuple[frozenset[int], bool]:
    """Whose reports of the cycle the reader may read, was given to read first, or has read.

    Beside it, whether the cycle is about the reader or somebody whom they coach.
    """
    mine = or_(
        policy.clause(
            actor,
            Action.READ_RELEASE,
            person_id=Subject.person_id,
            released=literal(True),
            shared=literal(True),
            agreed=literal(True),
        ),
        Subject.coach_id == (actor.person_id or 0),
    )
    people = select(Subject.person_id, mine).where(Subject.cycle_id == cycle_id)
    rows = session.execute(people).all()
    read = read_before(session, actor.account_id, [row[0] for row in rows], thing="release")
    known = frozenset(person for person, is_mine in rows if is_mine or person in read)
    return known, any(person in {actor.person_id, *actor.coaches} for person, _ in rows)


def _audits(session: Session, cycle_id: int) -> tuple[AuditRow, ...]:
    rows = session.execute(
        select(Subject.id, Subject.person_id, Release.number, Release.verdict)
        .join(Release, Release.subject_id == Subject.id)
        .where(Subject.cycle_id == cycle_id)
        .order_by(Release.number)
    ).all()
    latest = {row[0]: row for row in rows}
    people = people_named(session, [row[1] for row in rows])
    found = [
        AuditRow(
            subject_id=subject_id,
            name=people[person_id].name,
            number=number,
            verdict=typed(Verdict, verdict),
        )
        for subject_id, person_id, number, verdict in latest.values()
    ]
    return tuple(sorted(found, key=lambda row: (row.name, row.subject_id)))
