"""Tables of what other systems say: where it comes from, what was said, what it is about."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned

NAME = 500
"""Letters in the name that another system has for somebody or something."""


class StatementSource(OrganisationOwned, Base):
    """A system that may send statements: its key is its name, its secret is known as a hash.

    The window counts its requests of the running minute.
    """

    __tablename__ = "statement_source"
    __table_args__ = (UniqueConstraint("key"),)

    name: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(40))
    secret_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    window_began_at: Mapped[datetime | None]
    window_count: Mapped[int] = mapped_column(default=0)


class RecordStore(OrganisationOwned, Base):
    """A learning record store that is asked for new statements again and again.

    What it stored up to `since` was taken.
    """

    __tablename__ = "record_store"
    __table_args__ = (CheckConstraint("every_hours BETWEEN 1 AND 720", name="every_hours"),)

    name: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(500))
    username: Mapped[str] = mapped_column(String(200), default="")
    secret: Mapped[str] = mapped_column(String(500), default="")
    every_hours: Mapped[int]
    since: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(300), default="")
    n_taken: Mapped[int] = mapped_column(default=0)


class Statement(OrganisationOwned, Base):
    """One statement about one person; it waits until it is known which course and whom it means.

    A statement about a group is there once for each member. `happened_on` is the day that it was in
    the organisation when the statement came. `set_aside` was said of what it is
    about: no course of ours, or nobody of ours.
    """

    __tablename__ = "statement"
    __table_args__ = (
        UniqueConstraint("organisation_id", "statement_id", "actor_key"),
        CheckConstraint("(score IS NULL) = (score_max IS NULL)", name="score_has_maximum"),
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= score_max)", name="score"),
        CheckConstraint(
            "NOT set_aside OR course_id IS NULL OR person_id IS NULL", name="aside_is_unmatched"
        ),
        Index("ix_statement_about", "course_id", "person_id"),
        Index("ix_statement_activity", "organisation_id", "activity_id"),
        Index("ix_statement_actor", "organisation_id", "actor_key"),
        Index("ix_statement_person", "person_id"),
    )

    statement_id: Mapped[str] = mapped_column(String(36))
    fingerprint: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(100))
    actor_key: Mapped[str] = mapped_column(String(NAME))
    actor_name: Mapped[str] = mapped_column(String(200), default="")
    activity_id: Mapped[str] = mapped_column(String(NAME))
    activity_name: Mapped[str] = mapped_column(String(300), default="")
    happened_at: Mapped[datetime]
    happened_on: Mapped[date]
    received_at: Mapped[datetime]
    seconds: Mapped[int | None]
    score: Mapped[float | None]
    score_max: Mapped[float | None]
    passed: Mapped[bool | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    set_aside: Mapped[bool] = mapped_column(default=False)
    voided_at: Mapped[datetime | None]


class StatementVoiding(OrganisationOwned, Base):
    """A statement is taken back, whether it came already or comes later."""

    __tablename__ = "statement_voiding"
    __table_args__ = (UniqueConstraint("organisation_id", "statement_id"),)

    statement_id: Mapped[str] = mapped_column(String(36))
    voided_at: Mapped[datetime]


class ActivityMatch(OrganisationOwned, Base):
    """Which course an activity is, remembered for what comes next; none says it is no course."""

    __tablename__ = "activity_match"
    __table_args__ = (UniqueConstraint("organisation_id", "activity_id"),)

    activity_id: Mapped[str] = mapped_column(String(NAME))
    course_id: Mapped[int | None] = mapped_column(
        ForeignKey("course.id", ondelete="CASCADE"), index=True
    )


class LearnerMatch(OrganisationOwned, Base):
    """Who a learner of another system is, likewise; nobody says they are none of ours."""

    __tablename__ = "learner_match"
    __table_args__ = (UniqueConstraint("organisation_id", "actor_key"),)

    actor_key: Mapped[str] = mapped_column(String(NAME))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
