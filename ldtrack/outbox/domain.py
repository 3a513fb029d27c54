"""The states of messages and jobs, and the patience with those that fail."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

MOST_TRIES = 5


class MessageState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_under_way(self) -> bool:
        """Whether it is still to be done."""
        return self in (JobState.WAITING, JobState.RUNNING)


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after `tries` failures: 1, 4, 9, 16 minutes later; `None` to give up.

    >>> next_try(2, datetime(2026, 1, 1)) - datetime(2026, 1, 1)
    datetime.timedelta(seconds=240)
    """
    if tries >= MOST_TRIES:
        return None
    return now + timedelta(minutes=tries * tries)
