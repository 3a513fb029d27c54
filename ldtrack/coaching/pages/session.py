"""What the session form offers, and what stands in it before anybody types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching import queries
from ldtrack.coaching.domain import (
    ActionRow,
    DraftRow,
    EngagementRow,
    MilestoneState,
    SessionRow,
)
from ldtrack.coaching.domain.appointments import AppointmentState
from ldtrack.coaching.domain.templates import Template
from ldtrack.coaching.pages.competencies import (
    MilestoneLine,
    Offered,
    milestone_lines,
    offered,
)
from ldtrack.core.errors import Conflict
from ldtrack.people.queries import here

USUAL_MINUTES = 60


@dataclass(frozen=True, kw_only=True)
class SessionPage:
    """Everything the form needs: who, which number, what can be ticked, how it begins."""

    engagement: EngagementRow
    number: int
    offered: Offered
    proposed: tuple[MilestoneLine, ...]
    """What the leader proposes to the coach."""
    milestones: tuple[MilestoneLine, ...]
    actions: tuple[ActionRow, ...]
    draft: DraftRow | None
    asks_why: bool
    begins_with: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class CorrectionPage:
    """A logged session as the form shows it; `milestones` are those it moved."""

    engagement: EngagementRow
    held: SessionRow
    offered: Offered
    milestones: tuple[MilestoneLine, ...]
    begins_with: dict[str, Any]


def session_page(session: Session, actor: Actor, engagement_id: int, today: date) -> SessionPage:
    """For logging a session; refused to everybody but the coach, and once the coaching is over."""
    engagement = _to_log(session, actor, engagement_id)
    person_id = engagement.person_id
    sessions = queries.sessions_of(session, actor, person_id)
    so_far = [held for held in sessions if held.engagement_id == engagement.id]
    agreed, proposals = queries.milestones_with_proposals(session, actor, person_id)
    planned = [
        row for row in agreed if row.state is MilestoneState.PLANNED and not row.is_without_coach
    ]
    proposed = [
        row.milestone
        for row in proposals.values()
        if row.waits_for(actor.person_id) and row.milestone.engagement_id == engagement.id
    ]
    lines = milestone_lines(session, [*proposed, *planned])
    also = {row.competency_id for row in planned}
    also.update(so_far[0].competency_ids if so_far else ())
    return SessionPage(
        engagement=engagement,
        number=len(so_far) + 1,
        offered=offered(session, engagement.job_profile, today, also),
        proposed=tuple(lines[: len(proposed)]),
        milestones=tuple(lines[len(proposed) :]),
        actions=tuple(
            action
            for action in queries.actions_of(session, actor, person_id)
            if action.settled_on is None
        ),
        draft=queries.draft_of(session, actor, engagement.id),
        asks_why=queries.asks_why(session, engagement.id),
        begins_with=_beginning(engagement, so_far, today)
        | _as_planned(session, actor, engagement.id, today),
    )


def correction_page(session: Session, actor: Actor, session_id: int, today: date) -> CorrectionPage:
    """For putting a logged session right; refused in the same ways."""
    held, own_note = queries.held_with_own_note(session, actor, session_id)
    engagement = _to_log(session, actor, held.engagement_id)
    milestones = queries.milestones_of(session, actor, held.person_id)
    moved = [row for row in milestones if row.moved_in_id == held.id]
    return CorrectionPage(
        engagement=engagement,
        held=held,
        offered=offered(session, engagement.job_profile, today, held.competency_ids),
        milestones=tuple(milestone_lines(session, moved)),
        begins_with={
            "held_on": held.held_on,
            "minutes": str(held.minutes),
            "template": held.template,
            "follows": held.follows,
            "competencies": list(held.competency_ids),
            "shared_note": held.shared_note,
            "private_note": own_note.body,
            "next_on": held.next_on,
        },
    )


def _to_log(session: Session, actor: Actor, engagement_id: int) -> EngagementRow:
    engagement = queries.engagement(session, actor, engagement_id)
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=engagement.person_id,
        owner_id=engagement.coach_id,
    )
    policy.require(actor, Action.LOG_SESSION, facts)
    if not engagement.runs:
        raise Conflict("This coaching has ended, so nothing can be added to it.")
    return engagement


def _as_planned(session: Session, actor: Actor, engagement_id: int, today: date) -> dict[str, Any]:
    """What a session that was planned until today says already."""
    for row in queries.appointments_of(session, actor, engagement_id):
        day = here(session, row.starts_at).date()
        if row.state is AppointmentState.PLANNED and day <= today:
            return {"held_on": day, "minutes": str(row.minutes)}
    return {}


def _beginning(engagement: EngagementRow, so_far: list[SessionRow], today: date) -> dict[str, Any]:
    planned = so_far[0].next_on if so_far else engagement.first_on
    return {
        "held_on": planned if planned is not None and planned <= today else today,
        "minutes": str(so_far[0].minutes if so_far else USUAL_MINUTES),
        "template": Template.OPEN,
    }
