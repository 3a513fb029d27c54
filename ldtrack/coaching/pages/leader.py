"""What coach and leader see of their coaching, each with their own private notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching import queries
from ldtrack.coaching.domain import (
    ActionRow,
    AgreementRow,
    DraftRow,
    EngagementRow,
    MilestoneState,
    OwnNote,
    ProposalRow,
    SessionRow,
)
from ldtrack.coaching.domain.agreements import VersionHead
from ldtrack.coaching.domain.appointments import AppointmentRow, AppointmentState
from ldtrack.coaching.domain.handover import Handed, HandoverRow
from ldtrack.coaching.domain.rules import can_be_undone
from ldtrack.coaching.pages.competencies import MilestoneLine, said_of
from ldtrack.coaching.pages.proposals import ProposalLine, sorted_out
from ldtrack.competencies.domain import CompetencyRow
from ldtrack.competencies.queries import with_scales
from ldtrack.core.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """A session with the names of its competencies and what its reader noted for themselves."""

    held: SessionRow
    competencies: tuple[str, ...]
    own_note: OwnNote
    can_be_undone: bool


@dataclass(frozen=True, kw_only=True)
class CoachingPage:
    """The coaching of one leader as the reader may see it; `engagement` is the running one."""

    person_id: int
    name: str
    first_name: str
    engagement: EngagementRow | None
    agreement: AgreementRow | None
    version: VersionHead | None
    waits_for_me: bool
    n_held: int
    next_on: date | None
    sessions: tuple[SessionLine, ...]
    open_actions: tuple[ActionRow, ...]
    done_actions: tuple[ActionRow, ...]
    proposed: tuple[ProposalLine, ...]
    not_agreed: tuple[ProposalLine, ...]
    planned: tuple[MilestoneLine, ...]
    moved: tuple[MilestoneLine, ...]
    proposals: dict[int, ProposalRow]
    """How milestones were proposed, by milestone."""
    may_propose: bool
    draft: DraftRow | None
    appointments: tuple[AppointmentRow, ...]
    handover: HandoverRow | None
    """For the leader, where somebody else coached them before."""
    now: datetime

    @property
    def today(self) -> date:
        """The day by the organisation's clocks."""
        return self.now.date()

    @property
    def planned_ahead(self) -> tuple[AppointmentRow, ...]:
        """Planned sessions, also those whose time is over and that nobody logged."""
        return tuple(row for row in self.appointments if row.state is AppointmentState.PLANNED)

    @property
    def not_held(self) -> tuple[AppointmentRow, ...]:
        """Sessions that were cancelled or missed, the latest first."""
        return tuple(
            row for row in reversed(self.appointments) if row.state is not AppointmentState.PLANNED
        )

    @property
    def acted_on(self) -> dict[str, date]:
        """By what a session took up: the day of the first one that led to an action."""
        promised_in = {action.session_id for action in (*self.open_actions, *self.done_actions)}
        return {
            line.held.follows: line.held.held_on
            for line in self.sessions
            if line.held.follows and line.held.id in promised_in
        }

    @property
    def is_unlogged(self) -> bool:
        """Whether a session was planned for a day before today and none was logged since."""
        return self.next_on is not None and self.next_on < self.today

    @property
    def has_coaching(self) -> bool:
        """Whether there is or was any; without it a leader may still have goals of their own."""
        return self.engagement is not None or bool(
            self.sessions or self.open_actions or self.done_actions or self.not_agreed
        )

    def other_reader(self, held: SessionRow) -> str:
        """Who else reads the shared note of a session, as its leader sees it; '' for nobody."""
        if held.runs:
            return held.coach
        if self.engagement is None:
            return ""
        again = held.coach_id == self.engagement.coach_id
        handed = self.handover is not None and Handed.SESSIONS in self.handover.parts
        return self.engagement.coach if again or handed else ""

    @property
    def n_to_answer(self) -> int:
        """How many proposals wait for the reader."""
        return sum(one.waits for one in self.proposed)

    @property
    def n_mine(self) -> int:
        """How many open actions are the leader's own."""
        return sum(action.owner_id == self.person_id for action in self.open_actions)


