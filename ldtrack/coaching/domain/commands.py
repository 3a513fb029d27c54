"""What people ask of coaching, as frozen values that forms make and services carry out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.coaching.domain.kinds import ActionState, SponsorSees
from ldtrack.coaching.domain.templates import Template


@dataclass(frozen=True, kw_only=True)
class OpenEngagement:
    """Bring a coach and a leader together; with `ends_on`, one that is already over."""

    coach_id: int
    person_id: int
    starts_on: date
    sessions_agreed: int
    first_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Agree:
    """What leader, coach and sponsor agreed: the purpose, and what the sponsor sees."""

    agreed_on: date
    purpose: str
    sponsor_sees: frozenset[SponsorSees]


@dataclass(frozen=True, kw_only=True)
class MovedMilestone:
    """A pathway step and the one that takes its place, each with its due day for somebody."""

    step_id: int
    to_step_id: int
    due_on: date | None
    to_due_on: date | None


@dataclass(frozen=True, kw_only=True)
class CameFrom:
    """The statement of a 360 report that a milestone was made from, and its words at the time."""

    release_id: int
    item_id: int
    cycle: str
    statement: str


@dataclass(frozen=True, kw_only=True)
class SetMilestone:
    """A dated marker of progress on one competency, pitched at a level of its scale.

    `word` goes with it to whom it is proposed.
    """

    person_id: int
    competency_id: int
    title: str
    level: int
    due_on: date | None = None
    step_id: int | None = None
    came_from: CameFrom | None = None
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class ChangeMilestone:
    """What one of the two would rather agree to, with a word to the other."""

    title: str
    level: int
    due_on: date | None = None
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class NewAction:
    """Something that the leader or the coach promised to do."""

    owner_id: int
    text: str
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class SettleAction:
    """What became of an action, with a word on it."""

    state: ActionState
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class LogSession:
    """A session that was held; milestones and actions by their ids.

    `unsigned_reason` says why it was held though no agreement was signed.
    """

    held_on: date
    minutes: int
    template: Template = Template.OPEN
    competency_ids: tuple[int, ...] = ()
    follows: str = ""
    shared_note: str = ""
    private_note: str = ""
    milestones_agreed: tuple[int, ...] = ()
    milestones_met: tuple[int, ...] = ()
    milestones_missed: tuple[int, ...] = ()
    actions_done: tuple[int, ...] = ()
    new_actions: tuple[NewAction, ...] = ()
    next_on: date | None = None
    unsigned_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectSession:
    """A logged session put right; `milestones_back` are to be planned again."""

    held_on: date
    minutes: int
    template: Template = Template.OPEN
    competency_ids: tuple[int, ...] = ()
    follows: str = ""
    shared_note: str = ""
    private_note: str = ""
    milestones_back: tuple[int, ...] = ()
    next_on: date | None = None
