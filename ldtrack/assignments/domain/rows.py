"""Openings, placements, outcomes and debriefs as other rooms and pages see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.assignments.domain.kinds import (
    Contribution,
    DebriefKind,
    PlacementState,
    PostingKind,
)
from ldtrack.assignments.domain.openings import PostingState
from ldtrack.assignments.domain.stretch import Stretch

MOST_WEIGHT = 3


@dataclass(frozen=True, kw_only=True)
class Develops:
    """A competency that an assignment develops, and the level that it asks for.

    `weight` says how often it counts in the fit. In what is critical nobody should be more than one
    level short.
    """

    competency_id: int
    level: int
    weight: int = 1
    is_critical: bool = True


@dataclass(frozen=True, kw_only=True)
class PostingRow:
    """An opening; `share_of_time` is the percentage of a working week that it takes."""

    id: int
    title: str
    kind: PostingKind
    description: str
    owner_id: int
    sponsor_id: int | None
    promised_outcome: str
    measure: str
    starts_on: date
    ends_on: date
    share_of_time: int
    places: int
    stretch: Stretch
    develops: tuple[Develops, ...]
    closed_on: date | None
    state: PostingState
    author_id: int | None
    location: str
    is_remote: bool

    @property
    def competency_ids(self) -> frozenset[int]:
        """What it develops."""
        return frozenset(pair.competency_id for pair in self.develops)

    @property
    def answerable(self) -> frozenset[int]:
        """The people who answer for it: business owner and sponsor."""
        return frozenset({self.owner_id} | ({self.sponsor_id} if self.sponsor_id else set()))

    def is_open(self, today: date) -> bool:
        """Whether somebody can still apply."""
        return self.state is PostingState.PUBLISHED and self.ends_on > today

    @property
    def where(self) -> str:
        """Where the work is, in words; '' if nobody said."""
        if self.is_remote:
            return f"{self.location} or remote" if self.location else "Remote"
        return self.location


@dataclass(frozen=True, kw_only=True)
class TemplateRow:
    """What an opening can begin from; `n_days` is how long it ran."""

    id: int
    title: str
    kind: PostingKind
    description: str
    promised_outcome: str
    measure: str
    n_days: int
    share_of_time: int
    places: int
    location: str
    is_remote: bool
    stretch: Stretch
    develops: tuple[Develops, ...]


@dataclass(frozen=True, kw_only=True)
class OpeningRow:
    """An opening in one line: what it is called, and the level that it asks for."""

    id: int
    title: str
    kind: PostingKind
    level: int


@dataclass(frozen=True, kw_only=True)
class ObservedLevel:
    """The level that was seen in one competency, in levels of its scale."""

    competency_id: int
    level: float


@dataclass(frozen=True, kw_only=True)
class OutcomeRow:
    """What the owner says was delivered; without proof it stays a claim."""

    id: int
    delivered: str
    proof: str
    contribution: Contribution
    outside: str
    confirmed_by: int | None
    confirmed_on: date
    observed: tuple[ObservedLevel, ...]

    @property
    def is_proved(self) -> bool:
        """Whether there is proof, so that the observed levels count."""
        return self.proof != ""

    @property
    def word(self) -> str:
        """What the owner's word amounts to."""
        return "Confirmed" if self.is_proved else "Claimed"


@dataclass(frozen=True, kw_only=True)
class OutcomeMark:
    """That an outcome was answered for, and whether with proof."""

    is_proved: bool


@dataclass(frozen=True, kw_only=True)
class StandingRow:
    """Where somebody stands in one opening: all that a list of its people needs."""

    id: int
    person_id: int
    state: PlacementState
    starts_on: date
    ends_on: date | None
    motive: str
    reason: str
    outcome: OutcomeMark | None


@dataclass(frozen=True, kw_only=True)
class DebriefMark:
    """That somebody looks or looked back, without a word of what they wrote."""

    kind: DebriefKind
    author_id: int | None
    held_on: date | None


@dataclass(frozen=True, kw_only=True)
class DebriefRow:
    """A debrief with its words; it was held when all three are there."""

    id: int
    placement_id: int
    kind: DebriefKind
    author_id: int | None
    outcome: str
    learned: str
    next_action: str
    held_on: date | None


@dataclass(frozen=True, kw_only=True)
class PlacementRow:
    """A person in an assignment, with what came of it."""

    id: int
    person_id: int
    state: PlacementState
    starts_on: date
    ends_on: date | None
    motive: str
    reason: str
    peer_id: int | None
    posting: PostingRow
    outcome: OutcomeRow | None
    debriefs: tuple[DebriefMark, ...]

    @property
    def title(self) -> str:
        """The opening's title."""
        return self.posting.title

    @property
    def competency_ids(self) -> frozenset[int]:
        """What it develops."""
        return self.posting.competency_ids

    @property
    def held(self) -> frozenset[DebriefKind]:
        """The sides from which it was looked back on."""
        return frozenset(mark.kind for mark in self.debriefs if mark.held_on is not None)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """That somebody without an account is asked to look back on a placement, until a day."""

    placement_id: int
    person_id: int
    until: date


@dataclass(frozen=True, kw_only=True)
class Pending:
    """An offer that waits for the reader, or an application of one of theirs that asks support."""

    placement_id: int
    title: str
    person_id: int
    state: PlacementState
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class SupportTask:
    """An application on which a line manager is asked for their word, with what that needs."""

    placement_id: int
    person_id: int
    motive: str
    posting: PostingRow


@dataclass(frozen=True, kw_only=True)
class DebriefTask:
    """A debrief that somebody is asked for, with what they wrote so far.

    `since` is the day on which the placement ended.
    """

    placement_id: int
    title: str
    promised_outcome: str
    person_id: int
    kind: DebriefKind
    since: date
    written: DebriefRow | None
