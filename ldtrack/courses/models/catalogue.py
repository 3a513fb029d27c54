"""Tables of the catalogue and of who completed what."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.courses.domain import CourseFormat
from ldtrack.db.base import Base, OrganisationOwned


class Course(OrganisationOwned, Base):
    """An entry of the catalogue; an archived one is no longer offered, its completions stay.

    `mode` says in the course's own words how it is held, `cost_cents` what one place costs in
    hundredths of the currency.
    """

    __tablename__ = "course"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code"),
        CheckConstraint("hours IS NULL OR hours > 0", name="hours_positive"),
        CheckConstraint("valid_months IS NULL OR valid_months > 0", name="valid_positive"),
        CheckConstraint("cost_cents IS NULL OR cost_cents >= 0", name="cost_not_negative"),
        CheckConstraint("(cost_cents IS NULL) = (currency = '')", name="cost_has_currency"),
    )

    code: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(200), default="")
    format: Mapped[CourseFormat | None]
    mode: Mapped[str] = mapped_column(String(60), default="")
    hours: Mapped[float | None]
    valid_months: Mapped[int | None]
    cost_cents: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    description: Mapped[str] = mapped_column(Text, default="")
    archived_on: Mapped[date | None]


class CourseCompetency(OrganisationOwned, Base):
    """A competency that a course develops, and the level it is pitched at."""

    __tablename__ = "course_competency"
    __table_args__ = (UniqueConstraint("course_id", "competency_id"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    level: Mapped[int]


class Completion(OrganisationOwned, Base):
    """Somebody completed a course on a day; the same day twice is the same completion.

    `reminded_until` is the end of which its person was told.
    """

    __tablename__ = "completion"
    __table_args__ = (
        UniqueConstraint("course_id", "person_id", "completed_on"),
        CheckConstraint("(score IS NULL) = (score_max IS NULL)", name="score_has_maximum"),
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= score_max)", name="score"),
        Index("ix_completion_person", "person_id"),
        Index("ix_completion_latest", "organisation_id", "course_id", "completed_on"),
        Index("ix_completion_reminded", "organisation_id", "reminded_until"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    completed_on: Mapped[date]
    score: Mapped[float | None]
    score_max: Mapped[float | None]
    passed: Mapped[bool | None]
    source: Mapped[str] = mapped_column(String(40))
    reminded_until: Mapped[date | None]
