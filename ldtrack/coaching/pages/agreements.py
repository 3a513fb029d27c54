"""What the pages of agreements show: one version with all in it, and the form that writes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching import queries
from ldtrack.coaching.domain import EngagementRow, SponsorSees
from ldtrack.coaching.domain.agreements import (
    AgreementState,
    PartyRow,
    Pattern,
    VersionHead,
    VersionRow,
)
from ldtrack.coaching.pages.competencies import Offered, offered
from ldtrack.competencies.domain import Level
from ldtrack.competencies.queries import scales, with_scales
from ldtrack.core.errors import Conflict


@dataclass(frozen=True, kw_only=True)
class GoalLine:
    """A goal with words; `label` is the word of its level, '' where it has none of its own."""

    competency: str
    level: int
    label: str
    words: str


@dataclass(frozen=True, kw_only=True)
class AgreementPage:
    """One version as its reader may see it; `own` is them among those who sign."""

    version: VersionRow
    goals: tuple[GoalLine, ...]
    others: tuple[VersionHead, ...]
    own: PartyRow | None
    is_leader: bool
    is_coach: bool
    may_write: bool
    may_sign: bool
    may_leave: bool
    words: tuple[SponsorSees, ...] = tuple(SponsorSees)


@dataclass(frozen=True, kw_only=True)
class WritingPage:
    """The form for the next version; `begins_with` is the draft, or what the last one says."""

    engagement: EngagementRow
    first_name: str
    is_own: bool
    draft: VersionHead | None
    holds: VersionHead | None
    offered: Offered
    levels: tuple[Level, ...]
    begins_with: dict[str, Any]


def agreement_page(session: Session, actor: Actor, agreement_id: int) -> AgreementPage:
    """A version that the actor may read, else `NotVisible`."""
    version = queries.version(session, actor, agreement_id)
    own = version.party(actor.person_id)
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=version.person_id,
        owner_id=version.coach_id,
        party=own is not None,
    )
    signing = version.state is AgreementState.SIGNING and version.runs
    waits = own is not None and own.signed_at is None
    return AgreementPage(
        version=version,
        goals=_goal_lines(session, version),
        others=tuple(
            head
            for head in queries.versions_of(session, actor, version.engagement_id)
            if head.id != version.id
        ),
        own=own,
        is_leader=version.person_id == actor.person_id,
        is_coach=version.coach_id == actor.person_id,
        may_write=version.runs and policy.permits(actor, Action.WRITE_AGREEMENT, facts),
        may_sign=signing and waits and policy.permits(actor, Action.SIGN_AGREEMENT, facts),
        may_leave=version.state is AgreementState.IN_FORCE
        and policy.permits(actor, Action.LEAVE_AGREEMENT, facts),
    )


def writing_page(
    session: Session, actor: Actor, engagement_id: int, pattern: Pattern | None, today: date
) -> WritingPage:
    """For leader, coach and HR of a running engagement; refused while one is being signed."""
    engagement = queries.engagement(session, actor, engagement_id)
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=engagement.person_id,
        owner_id=engagement.coach_id,
    )
    policy.require(actor, Action.WRITE_AGREEMENT, facts)
    if not engagement.runs:
        raise Conflict("This coaching has ended, so nothing is left to agree.")
    heads = queries.versions_of(session, actor, engagement.id)
    if any(head.state is AgreementState.SIGNING for head in heads):
        raise Conflict("A version is being signed. Withdraw it first, or wait until it is signed.")
    draft = next((head for head in heads if head.state is AgreementState.DRAFT), None)
    holds = next((head for head in heads if head.state.holds), None)
    before = draft or holds or next(iter(heads), None)
    said = queries.version(session, actor, before.id) if before else None
    also = {goal.competency_id for goal in said.goals} if said else set()
    choice = offered(session, engagement.job_profile, today, also)
    versions = {one.framework_version_id for one in (*choice.focus, *choice.others)}
    ladders = scales(session, versions)
    return WritingPage(
        engagement=engagement,
        first_name=engagement.first_name,
        is_own=engagement.person_id == actor.person_id,
        draft=draft,
        holds=holds,
        offered=choice,
        levels=max((ladder.levels for ladder in ladders.values()), key=len, default=()),
        begins_with=_beginning(engagement, said, pattern),
    )


def _beginning(
    engagement: EngagementRow, said: VersionRow | None, pattern: Pattern | None
) -> dict[str, Any]:
    sees = said.sponsor_sees if said else Pattern.USUAL.sees
    sessions = said.sessions_agreed if said else None
    return {
        "purpose": said.purpose if said else "",
        "sponsor_sees": sorted(pattern.sees if pattern else sees),
        "sessions_agreed": sessions or engagement.sessions_agreed,
        "with_manager": said.with_manager if said else False,
        "goals": [
            {"competency": goal.competency_id, "level": str(goal.level), "words": goal.words}
            for goal in (said.goals if said else ())
        ],
    }


def _goal_lines(session: Session, version: VersionRow) -> tuple[GoalLine, ...]:
    named, ladders = with_scales(session, {goal.competency_id for goal in version.goals})
    return tuple(
        GoalLine(
            competency=named[goal.competency_id].name,
            level=goal.level,
            label=ladders[named[goal.competency_id].framework_version_id].word(goal.level),
            words=goal.words,
        )
        for goal in version.goals
    )
