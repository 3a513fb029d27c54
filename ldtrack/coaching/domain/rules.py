"""What a session may say: its day, its length, the milestones it moves, how long it can be undone.

Nothing here knows the tables or the clock.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from ldtrack.coaching.domain.commands import CorrectSession, LogSession
from ldtrack.coaching.domain.kinds import MilestoneState
from ldtrack.core.errors import RuleBroken

UNDO_WINDOW = timedelta(minutes=10)
"""How long a logged session can be taken back as if it had never been."""
SHORTEST, LONGEST = 5, 480
"""Minutes of a session."""
MOST_NOTE = 20_000
"""Characters of a note."""
MOST_DRAFT = 60_000
"""Characters of a draft: two full notes, the actions, and room to spare."""


def check_session(command: LogSession | CorrectSession, *, starts_on: date, today: date) -> None:
    """Raise `RuleBroken` unless the session can have been held, between the start and today.

    The next one lies after it. Lengths are in minutes.
    """
    if command.held_on > today:
        raise RuleBroken("held_on", "Log a session once it has been held.")
    if command.held_on < starts_on:
        raise RuleBroken("held_on", "The coaching had not begun on that day.")
    if not SHORTEST <= command.minutes <= LONGEST:
        raise RuleBroken("minutes", f"Give a length from {SHORTEST} to {LONGEST} minutes.")
    if command.next_on is not None and command.next_on <= command.held_on:
        raise RuleBroken("next_on", "The next session comes after this one.")


def moves(command: LogSession, planned: Collection[int]) -> dict[int, MilestoneState]:
    """Where the session moves which milestone, by id; each of them must have been planned.

    Raises `RuleBroken` for one that is marked both ways or is not there to be moved.

    >>> day = date(2026, 11, 20)
    >>> moves(LogSession(held_on=day, minutes=60, milestones_met=(7,)), {7, 8})
    {7: <MilestoneState.MET: 'met'>}
    """
    met, missed = set(command.milestones_met), set(command.milestones_missed)
    if met & missed:
        raise RuleBroken("milestones_missed", "Mark a milestone as met or as missed, not both.")
    if not met <= set(planned):
        raise RuleBroken("milestones_met", "That milestone has been moved already.")
    if not missed <= set(planned):
        raise RuleBroken("milestones_missed", "That milestone has been moved already.")
    return dict.fromkeys(sorted(met), MilestoneState.MET) | dict.fromkeys(
        sorted(missed), MilestoneState.MISSED
    )


def ended_before(today: date, months: int) -> date:
    """Private notes of coaching that ended before this day have been kept for so many months.

    It is the first of a month, so that they are never kept for less.

    >>> ended_before(date(2026, 3, 31), 24)
    datetime.date(2024, 3, 1)
    """
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(max(years, 1), month + 1, 1)


def can_be_undone(logged_at: datetime, now: datetime) -> bool:
    """Whether a session logged at that instant can still be taken back."""
    return now - logged_at <= UNDO_WINDOW
