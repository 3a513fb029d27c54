"""The page that says it all, the plan and the questions for the talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """A line of the picture: what it says, what it rests on, and the place where that stands."""

    text: str
    because: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The review on one page. Whatever the evidence does not carry is missing."""

    strengths: tuple[Pointer, ...]
    to_grow: tuple[Pointer, ...]
    blind_spot: Pointer | None
    hidden_strength: Pointer | None
    change: Pointer | None
    next_steps: tuple[Pointer, ...]

    @property
    def says_something(self) -> bool:
        """Whether there is any line to print."""
        lines = (*self.strengths, *self.to_grow, *self.next_steps)
        return bool(lines or self.blind_spot or self.hidden_strength or self.change)


@dataclass(frozen=True, kw_only=True)
class OpenStep:
    """Something that is still to be done, whoever agreed it; it can become a goal."""

    text: str
    competency: str
    due_on: date | None
    kind: str


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A goal to work on; lines that are empty are left to be written by hand."""

    title: str
    why: str
    by: date | None


@dataclass(frozen=True, kw_only=True)
class Questions:
    """Questions for the talk with one person."""

    partner: str
    asked: tuple[str, ...]
