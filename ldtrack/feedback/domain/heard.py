"""What a leader heard and will do: one note to everybody who was asked, sent once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.letters import Letter

MOST_CHARS = 3_000


@dataclass(frozen=True, kw_only=True)
class HeardRow:
    """A leader's note, sent or not; `n_asked` counts who was asked, answered or not."""

    release_id: int
    person_id: int
    person: str
    cycle: str
    body: str
    shared: bool
    sent_on: date | None
    n_asked: int


@dataclass(frozen=True, kw_only=True)
class HeardStanding:
    """What the report's page says of the note: begun, sent, or whether there is anybody to tell."""

    n_asked: int = 0
    is_begun: bool = False
    is_shared: bool = False
    sent_on: date | None = None


def heard_letter(rater: str, person: str, cycle: str, body: str) -> Letter:
    """The mail to one of those who were asked; all get the same, so it tells of no answer."""
    asked = f"You were asked for your view of {person} in {cycle}."
    to_all = f"{person} writes to everybody who was asked, whether they answered or not:"
    return Letter(
        subject=f"What {person} heard, and what they will do",
        body=f"Dear {rater},\n\n{asked} {to_all}\n\n{body}\n",
    )


def check_heard(body: str) -> None:
    """Raise `RuleBroken` unless there are some words, and not too many."""
    if not body:
        raise RuleBroken("body", "Write what you heard, and what you will do.")
    if len(body) > MOST_CHARS:
        raise RuleBroken("body", f"Please shorten this to {MOST_CHARS:,} characters.")


def mark_of(body: str) -> str:
    """A short mark of the words, by which a send knows that they are those that were looked at."""
    return hashlib.sha256(body.encode()).hexdigest()[:16]
