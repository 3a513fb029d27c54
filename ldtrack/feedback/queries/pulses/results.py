"""Results of pulses that have closed, read as they were stored; answers are not looked at."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.pulses.result import PulseResult, result_from_dict
from ldtrack.feedback.domain.pulses.rows import PROCESS_KINDS, PulseKind, PulseRow, PulseState
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Pulse, PulseInvitation, Subject
from ldtrack.feedback.queries.pulses.running import require_pulses, row_of, with_counts
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class PulseOutcome:
    """A pulse with its result; there is none while it is open or the result is being made."""

    pulse: PulseRow
    result: PulseResult | None


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """A follow-up question with what was written, once it has closed."""

    pulse: PulseRow
    person_id: int
    result: PulseResult | None


def outcome(session: Session, actor: Actor, pulse_id: int) -> PulseOutcome:
    """The result of a trust pulse, for HR and for those who were asked; else `NotVisible`."""
    found = _outcomes(session, _trust(actor).where(Pulse.id == pulse_id))
    if not found:
        raise NotVisible
    return found[0]


def outcomes_for(session: Session, actor: Actor) -> list[PulseOutcome]:
    """Results of trust pulses that the actor was asked in, the newest first."""
    mine = exists().where(
        PulseInvitation.pulse_id == Pulse.id,
        policy.clause(actor, Action.READ_ASKED, person_id=PulseInvitation.person_id),
    )
    return _outcomes(session, _trust(actor).where(mine).order_by(Pulse.closed_on.desc(), Pulse.id))


def series(session: Session, actor: Actor, series_id: int) -> list[PulseOutcome]:
    """Closed pulses of one series that the actor may read, the oldest first."""
    same = func.coalesce(Pulse.series_id, Pulse.id) == series_id
    return _outcomes(session, _trust(actor).where(same).order_by(Pulse.closed_on, Pulse.id))


def process_outcomes(session: Session, actor: Actor, cycle_id: int) -> list[PulseOutcome]:
    """The surveys of the process of one cycle, raters' before leaders', for HR."""
    require_pulses(actor)
    found = _outcomes(session, with_counts().where(Pulse.cycle_id == cycle_id))
    return sorted(found, key=lambda one: PROCESS_KINDS.index(one.pulse.kind))


def follow_ups(session: Session, actor: Actor, subject_id: int) -> list[FollowUp]:
    """The follow-up questions after one report, the oldest first; for the leader and the coach."""
    wanted = _follow_ups(actor).where(Pulse.subject_id == subject_id)
    return _with_leader(session, wanted.order_by(Pulse.opens_on, Pulse.id))


def follow_up(session: Session, actor: Actor, pulse_id: int) -> FollowUp:
    """One of them, else `NotVisible`."""
    found = _with_leader(session, _follow_ups(actor).where(Pulse.id == pulse_id))
    if not found:
        raise NotVisible
    return found[0]


def _trust(actor: Actor) -> Select[Pulse, int]:
    return with_counts().where(Pulse.kind == PulseKind.TRUST, _readable(actor))


def _readable(actor: Actor) -> ColumnElement[bool]:
    out = Pulse.result.is_not(None)
    as_asked = exists().where(
        PulseInvitation.pulse_id == Pulse.id,
        policy.clause(actor, Action.READ_PULSE, person_id=PulseInvitation.person_id, released=out),
    )
    return as_asked & (Pulse.state == PulseState.CLOSED)


def _follow_ups(actor: Actor) -> Select[Pulse, int, int]:
    released = Subject.state == SubjectState.RELEASED
    return (
        with_counts()
        .add_columns(Subject.person_id)
        .join(Subject, Subject.id == Pulse.subject_id)
        .where(
            policy.clause(
                actor, Action.ASK_FOLLOW_UP, person_id=Subject.person_id, released=released
            )
        )
    )


def _outcomes(session: Session, wanted: Select[Pulse, int]) -> list[PulseOutcome]:
    return [
        PulseOutcome(pulse=row_of(found, n_invited=n), result=_result(found))
        for found, n in session.execute(wanted)
    ]


def _with_leader(session: Session, wanted: Select[Pulse, int, int]) -> list[FollowUp]:
    rows = session.execute(wanted).all()
    people = people_named(session, {person_id for _, _, person_id in rows})
    return [
        FollowUp(
            pulse=row_of(found, n_invited=n, subject=people[person_id].name),
            person_id=person_id,
            result=_result(found),
        )
        for found, n, person_id in rows
    ]


def _result(found: Pulse) -> PulseResult | None:
    return None if found.result is None else result_from_dict(found.result)
