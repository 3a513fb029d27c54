"""The words of assignments: kinds, states, parts played; no arithmetic."""

from __future__ import annotations

from enum import StrEnum


class PostingKind(StrEnum):
    """What sort of stretch it is."""

    ROTATION = "rotation"
    PROJECT = "project"
    SECONDMENT = "secondment"
    COMMUNITY = "community"
    ACTING_UP = "acting_up"
    TASK_FORCE = "task_force"

    @property
    def label(self) -> str:
        """The words people see."""
        return self.value.replace("_", " ").capitalize()


class PlacementState(StrEnum):
    """Where a person's placement stands."""

    PROPOSED = "proposed"
    """The person applied and nobody has answered yet."""
    LISTED = "listed"
    """Answered: there may be a place later."""
    OFFERED = "offered"
    """A place is kept until the person answers."""
    ACCEPTED = "accepted"
    """The person said yes; it has not begun."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """The person said no, or took their word back before it began."""
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"

    @property
    def label(self) -> str:
        """The words people see."""
        return _STATE_LABELS.get(self, "") or _plain(self)

    @property
    def has_ended(self) -> bool:
        """Whether somebody said that it is over."""
        return self in ENDED

    @property
    def is_running(self) -> bool:
        """Whether the person is in it, even if it rests."""
        return self in RUNNING

    @property
    def has_begun(self) -> bool:
        """Whether the person was ever in it."""
        return self in BEGUN


_STATE_LABELS = {
    PlacementState.PROPOSED: "Applied",
    PlacementState.LISTED: "On the waiting list",
    PlacementState.ACTIVE: "Placed",
    PlacementState.DECLINED: "Not accepted",
}
ENDED = (PlacementState.COMPLETED, PlacementState.ENDED_EARLY)
RUNNING = (PlacementState.ACTIVE, PlacementState.PAUSED)
BEGUN = (*RUNNING, *ENDED)
UNANSWERED = (PlacementState.PROPOSED, PlacementState.LISTED)
HOLDS_PLACE = (PlacementState.OFFERED, PlacementState.ACCEPTED, *RUNNING)
"""The states in which one of the opening's places is taken."""
OPEN = (*UNANSWERED, *HOLDS_PLACE)


class DebriefKind(StrEnum):
    """From which side a placement is looked back on."""

    LEADER = "leader"
    SPONSOR = "sponsor"
    """The business owner or the sponsor of the opening."""
    PEER = "peer"

    @property
    def label(self) -> str:
        """The words people see."""
        return "Owner or sponsor" if self is DebriefKind.SPONSOR else _plain(self)


class Contribution(StrEnum):
    """The part that the leader played in what was delivered."""

    LED = "led"
    CONTRIBUTED = "contributed"
    INFLUENCED = "influenced"

    @property
    def label(self) -> str:
        """The words people see."""
        return _plain(self)

    @property
    def meaning(self) -> str:
        """What the word claims."""
        return {
            Contribution.LED: "It would not have happened without them.",
            Contribution.CONTRIBUTED: "They did a part of it.",
            Contribution.INFLUENCED: "Others did it; they changed how.",
        }[self]


def _plain(member: StrEnum) -> str:
    return member.value.replace("_", " ").capitalize()
