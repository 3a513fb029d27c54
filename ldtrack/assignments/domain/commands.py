"""What somebody asks to be done with assignments, as forms and other rooms hand it over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ldtrack.assignments.domain.kinds import Contribution, PostingKind
from ldtrack.assignments.domain.rows import Develops, ObservedLevel
from ldtrack.assignments.domain.stretch import Stretch


@dataclass(frozen=True, kw_only=True)
class PostOpening:
    """An opening; `share_of_time` is the percentage of a working week that it takes."""

    title: str
    kind: PostingKind
    owner_id: int
    sponsor_id: int
    promised_outcome: str
    measure: str
    starts_on: date
    ends_on: date
    share_of_time: int
    develops: tuple[Develops, ...]
    stretch: Stretch = field(default_factory=Stretch)
    places: int = 1
    description: str = ""
    location: str = ""
    is_remote: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """HR's answer to a proposal: it is published, or goes back with a word why."""

    publish: bool
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class CloseOpening:
    """Why an opening takes no more applications, and whether those that wait are answered by it."""

    reason: str
    declines: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """Who is placed where, from when to when; no end means the end of the opening."""

    posting_id: int
    person_id: int
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A place for somebody who applied, and why without the line manager's support if it lacks."""

    without_support: str = ""


@dataclass(frozen=True, kw_only=True)
class Support:
    """A line manager's word on an application: yes or no, and why."""

    supports: bool
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class EndPlacement:
    """On which day a placement ended, and why, if that was before its time."""

    ended_on: date
    early: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ConfirmOutcome:
    """The three answers: what was delivered, the proof, and the level seen in each competency.

    With them the part that the leader played, and what of it was not the leader's doing. A
    competency that could not be observed is left out.
    """

    delivered: str
    proof: str
    contribution: Contribution
    observed: tuple[ObservedLevel, ...]
    outside: str = ""


@dataclass(frozen=True, kw_only=True)
class WriteDebrief:
    """The outcome, one thing learned, and one next action; handed in, or kept as a draft."""

    outcome: str = ""
    learned: str = ""
    next_action: str = ""
    hand_in: bool = True
