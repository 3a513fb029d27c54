"""Certificates that people hand in, and what a reviewer makes of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

SOURCE = "certificate"
"""The source of completions that follow from certificates."""


class CertificateState(StrEnum):
    """Where a certificate stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """The word people see."""
        return {"waiting": "Waiting", "accepted": "Accepted", "returned": "Sent back"}[self.value]

    @property
    def tag(self) -> str:
        """The kind of its tag."""
        return {"waiting": "waiting", "accepted": "done", "returned": "late"}[self.value]


class Shows(StrEnum):
    """What a certificate shows, as its reviewer sees it."""

    COMPLETED = "completed"
    """That the person took part to the end: exposure."""
    PASSED = "passed"
    """That somebody outside found them able at the level of the course."""


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """A certificate with its file."""

    title: str
    awarded_on: date
    course_id: int | None
    word: str
    file_name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Accept:
    """A certificate is good: which course it stands for, from which day, and what it shows."""

    course_id: int
    completed_on: date
    shows: Shows


@dataclass(frozen=True, kw_only=True)
class CertificateRow:
    """A certificate as pages need it."""

    id: int
    person_id: int
    file_id: int
    course_id: int | None
    course: str
    title: str
    awarded_on: date
    word: str
    state: CertificateState
    handed_in_at: datetime
    answer: str
