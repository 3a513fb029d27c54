"""The released 360 as it is printed: words and numbers of the release, nobody's own answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.feedback.domain.self_others import profile_words
from ldtrack.reviews.domain.document.cover import ScaleWords


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One figure as the release prints it; `value` only where it is a number, in levels.

    A `rough` one says only between which levels it lies, and `why`.
    """

    text: str
    value: float | None = None
    count: str = ""
    agreement: str = ""
    hidden: bool = False
    rough: bool = False
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class FeedbackGroup:
    """A column: a rater group, or several pooled."""

    key: str
    name: str
    count: str
    single: bool
    """One known person, told so beforehand."""


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A group that is shown nowhere, and why."""

    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class FeedbackItem:
    """One question: the person's own answer and that of every group."""

    text: str
    own: Cell | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class FeedbackLine:
    """One competency. `quadrant` is the release's word for self beside others."""

    key: str
    name: str
    target: int | None
    own: Cell | None
    cells: tuple[Cell, ...]
    others: Cell | None
    low: float | None
    high: float | None
    at_least: int
    """Raters behind `others`, at least."""
    exact: bool
    gap: float | None
    quadrant: str
    items: tuple[FeedbackItem, ...]


@dataclass(frozen=True, kw_only=True)
class CommentBlock:
    """What one group wrote to one question, in an order that says nothing."""

    question: str
    group: str
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FeedbackPart:
    """One released cycle."""

    title: str
    released_on: date
    rater_floor: int
    scale: ScaleWords
    weighting: str
    groups: tuple[FeedbackGroup, ...]
    left_out: tuple[LeftOut, ...]
    lines: tuple[FeedbackLine, ...]
    comments: tuple[CommentBlock, ...]
    profile_agreement: float | None
    apart: tuple[FeedbackItem, ...] = ()
    held_back: str = ""
    """What is said of comments that were held back; empty if there is nothing to say."""

    @property
    def shape(self) -> str:
        """Whether self and others see the same highs and lows, in the leader's own document."""
        return profile_words(self.profile_agreement, own=True)

    @property
    def n_comments(self) -> int:
        """How many comments are printed."""
        return sum(len(block.texts) for block in self.comments)

    @property
    def by_question(self) -> dict[str, tuple[CommentBlock, ...]]:
        """The comments on each question, in the order in which they were asked."""
        asked = dict.fromkeys(block.question for block in self.comments)
        return {
            question: tuple(block for block in self.comments if block.question == question)
            for question in asked
        }

    @property
    def manager_column(self) -> int | None:
        """The column of the one known rater, if there is one."""
        return next((n for n, group in enumerate(self.groups) if group.single), None)
