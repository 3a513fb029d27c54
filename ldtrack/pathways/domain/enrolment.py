"""A person on a pathway version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EnrolmentState(StrEnum):
    """Whether the person is still on their way."""

    ACTIVE = "active"
    COMPLETED = "completed"
    LEFT = "left"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return {"active": "On the way"}.get(self.value, self.value.capitalize())


@dataclass(frozen=True, kw_only=True)
class EnrolmentRow:
    """One person on one version of a pathway; `extra_days` shift every due day.

    `name` is the person's where a list asked for it.
    """

    id: int
    person_id: int
    pathway_id: int
    version_id: int
    title: str
    number: int
    cohort_id: int | None
    cohort: str
    role_profile_id: int | None
    enrolled_on: date
    ended_on: date | None
    state: EnrolmentState
    extra_days: int = 0
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class LateRow:
    """A version on which people have steps overdue, and how many do."""

    version_id: int
    title: str
    n_people: int


@dataclass(frozen=True, kw_only=True)
class OnTheWay:
    """How many people are on their way, and where some of them are late, by title."""

    n_people: int
    late: tuple[LateRow, ...]
