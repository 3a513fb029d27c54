"""Takeaways: what somebody takes along from an event, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MOST_LINE = 300
MOST_TOLD = 2_000
MOST_OPEN = 50
"""Takeaways of one person that are open at one time."""
USUAL = timedelta(weeks=2)
"""When one looks again, unless another day is given."""


class TakeawayKind(StrEnum):
    """What one takes along; a task is only one of them."""

    QUESTION = "question"
    CONVERSATION = "conversation"
    PROBE = "probe"
    DECISION = "decision"
    TASK = "task"

    @property
    def label(self) -> str:
        """The word people see."""
        return self.value.capitalize()

    @property
    def meaning(self) -> str:
        """What it is for."""
        return _MEANT[self]


_MEANT = {
    TakeawayKind.QUESTION: "To carry about; no answer yet.",
    TakeawayKind.CONVERSATION: "With somebody, about something.",
    TakeawayKind.PROBE: "A small trial that may fail.",
    TakeawayKind.DECISION: "To be taken, or to be stood by.",
    TakeawayKind.TASK: "Something to get done.",
}


class TakeawayState(StrEnum):
    """What became of it, as its author says."""

    OPEN = "open"
    DONE = "done"
    CHANGED = "changed"
    """It became something else on the way."""
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The word people see."""
        return self.value.capitalize()

    @property
    def tag(self) -> str:
        """The kind of its tag."""
        return _TAGS[self]

    @property
    def needs_a_word(self) -> bool:
        """Whether it has to be said what happened."""
        return self in (TakeawayState.CHANGED, TakeawayState.DROPPED)


_TAGS = {
    TakeawayState.OPEN: "open",
    TakeawayState.DONE: "done",
    TakeawayState.CHANGED: "carried",
    TakeawayState.DROPPED: "stopped",
}


@dataclass(frozen=True, kw_only=True)
class TakeawayRow:
    """A takeaway, as its author or somebody it is shared with may see it.

    `about` is the line that it comes from. `reader_ids` names everybody it was shared with.
    """

    id: int
    author_id: int
    kind: TakeawayKind
    what: str
    about: str
    made_on: date
    follow_up_on: date | None
    remind: bool
    state: TakeawayState
    told: str
    told_on: date | None
    reader_ids: tuple[int, ...]

    @property
    def is_open(self) -> bool:
        """Whether it has not been told what became of it."""
        return self.state is TakeawayState.OPEN

    def is_due(self, today: date) -> bool:
        """Whether the day to look again has come, and nothing was told."""
        return self.is_open and self.follow_up_on is not None and self.follow_up_on <= today


@dataclass(frozen=True, kw_only=True)
class TakeAlong:
    """What somebody takes along, when they look again, and who may read it."""

    kind: TakeawayKind
    what: str
    about: str = ""
    follow_up_on: date | None = None
    remind: bool = False
    reader_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TellTakeaway:
    """What became of it, and what happened."""

    state: TakeawayState
    told: str = ""
