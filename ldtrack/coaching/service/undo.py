"""Taking a session back, shortly after it was logged, as if it had never been."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import ActionState, LogSession, MilestoneState, NewAction
from ldtrack.coaching.domain.draft import lines_of
from ldtrack.coaching.domain.rules import can_be_undone
from ldtrack.coaching.domain.templates import Template
from ldtrack.coaching.models import (
    CoachingAction,
    CoachingSession,
    Milestone,
    SessionCompetency,
    SessionNote,
)
from ldtrack.coaching.queries import own_note
from ldtrack.coaching.service import milestones
from ldtrack.coaching.service.agreed_in_session import unanswer
from ldtrack.coaching.service.appointments import plan_again_what_was_held
from ldtrack.coaching.service.drafts import keep_draft
from ldtrack.coaching.service.found import session_to_change
from ldtrack.core.errors import Conflict


def take_back_session(session: Session, actor: Actor, session_id: int, *, now: datetime) -> int:
    """Undo a logging within ten minutes; what was typed becomes a draft again.

    Its evidence is withdrawn, its milestones are planned again, those it agreed and the actions it
    ticked are open again, and the actions it added are gone. Later it is a `Conflict`. Returns the
    engagement's id.
    """
    held, one = session_to_change(session, actor, session_id)
    if not can_be_undone(held.logged_at, now):
        raise Conflict("It is more than ten minutes ago. You can still correct the session.")
    moved = milestones.moved_in(session, held.id)
    agreed = unanswer(session, held)
    typed = lines_of(_as_command(session, actor, held, moved, agreed))
    milestones.take_back(session, actor, list(moved.values()), now=now)
    session.execute(
        update(CoachingAction)
        .where(CoachingAction.settled_in_id == held.id)
        .values(state=ActionState.OPEN, settled_on=None, settled_in_id=None)
    )
    session.execute(delete(CoachingAction).where(CoachingAction.session_id == held.id))
    plan_again_what_was_held(session, held)
    session.delete(held)
    session.flush()
    keep_draft(session, actor, one.id, typed, now=now)
    return one.id


def _as_command(
    session: Session,
    actor: Actor,
    held: CoachingSession,
    moved: dict[int, Milestone],
    agreed: tuple[int, ...],
) -> LogSession:
    shared = session.scalar(
        select(SessionNote.body).where(
            SessionNote.session_id == held.id, SessionNote.author_id == held.logged_by
        )
    )
    competency_ids = session.scalars(
        select(SessionCompetency.competency_id).where(SessionCompetency.session_id == held.id)
    )
    done = session.scalars(select(CoachingAction.id).where(CoachingAction.settled_in_id == held.id))
    return LogSession(
        held_on=held.held_on,
        minutes=held.minutes,
        template=Template(held.template),
        follows=held.follows,
        competency_ids=tuple(competency_ids),
        shared_note=shared or "",
        private_note=own_note(session, actor, held.id).body,
        milestones_agreed=agreed,
        milestones_met=_in_state(moved, MilestoneState.MET),
        milestones_missed=_in_state(moved, MilestoneState.MISSED),
        actions_done=tuple(done),
        new_actions=_promised(session, held),
        next_on=held.next_on,
        unsigned_reason=held.unsigned_reason,
    )


def _in_state(moved: dict[int, Milestone], state: MilestoneState) -> tuple[int, ...]:
    return tuple(sorted(key for key, its in moved.items() if its.state == state))


def _promised(session: Session, held: CoachingSession) -> tuple[NewAction, ...]:
    found = session.scalars(
        select(CoachingAction)
        .where(CoachingAction.session_id == held.id)
        .order_by(CoachingAction.text, CoachingAction.id)
    )
    return tuple(
        NewAction(owner_id=one.owner_id, text=one.text, due_on=one.due_on)
        for one in found
        if one.owner_id is not None
    )
