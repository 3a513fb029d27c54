"""The words coaching is told in: states, kinds of note, and what a sponsor may be shown."""

from __future__ import annotations

from enum import StrEnum


class MilestoneState(StrEnum):
    """Where a milestone stands; until it is agreed it counts nowhere."""

    PROPOSED = "proposed"
    """One of coach and leader asks the other."""
    DECLINED = "declined"
    """The other said no, with a word."""
    WITHDRAWN = "withdrawn"
    """Who proposed it took it back before it was answered."""
    PLANNED = "planned"
    """Agreed, and still to be met."""
    MET = "met"
    MISSED = "missed"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The word people see."""
        return self.value.capitalize()

    @property
    def is_evidence(self) -> bool:
        """Whether it says something about a level."""
        return self in (MilestoneState.MET, MilestoneState.MISSED)

    @property
    def is_agreed(self) -> bool:
        """Whether it ever became a milestone that counts."""
        return self not in NOT_AGREED


NOT_AGREED = (MilestoneState.PROPOSED, MilestoneState.DECLINED, MilestoneState.WITHDRAWN)
"""States of what coach and leader have not both agreed to."""


class ActionState(StrEnum):
    """What became of something that somebody promised."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CHANGED = "changed"
    """Something else was done in its place, or will be."""
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The words people see."""
        return self.value.replace("_", " ").capitalize()

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to come of it."""
        return self not in (ActionState.OPEN, ActionState.IN_PROGRESS)

    @property
    def needs_a_word(self) -> bool:
        """Whether it has to be said what happened."""
        return self in (ActionState.CHANGED, ActionState.DROPPED)


class SponsorSees(StrEnum):
    """One thing that coach, leader and sponsor can agree the sponsor sees."""

    PROGRESS = "progress"
    MILESTONES = "milestones"
    SESSION_COUNTS = "session_counts"
    OUTCOMES = "outcomes"
    LEVELS = "levels"
    FEEDBACK = "feedback"
    CLOSING = "closing_review"

    @property
    def label(self) -> str:
        """The words people see."""
        return _SPONSOR_WORDS[self][0]

    @property
    def meaning(self) -> str:
        """What exactly the sponsor is shown."""
        return _SPONSOR_WORDS[self][1]


_SPONSOR_WORDS = {
    SponsorSees.PROGRESS: (
        "Progress on the pathway",
        "Which steps are done, and which courses were completed.",
    ),
    SponsorSees.MILESTONES: (
        "Milestones",
        "Their titles, and whether each was met; nothing that was said in a session.",
    ),
    SponsorSees.SESSION_COUNTS: (
        "Number of sessions",
        "How many were held and when; nothing that was said in them.",
    ),
    SponsorSees.OUTCOMES: (
        "Outcomes of assignments",
        "What a stretch assignment delivered, as its owner confirmed it.",
    ),
    SponsorSees.LEVELS: (
        "Levels",
        "The estimated level of each competency, with its range and target.",
    ),
    SponsorSees.FEEDBACK: (
        "Released 360 report",
        "The report as it was released to the leader, and only after that.",
    ),
    SponsorSees.CLOSING: (
        "Closing review",
        "What leader and coach say at the end: what was aimed at, what came of it, what is left.",
    ),
}
