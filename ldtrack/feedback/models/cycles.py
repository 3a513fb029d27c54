"""Tables of rounds of feedback and of whom they are about."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.promised import KEPT_MONTHS
from ldtrack.feedback.domain.scores import Weighting
from ldtrack.feedback.domain.timeline import CycleState, Pace, SubjectState


class UsualGroup(OrganisationOwned, Base):
    """A rater group as the organisation usually has it; new cycles begin with a copy of all."""

    __tablename__ = "usual_group"
    __table_args__ = (
        UniqueConstraint("organisation_id", "key"),
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("floor BETWEEN 0 AND 10", name="floor"),
        CheckConstraint("most >= least", name="limits"),
    )

    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))
    exempt: Mapped[bool] = mapped_column(default=False)
    floor: Mapped[int] = mapped_column(default=0)
    least: Mapped[int] = mapped_column(default=0)
    most: Mapped[int | None]


class Cycle(OrganisationOwned, Base):
    """One round of feedback and how it is held. Its settings are fixed when it leaves the draft.

    `groups` are the organisation's own rater groups; `reminder_days` says how many days before
    the last day raters are reminded; `days` is how long a rolling cycle is open for each person.
    `begins_anyway` is HR's reason if a group's first 360 begins without a trust pulse.
    """

    __tablename__ = "cycle"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("state <> 'closed' OR closed_on IS NOT NULL", name="closed_has_day"),
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint("k BETWEEN 3 AND 10", name="floor"),
        CheckConstraint("(pace = 'rolling') = (days IS NOT NULL)", name="rolling_has_days"),
        CheckConstraint("days BETWEEN 3 AND 90", name="days"),
        CheckConstraint("kept_months BETWEEN 1 AND 60", name="kept_months"),
        CheckConstraint("weighting IN ('group', 'rater')", name="shown_weighting"),
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
    pace: Mapped[Pace] = mapped_column(default=Pace.TOGETHER)
    days: Mapped[int | None]
    k: Mapped[int]
    groups: Mapped[list[Any]]
    nominates: Mapped[Nominates] = mapped_column(default=Nominates.HR)
    approves: Mapped[Approves] = mapped_column(default=Approves.NOBODY)
    nominate_until: Mapped[date | None]
    coach_led: Mapped[bool] = mapped_column(default=True)
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    weighting: Mapped[Weighting] = mapped_column(default=Weighting.GROUP)
    tells_who_answered: Mapped[bool] = mapped_column(default=True)
    kept_months: Mapped[int] = mapped_column(default=KEPT_MONTHS)
    reminder_days: Mapped[list[Any]] = mapped_column(default=list)
    begins_anyway: Mapped[str] = mapped_column(String(300), default="")
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id", ondelete="SET NULL"))


class Subject(OrganisationOwned, Base):
    """Whom a cycle is about, their own days in it, and how far their feedback has come.

    `key` is one of the two secrets that responses are derived with; it lives as long as the
    questionnaires about this subject are open and not a moment longer. `for_coach` holds comments
    that may only be summed up; they are gone once the report is out. `returned_with` is the word
    with which nominations were sent back; `reminded_on` the day of the last reminder to all.
    """

    __tablename__ = "subject"
    __table_args__ = (
        UniqueConstraint("cycle_id", "person_id"),
        CheckConstraint("(state = 'open') = (key IS NOT NULL)", name="key_only_while_open"),
        CheckConstraint(
            "state <> 'open' OR (opens_on IS NOT NULL AND closes_on IS NOT NULL)",
            name="open_has_days",
        ),
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint(
            "(closed_on IS NULL)"
            " = (state IN ('draft', 'nominating', 'approving', 'ready', 'open'))",
            name="closed_has_day",
        ),
        CheckConstraint("(state = 'released') = (released_on IS NOT NULL)", name="released_day"),
        Index("ix_subject_person", "person_id", "state"),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    state: Mapped[SubjectState] = mapped_column(default=SubjectState.DRAFT)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    released_on: Mapped[date | None]
    key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    returned_with: Mapped[str] = mapped_column(Text, default="")
    reminded_on: Mapped[date | None]
    for_coach: Mapped[list[Any]] = mapped_column(default=list)
