"""Pulses as other floors see them; no answer is in here.

A pulse is one short anonymous survey. It asks people about trust among them, raters and leaders
about a cycle that has closed, or the raters of one leader a single question after the report.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class PulseKind(StrEnum):
    """What a pulse is about and whom it asks."""

    TRUST = "trust"
    PROCESS_RATERS = "process_raters"
    PROCESS_LEADERS = "process_leaders"
    FOLLOW_UP = "follow_up"


PROCESS_KINDS = (PulseKind.PROCESS_RATERS, PulseKind.PROCESS_LEADERS)


class PulseState(StrEnum):
    """Where a pulse stands; there is no way back."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement to agree with or not; `key` tells it from the others of its pulse."""

    key: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PulseRow:
    """One pulse; `n_invited` counts who was asked, not who answered.

    `about` is the competency or statement of a report that a follow-up question is about, and
    `subject` the name of the leader who asks it.
    """

    id: int
    kind: PulseKind
    name: str
    state: PulseState
    k: int
    opens_on: date
    closes_on: date
    closed_on: date | None
    shows_names: bool
    statements: tuple[Statement, ...]
    question: str
    about: str = ""
    group_name: str = ""
    series_id: int = 0
    cycle_id: int | None = None
    subject_id: int | None = None
    subject: str = ""
    n_invited: int = 0
    has_result: bool = False

    def takes_answers(self, today: date) -> bool:
        """Whether it is open and its last day has not passed."""
        return self.state is PulseState.OPEN and today <= self.closes_on


@dataclass(frozen=True, kw_only=True)
class InvitedRow:
    """Somebody who is asked; `answered` only where people were told that it is seen."""

    invitation_id: int
    person_id: int | None
    name: str
    email: str
    answered: bool = False


@dataclass(frozen=True, kw_only=True)
class AskedPulseRow:
    """A pulse that waits for the person who is signed in; `sent` if it has their answer."""

    invitation_id: int
    title: str
    closes_on: date
    sent: bool


@dataclass(frozen=True, kw_only=True)
class Given:
    """What one person answered: a score for a statement or None for "cannot say", and words."""

    scores: dict[str, int | None] = field(default_factory=dict)
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is no answer at all."""
        return not self.scores and not self.words.strip()
