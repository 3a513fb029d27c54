"""Sentences with an accent, the two ways to address somebody, and signed moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SMALLEST_MOVE = 0.05
"""In levels; less is not seen in a level of one decimal."""


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence; `accent` is the part that the headline sets apart."""

    before: str = ""
    accent: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.before}{self.accent}{self.after}"


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Speaks to a person about themselves, or to somebody else about them."""

    name: str
    is_you: bool

    @property
    def subject(self) -> str:
        """ "You" or the name, to begin a sentence with."""
        return "You" if self.is_you else self.name

    @property
    def are(self) -> str:
        """ "You are" or "Amara is"."""
        return "You are" if self.is_you else f"{self.name} is"

    @property
    def have(self) -> str:
        """ "You have" or "Amara has"."""
        return "You have" if self.is_you else f"{self.name} has"

    @property
    def your(self) -> str:
        """ "your" or "Amara’s"."""
        return "your" if self.is_you else f"{self.name}’s"


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a link leads: the name of a page and what it is about."""

    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)


def signed(move: float) -> str:
    """A move of a level with its sign.

    >>> signed(-0.149), signed(0.02)
    ('−0.1', 'unchanged')
    """
    if abs(move) < SMALLEST_MOVE:
        return "unchanged"
    return f"+{move:.1f}" if move > 0 else f"−{-move:.1f}"


def plural(n: int, one: str, many: str | None = None) -> str:
    """ "1 session", "3 sessions"."""
    return f"{n} {one if n == 1 else many or one + 's'}"
