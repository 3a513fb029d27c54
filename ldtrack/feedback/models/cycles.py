"""Tables of rounds of feedback and of whom they are about."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned
from ldtrack.feedback.domain.timeline import CycleState


class Cycle(OrganisationOwned, Base):
    """One round of feedback. `k` and `groups` are fixed when it opens.

    `key` is one of the two secrets that responses are derived with; it lives as long as the cycle
    is open and not a moment longer.
    """

    __tablename__ = "cycle"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("state IN ('draft', 'open', 'closed', 'archived')", name="cycle_states"),
        CheckConstraint("(state = 'open') = (key IS NOT NULL)", name="key_only_while_open"),
        CheckConstraint("state <> 'closed' OR closed_on IS NOT NULL", name="closed_has_day"),
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint("k BETWEEN 3 AND 10", name="floor"),
    )

    name: Mapped[str] = mapped_column(String(200))
    framework_version_id: Mapped[int] = mapped_column(
        ForeignKey("framework_version.id", ondelete="RESTRICT")
    )
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire.id", ondelete="RESTRICT")
    )
    state: Mapped[CycleState] = mapped_column(default=CycleState.DRAFT)
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    closed_on: Mapped[date | None]
    k: Mapped[int]
    groups: Mapped[list[Any]]
    key: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class Subject(OrganisationOwned, Base):
    """Whom a cycle is about, and how far their report has come.

    `for_coach` holds comments that may only be summed up; they are gone once the report is out.
    """

    __tablename__ = "subject"
    __table_args__ = (
        UniqueConstraint("cycle_id", "person_id"),
        CheckConstraint("(state = 'released') = (released_on IS NOT NULL)", name="released_day"),
        Index("ix_subject_person", "person_id", "state"),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    state: Mapped[CycleState] = mapped_column(default=CycleState.DRAFT)
    released_on: Mapped[date | None]
    for_coach: Mapped[list[Any]] = mapped_column(default=list)
