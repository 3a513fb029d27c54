"""What coaching hands out to pages, documents and other rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ldtrack.coaching.domain.kinds import ActionState, SponsorSees
from ldtrack.coaching.domain.templates import Template

FORMER_COACH = "A former coach"
"""Stands for the name of a coach who was erased."""


@dataclass(frozen=True, kw_only=True)
class EngagementRow:
    """A coach and a leader, from one day to another; without an end it runs.

    `can_answer` says whether the leader can sign in and answer what the coach proposes.
    """

    id: int
    coach_id: int | None
    coach: str
    person_id: int
    person: str
    first_name: str
    job_profile: str
    can_answer: bool
    starts_on: date
    ends_on: date | None
    sessions_agreed: int
    first_on: date | None

    @property
    def runs(self) -> bool:
        """Whether it has not been ended."""
        return self.ends_on is None


@dataclass(frozen=True, kw_only=True)
class EngagementCounts:
    """An engagement as HR sees it: numbers and days."""

    engagement: EngagementRow
    n_held: int
    last_on: date | None
    agreed_on: date | None
    is_signed: bool
    is_being_signed: bool


@dataclass(frozen=True, kw_only=True)
class AgreementRow:
    """The three-way agreement that holds: signed by all, or recorded by HR."""

    id: int
    number: int
    is_signed: bool
    agreed_on: date
    purpose: str
    sponsor_sees: frozenset[SponsorSees]


@dataclass(frozen=True, kw_only=True)
class SessionRow:
    """A session with what coach and leader share of it; `runs` if their coaching still does."""

    id: int
    engagement_id: int
    coach_id: int | None
    coach: str
    person_id: int
    held_on: date
    minutes: int
    next_on: date | None
    template: Template
    competency_ids: tuple[int, ...]
    follows: str
    shared_note: str
    logged_at: datetime
    logged_by: int | None
    runs: bool
    unsigned_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OwnNote:
    """What its author noted for themselves of a session; `is_shut` while its key is not here.

    `turn` counts how often they have saved it.
    """

    body: str = ""
    is_shut: bool = False
    turn: int = 0


@dataclass(frozen=True, kw_only=True)
class PrivateNoteRow:
    """A note that only its author reads; `held_on` is empty for one that was never saved."""

    person_id: int
    person: str
    held_on: date | None
    note: OwnNote


@dataclass(frozen=True, kw_only=True)
class SessionCounts:
    """How much coaching there was in an engagement; nothing that was said."""

    n_held: int
    n_agreed: int
    minutes: int
    held_on: tuple[date, ...]
    next_on: date | None


@dataclass(frozen=True, kw_only=True)
class ActionRow:
    """Something promised in coaching; it is open until the day on which it was settled."""

    id: int
    engagement_id: int
    owner_id: int | None
    owner: str
    text: str
    promised_on: date
    due_on: date | None
    state: ActionState
    word: str
    settled_on: date | None
    session_id: int | None


@dataclass(frozen=True, kw_only=True)
class DraftRow:
    """A session form that was begun: what was typed, by the names of its fields.

    While the key that opens it is not here, `is_shut` and there are no lines.
    """

    lines: dict[str, list[str]]
    kept_at: datetime
    is_shut: bool = False


@dataclass(frozen=True, kw_only=True)
class ActionAhead:
    """Something that the leader promised and has not done yet."""

    id: int
    text: str
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class CoachingAhead:
    """A leader's running coaching: the next session, their own open actions, and how many
    milestones are proposed to them.

    `sponsor_sees` is what the agreement of the latest coaching lets a sponsor see, even after it.
    """

    next_on: date | None
    actions: tuple[ActionAhead, ...]
    n_to_answer: int
    sponsor_sees: frozenset[SponsorSees]


@dataclass(frozen=True, kw_only=True)
class SponsoredRow:
    """What a sponsor may see of a leader; `milestones` are those met and all of them.

    None stands for what was not agreed.
    """

    person_id: int
    sees: frozenset[SponsorSees]
    n_sessions: int | None
    milestones: tuple[int, int] | None
    closing_of: int | None = None
    """The engagement whose closing review the sponsor may read, once there is one."""
