"""What happens to somebody's place in the organisation on a day: joining, moving, leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ChangeKind(StrEnum):
    """What happens on the day."""

    JOINS = "joins"
    MOVES = "moves"
    LEAVES = "leaves"
    RETURNS = "returns"


class LeaveReason(StrEnum):
    """Why somebody leaves; HR alone reads it."""

    RESIGNED = "resigned"
    RETIRED = "retired"
    CONTRACT_ENDED = "contract_ended"
    ROLE_ENDED = "role_ended"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words on the screen."""
        return LEAVE_WORDS[self]


LEAVE_WORDS = {
    LeaveReason.RESIGNED: "Chose to leave",
    LeaveReason.RETIRED: "Retired",
    LeaveReason.CONTRACT_ENDED: "Contract ended",
    LeaveReason.ROLE_ENDED: "Role ended",
    LeaveReason.OTHER: "Another reason",
}


@dataclass(frozen=True, kw_only=True)
class Leave:
    """From the day on the person is not here."""

    on: date
    reason: LeaveReason


@dataclass(frozen=True, kw_only=True)
class Move:
    """From the day on the person has this unit, this job and this line manager."""

    on: date
    unit: str
    job_profile: str
    manager_id: int | None


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """Something in somebody's history, or planned; `words` say what, as of today."""

    id: int
    kind: ChangeKind
    on: date
    words: str
    planned: bool


def place_words(unit: str, job_profile: str) -> str:
    """Where somebody is and as what.

    >>> place_words("Sales", "Team leader"), place_words("", "")
    ('Team leader, Sales', 'no job and no unit')
    """
    return ", ".join(word for word in (job_profile, unit) if word) or "no job and no unit"


def change_words(kind: ChangeKind, before: str, after: str, *, planned: bool) -> str:
    """What happened or will happen, in a few words.

    >>> change_words(ChangeKind.MOVES, "Clerk, Sales", "Clerk, Finance", planned=True)
    'Moves from Clerk, Sales to Clerk, Finance'
    >>> change_words(ChangeKind.LEAVES, "", "Retired", planned=False)
    'Left: retired'
    """
    if kind is ChangeKind.MOVES:
        return f"{'Moves' if planned else 'Moved'} from {before} to {after}"
    if kind is ChangeKind.LEAVES:
        why = f": {after[:1].lower()}{after[1:]}" if after else ""
        return f"{'Leaves' if planned else 'Left'}{why}"
    if kind is ChangeKind.JOINS:
        return "Joins" if planned else "Joined"
    return "Comes back" if planned else "Came back"
