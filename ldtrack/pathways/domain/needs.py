"""What somebody needs so that they can take part like everybody else, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_EXTRA_DAYS = 365


class NeedKind(StrEnum):
    """What it is about."""

    TIME = "time"
    LANGUAGE = "language"
    FORMAT = "format"
    PAYMENT = "payment"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return {"other": "Something else"}.get(self.value, self.value.capitalize())


class NeedState(StrEnum):
    """Where it stands."""

    STATED = "stated"
    AGREED = "agreed"
    MET = "met"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return self.value.capitalize()

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self in {NeedState.STATED, NeedState.AGREED}

    @property
    def grants(self) -> bool:
        """Whether the days that go with it count."""
        return self in {NeedState.AGREED, NeedState.MET}


@dataclass(frozen=True, kw_only=True)
class NeedRow:
    """One need of one person on one pathway; `owner` looks after it."""

    id: int
    enrolment_id: int
    person_id: int
    kind: NeedKind
    words: str
    state: NeedState
    stated_on: date
    owner_id: int | None
    owner: str
    extra_days: int
    answer: str


@dataclass(frozen=True, kw_only=True)
class StateNeed:
    """What somebody needs, in their words or HR's on their behalf."""

    enrolment_id: int
    kind: NeedKind
    words: str


@dataclass(frozen=True, kw_only=True)
class SettleNeed:
    """What an organiser does about it; `extra_days` shift due days once it is agreed."""

    state: NeedState
    owner_id: int | None = None
    extra_days: int = 0
    answer: str = ""
