"""A version that some try before it is for all: what is tried, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class BeginPilot:
    """Who tries a version, what for, and until when; a cohort of a new name is made."""

    cohort: str
    aim: str
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class ReviewPilot:
    """What worked, what changes, who decided it and when."""

    worked: str
    changes: str
    decided_by: int
    reviewed_on: date


@dataclass(frozen=True, kw_only=True)
class PilotRow:
    """A pilot as it stands; `reviewed_on` is None until somebody has looked back on it."""

    version_id: int
    cohort_id: int
    cohort: str
    aim: str
    ends_on: date
    worked: str
    changes: str
    decided_by: str
    reviewed_on: date | None

    @property
    def runs(self) -> bool:
        """Whether the version is still for its cohort alone."""
        return self.reviewed_on is None

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been looked back on by now."""
        return self.runs and self.ends_on < today
