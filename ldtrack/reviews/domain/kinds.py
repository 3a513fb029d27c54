"""For whom a review is, where it stands, what may be in it and on what paper."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Whom an edition is for."""

    LEADER = "leader"
    SPONSOR = "sponsor"

    @property
    def prefix(self) -> str:
        """How the number of such a review begins."""
        return {Audience.LEADER: "LR", Audience.SPONSOR: "SR"}[self]

    @property
    def called(self) -> str:
        """What such a review is called."""
        return {Audience.LEADER: "Leadership review", Audience.SPONSOR: "Sponsor report"}[self]


class ReviewState(StrEnum):
    """Where a review stands. Only a sponsor edition is ever agreed to or refused."""

    WAITING = "waiting"
    READY = "ready"
    AGREED = "agreed"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The words people see."""
        return _LABELS[self]


_LABELS = {
    ReviewState.WAITING: "being made",
    ReviewState.READY: "ready",
    ReviewState.AGREED: "shared with the sponsor",
    ReviewState.REFUSED: "not shared",
    ReviewState.FAILED: "could not be made",
}


class PrintState(StrEnum):
    """Where the printing of a 360 report stands."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class Paper(StrEnum):
    """The sheet it is laid out for."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def label(self) -> str:
        """The words people see."""
        return {Paper.A4: "A4", Paper.LETTER: "US Letter"}[self]


class Part(StrEnum):
    """What a sponsor agreement can name; a sponsor edition holds nothing that it does not."""

    PROGRESS = "progress"
    MILESTONES = "milestones"
    SESSION_COUNTS = "session_counts"
    OUTCOMES = "outcomes"
    LEVELS = "levels"
    FEEDBACK = "feedback"

    @property
    def label(self) -> str:
        """The words people see."""
        return _PARTS[self]


_PARTS = {
    Part.PROGRESS: "progress on the pathway and courses",
    Part.MILESTONES: "milestones",
    Part.SESSION_COUNTS: "how many coaching sessions were held",
    Part.OUTCOMES: "what assignments delivered",
    Part.LEVELS: "levels against the role",
    Part.FEEDBACK: "360 feedback, all raters together",
}

EVERYTHING = frozenset(Part)
"""What the leader's own edition holds."""


def parts_named(words: frozenset[str]) -> frozenset[Part]:
    """The parts that an agreement's words name; a word nobody knows opens nothing.

    >>> sorted(parts_named(frozenset({"levels", "gossip"})))
    [<Part.LEVELS: 'levels'>]
    """
    return frozenset(part for part in Part if part.value in words)
