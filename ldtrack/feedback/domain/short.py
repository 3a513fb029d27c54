"""Short feedback: a few named words on one behaviour, outside cycles, read at once.

It is not 360 feedback and no evidence: it moves no level and enters no report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ldtrack.core.errors import RuleBroken

TAKE_BACK_WINDOW = timedelta(minutes=10)
"""How long the giver can take it back as if it had never been; the mail leaves after that."""
MOST_CHARS = 800
MOST_QUESTION = 200
MOST_ASKED = 10
"""Requests of one person that may be open at a time."""


class ShortKind(StrEnum):
    """What the giver wants the receiver to do with it."""

    KEEP = "keep"
    TRY = "try"

    @property
    def label(self) -> str:
        """The words people see."""
        return "Keep doing this" if self is ShortKind.KEEP else "Try something else next time"


class RequestState(StrEnum):
    """Where a request for short feedback stands."""

    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """What the words are about: a competency, or one of its indicators."""

    competency_id: int
    indicator_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class GiveShort:
    """What somebody wants to say to a colleague."""

    person_id: int
    about: Behaviour
    kind: ShortKind
    body: str


@dataclass(frozen=True, kw_only=True)
class AskForShort:
    """Whom a leader asks for a word, and on what."""

    asked_id: int
    about: Behaviour
    question: str = ""


@dataclass(frozen=True, kw_only=True)
class ShortRow:
    """Short feedback with names; `behaviour` is empty where it is about the whole competency."""

    id: int
    person_id: int
    person: str
    author: str
    competency: str
    behaviour: str
    kind: ShortKind
    body: str
    given_at: datetime
    thanked_on: date | None
    is_hidden: bool
    shared_with_id: int | None

    def can_be_taken_back(self, now: datetime) -> bool:
        """Whether its giver still can."""
        return can_be_taken_back(self.given_at, now)


@dataclass(frozen=True, kw_only=True)
class RequestRow:
    """A request with names; `person` asks, `asked` is asked."""

    id: int
    person_id: int
    person: str
    asked_id: int
    asked: str
    about: Behaviour
    competency: str
    behaviour: str
    question: str
    asked_on: date
    state: RequestState


def can_be_taken_back(given_at: datetime, now: datetime) -> bool:
    """Whether what was given at that instant can still be taken back."""
    return now - given_at <= TAKE_BACK_WINDOW


def check_words(body: str) -> None:
    """Raise `RuleBroken` unless there are some, and not too many."""
    if not body:
        raise RuleBroken("body", "Say what you saw, and what it led to.")
    if len(body) > MOST_CHARS:
        raise RuleBroken("body", f"Please shorten this to {MOST_CHARS:,} characters.")
