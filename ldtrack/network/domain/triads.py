"""A triad, its three seats and what its members promise, report and tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SEATS = 3
RHYTHMS = (1, 2, 4)
"""Weeks of a round, as a triad may want them."""
MOST_PURPOSE = 200
MOST_LINE = 300
MOST_WORD = 1_000
MOST_TOLD = 10_000
MOST_OPEN = 5
"""Commitments of one member that are open at one time."""
FEW = 5
"""Fewer triads than these are counted for nobody."""


class SeatState(StrEnum):
    """Whether somebody sits in their seat."""

    INVITED = "invited"
    IN = "in"
    DECLINED = "declined"
    LEFT = "left"


TAKEN = (SeatState.INVITED, SeatState.IN)
"""A seat that nobody else can be asked to take."""


class CommitmentState(StrEnum):
    """What became of a commitment, as the one who made it says."""

    OPEN = "open"
    DONE = "done"
    CHANGED = "changed"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The words people see."""
        return {"open": "Still on it"}.get(self.value, self.value.capitalize())

    @property
    def tag(self) -> str:
        """The kind of its tag."""
        return {"open": "waiting", "done": "met", "changed": "new", "dropped": "closed"}[self.value]


class NoteKind(StrEnum):
    """What another member says to an experience: they ask, or they note."""

    QUESTION = "question"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The words people see."""
        return {"question": "A question", "note": "What I noticed"}[self.value]


@dataclass(frozen=True, kw_only=True)
class TriadRow:
    """A triad; it begins when all three said yes."""

    id: int
    purpose: str
    weeks: int
    began_on: date | None
    ended_on: date | None

    @property
    def runs(self) -> bool:
        """Whether its rounds go on."""
        return self.began_on is not None and self.ended_on is None


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody in a triad; `outside` if they have no sign-in and come by a link."""

    id: int
    triad_id: int
    person_id: int | None
    name: str
    email: str
    state: SeatState
    joined_on: date | None
    last_round_on: date | None = None
    """The round of their last check-in."""

    @property
    def is_in(self) -> bool:
        """Whether they said yes and have not left."""
        return self.state is SeatState.IN


@dataclass(frozen=True, kw_only=True)
class CommitmentRow:
    """What a member promised, and what became of it."""

    id: int
    member_id: int
    what: str
    until: date
    made_on: date
    state: CommitmentState
    told: str
    told_on: date | None


@dataclass(frozen=True, kw_only=True)
class CheckInRow:
    """A word of a member to the others, in one round."""

    member_id: int
    round_on: date
    checked_on: date
    word: str


@dataclass(frozen=True, kw_only=True)
class NoteRow:
    """What another member asked or noted."""

    id: int
    member_id: int
    kind: NoteKind
    body: str
    noted_on: date


@dataclass(frozen=True, kw_only=True)
class ExperienceRow:
    """What a member told, with what the others asked and noted."""

    id: int
    member_id: int
    body: str
    told_on: date
    notes: tuple[NoteRow, ...]


@dataclass(frozen=True, kw_only=True)
class Whom:
    """Somebody to ask: known here, or from outside with a name and an address."""

    typed: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class StartTriad:
    """What three people would meet for, how often, and who the other two are."""

    purpose: str
    weeks: int
    others: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of one commitment; nothing new if it is still open."""

    commitment_id: int
    state: CommitmentState
    told: str


@dataclass(frozen=True, kw_only=True)
class CheckInNow:
    """A check-in: what became of what was promised, a word, and perhaps a new promise."""

    reports: tuple[Report, ...]
    word: str
    what: str
    until: date | None


def whom(typed: str) -> Whom:
    """What was typed, told apart: somebody from outside is given as a name and an address.

    >>> whom("Zoe Zed <zoe@example.com>")
    Whom(typed='Zoe Zed <zoe@example.com>', name='Zoe Zed', email='zoe@example.com')
    >>> whom("zoe@example.com").name
    ''
    """
    name, opened, rest = typed.partition("<")
    if not opened or not rest.endswith(">") or not name.strip():
        return Whom(typed=typed.strip())
    return Whom(typed=typed, name=name.strip(), email=rest[:-1].strip().casefold())