def leader_page(session: Session, actor: Actor, person_id: int, now: datetime) -> CoachingPage:
    """What a coach sees of a leader whom they coach, else `NotVisible`."""
    engagement = queries.engagement_for(session, actor, person_id)
    if engagement is None or engagement.coach_id != actor.person_id:
        raise NotVisible
    return _page(session, actor, person_id, engagement, now)


def own_page(session: Session, actor: Actor, now: datetime) -> CoachingPage:
    """What a leader sees of their own coaching, also once it is over."""
    person_id = actor.person_id or 0
    engagement = queries.engagement_for(session, actor, person_id)
    return _page(session, actor, person_id, engagement, now)


def _page(
    session: Session,
    actor: Actor,
    person_id: int,
    engagement: EngagementRow | None,
    now: datetime,
) -> CoachingPage:
    agreement, heads = (
        queries.agreements_of(session, actor, engagement.id) if engagement else (None, [])
    )
    version = next((head for head in heads if head.state.is_open), None)
    sessions = queries.with_own_notes(session, actor, person_id)
    actions = queries.actions_of(session, actor, person_id)
    agreed, proposals = queries.milestones_with_proposals(session, actor, person_id)
    asked = [row.milestone for row in proposals.values() if not row.milestone.state.is_agreed]
    milestones = [*agreed, *asked]
    named, scales = with_scales(
        session,
        {row.competency_id for row in milestones}
        | {one for held, _ in sessions for one in held.competency_ids},
    )
    days = {held.id: held.held_on for held, _ in sessions}
    lines = said_of(milestones, named, scales, days)
    proposed, not_agreed = sorted_out(lines, proposals, actor.person_id)
    here = [held for held, _ in sessions if engagement and held.engagement_id == engagement.id]
    planned_first = engagement.first_on if engagement else None
    return CoachingPage(
        person_id=person_id,
        name=engagement.person if engagement else actor.name,
        first_name=engagement.first_name if engagement else actor.name,
        engagement=engagement,
        agreement=agreement,
        version=version,
        waits_for_me=version is not None and version.waits,
        n_held=len(here),
        next_on=here[0].next_on if here else planned_first,
        sessions=_lines(actor, sessions, named, now),
        open_actions=tuple(action for action in actions if action.settled_on is None),
        done_actions=tuple(action for action in actions if action.settled_on is not None),
        proposed=proposed,
        not_agreed=not_agreed,
        planned=tuple(line for line in lines if line.milestone.state is MilestoneState.PLANNED),
        moved=_latest_first(line for line in lines if line.milestone.state.is_evidence),
        proposals=proposals,
        may_propose=engagement is not None and _may_propose(actor, person_id),
        # Coaches log sessions, so a leader never has a draft of one.
        draft=queries.draft_of(session, actor, engagement.id)
        if engagement and engagement.coach_id == actor.person_id
        else None,
        appointments=tuple(
            queries.appointments_of(session, actor, engagement.id) if engagement else ()
        ),
        handover=queries.handover_to(session, actor, engagement.id)
        if engagement and engagement.person_id == actor.person_id
        else None,
        now=now,
    )


def _may_propose(actor: Actor, person_id: int) -> bool:
    facts = Facts(
        organisation_id=actor.organisation_id, person_id=person_id, author_id=actor.person_id
    )
    return policy.permits(actor, Action.WRITE_MILESTONE, facts)


def _lines(
    actor: Actor,
    sessions: Iterable[tuple[SessionRow, OwnNote]],
    named: Mapping[int, CompetencyRow],
    now: datetime,
) -> tuple[SessionLine, ...]:
    return tuple(
        SessionLine(
            held=held,
            competencies=tuple(one.name for one in named.values() if one.id in held.competency_ids),
            own_note=own,
            can_be_undone=held.coach_id == actor.person_id and can_be_undone(held.logged_at, now),
        )
        for held, own in sessions
    )


def _latest_first(lines: Iterable[MilestoneLine]) -> tuple[MilestoneLine, ...]:
    return tuple(sorted(lines, key=lambda line: line.moved_on or date.min, reverse=True))
