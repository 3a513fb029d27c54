"""Logging a session and putting a logged one right, each with the evidence it leaves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import CorrectSession, LogSession, MilestoneState
from ldtrack.coaching.domain.rules import check_session, moves
from ldtrack.coaching.models import CoachingAction, CoachingSession
from ldtrack.coaching.queries.signatures import asks_why
from ldtrack.coaching.service import appointments, milestones, notes, parts
from ldtrack.coaching.service.agreed_in_session import agree_in_session
from ldtrack.coaching.service.drafts import discard_draft
from ldtrack.coaching.service.found import engagement_to_log, session_to_change
from ldtrack.core.errors import RuleBroken


def log_session(
    session: Session,
    actor: Actor,
    engagement_id: int,
    command: LogSession,
    *,
    now: datetime,
    base_url: str = "",
) -> int:
    """Store a session that was held, and everything that moved in it. Returns its id.

    Each milestone met or missed leaves one piece of evidence; what the leader proposed is agreed
    from then on, and they are told with a link under `base_url`; the draft is gone. Before an
    agreement was signed a session has to say why, once. Refused as `engagement_to_log` says;
    `RuleBroken` for what cannot be.
    """
    one = engagement_to_log(session, actor, engagement_id)
    check_session(command, starts_on=one.starts_on, today=now.date())
    has_to_say_why = asks_why(session, one.id)
    if has_to_say_why and not command.unsigned_reason:
        raise RuleBroken("unsigned_reason", "Say why it was held before an agreement is signed.")
    planned = milestones.planned(session, actor, one.person_id)
    states = moves(command, planned.keys())
    held = CoachingSession(
        engagement_id=one.id,
        held_on=command.held_on,
        minutes=command.minutes,
        template=command.template,
        follows=command.follows,
        unsigned_reason=command.unsigned_reason if has_to_say_why else "",
        next_on=command.next_on,
        logged_at=now,
        logged_by=one.coach_id,
    )
    session.add(held)
    session.flush()
    parts.set_competencies(session, held, command.competency_ids)
    coach_id = actor.person_id or 0
    notes.set_shared(session, held, coach_id, command.shared_note)
    notes.set_private(session, held, coach_id, command.private_note)
    parts.finish_actions(session, actor, held, command.actions_done)
    parts.promise(session, held, one, command.new_actions)
    milestones.move(session, actor, held, planned, states, now=now)
    agree_in_session(session, actor, held, command.milestones_agreed, now=now, base_url=base_url)
    discard_draft(session, actor, one.id)
    appointments.hold_planned(session, held, now)
    if command.next_on is None:
        appointments.carry_next_day(session, one)
    return held.id


def correct_session(
    session: Session, actor: Actor, session_id: int, command: CorrectSession, *, now: datetime
) -> None:
    """Put a logged session right; milestones taken back lose their evidence.

    Milestones that stay moved carry the corrected day into the ledger.
    """
    held, one = session_to_change(session, actor, session_id)
    check_session(command, starts_on=one.starts_on, today=now.date())
    moved = milestones.moved_in(session, held.id)
    if not set(command.milestones_back) <= moved.keys():
        raise RuleBroken("milestones_back", "That milestone was not moved in this session.")
    held.held_on, held.minutes, held.next_on = command.held_on, command.minutes, command.next_on
    held.template, held.follows = command.template, command.follows
    parts.set_competencies(session, held, command.competency_ids)
    coach_id = actor.person_id or 0
    notes.set_shared(session, held, coach_id, command.shared_note)
    notes.set_private(session, held, coach_id, command.private_note)
    _carry_day(session, held)
    back = set(command.milestones_back)
    kept = {key: MilestoneState(its.state) for key, its in moved.items() if key not in back}
    milestones.take_back(session, actor, [moved[key] for key in sorted(back)], now=now)
    milestones.move(session, actor, held, moved, kept, now=now)


def _carry_day(session: Session, held: CoachingSession) -> None:
    session.execute(
        update(CoachingAction)
        .where(CoachingAction.session_id == held.id)
        .values(promised_on=held.held_on)
    )
    session.execute(
        update(CoachingAction)
        .where(CoachingAction.settled_in_id == held.id)
        .values(settled_on=held.held_on)
    )
