"""Tables of organisations, units, people, accounts and sign-ins."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ldtrack.access.domain import Role
from ldtrack.db.base import Base, Identified, OrganisationOwned
from ldtrack.people.domain.changes import ChangeKind


class Organisation(Identified, Base):
    """The tenant. Everything else belongs to exactly one.

    `rater_budget` is how many 360 questionnaires anybody is asked for in a quarter;
    `list_put_away_at` is when HR wanted to see the list of set-up steps no longer.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("rater_floor BETWEEN 3 AND 10", name="rater_floor"),
        CheckConstraint("rater_budget BETWEEN 1 AND 100", name="rater_budget"),
    )

    name: Mapped[str] = mapped_column(String(200), unique=True)
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    rater_floor: Mapped[int] = mapped_column(default=3)
    rater_budget: Mapped[int] = mapped_column(default=8)
    list_put_away_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Unit(OrganisationOwned, Base):
    """A node of the organisation's tree."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("parent_id <> id", name="inside_another"),
    )

    name: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="SET NULL"), index=True
    )


class Person(OrganisationOwned, Base):
    """Somebody known; not everybody has an account.

    Who is not active has left: `left_on` says when, and may say it before the day has come.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("left_reason = '' OR left_on IS NOT NULL", name="reason_for_leaving"),
        UniqueConstraint("organisation_id", "external_id"),
        UniqueConstraint("organisation_id", "email"),
        # The directory by name and by job; who is here, and which jobs they have, is counted there.
        Index("ix_person_name", "organisation_id", "active", "last_name", "first_name"),
        Index(
            "ix_person_job", "organisation_id", "active", "job_profile", "last_name", "first_name"
        ),
    )

    external_id: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(320))
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100), default="")
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="SET NULL"), index=True
    )
    job_profile: Mapped[str] = mapped_column(String(200), default="")
    locale: Mapped[str] = mapped_column(String(20), default="en-GB")
    time_zone: Mapped[str] = mapped_column(String(60), default="")
    active: Mapped[bool] = mapped_column(default=True)
    left_on: Mapped[date | None]
    left_reason: Mapped[str] = mapped_column(String(200), default="")

    unit: Mapped[Unit | None] = relationship(lazy="raise")


class PersonChange(OrganisationOwned, Base):
    """That somebody joins, moves, leaves or comes back on a day, past or planned.

    `before` and `after` are words as they were on the day, `ended` the relationships that end by
    leaving, each with the last day that it had.
    """

    __tablename__ = "person_change"
    __table_args__ = (
        CheckConstraint("kind = 'moves' OR unit_id IS NULL", name="only_movers_have_a_unit"),
        Index("ix_person_change_person", "person_id", "on_day"),
        Index(
            "uq_person_change_planned",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=text("NOT done"),
            postgresql_where=text("NOT done"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[ChangeKind]
    on_day: Mapped[date]
    done: Mapped[bool]
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="SET NULL"), index=True
    )
    job_profile: Mapped[str] = mapped_column(String(200), default="")
    before: Mapped[str] = mapped_column(String(420), default="")
    after: Mapped[str] = mapped_column(String(420), default="")
    ended: Mapped[list[Any]] = mapped_column(default=list)


class Attribute(OrganisationOwned, Base):
    """Something that people may declare about themselves, whoever they are and only they.

    `shown` holds what was last shown to HR: by declaration, which answer it had. Its counts stay
    as they are until enough declarations have come, gone or changed.
    """

    __tablename__ = "attribute"
    __table_args__ = (
        UniqueConstraint("organisation_id", "question"),
        CheckConstraint("question <> ''", name="asks_something"),
    )

    question: Mapped[str] = mapped_column(String(200))
    shown: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))


class AttributeAnswer(OrganisationOwned, Base):
    """One of the answers to choose from."""

    __tablename__ = "attribute_answer"
    __table_args__ = (UniqueConstraint("attribute_id", "position"),)

    attribute_id: Mapped[int] = mapped_column(ForeignKey("attribute.id", ondelete="CASCADE"))
    position: Mapped[int]
    words: Mapped[str] = mapped_column(String(200))


class Declaration(OrganisationOwned, Base):
    """What somebody declared about themselves; no page of theirs that others open reads it.

    It holds no time, nor does any log say when somebody declared something.
    """

    __tablename__ = "declaration"
    __table_args__ = (
        UniqueConstraint("attribute_id", "person_id"),
        Index("ix_declaration_person", "person_id"),
    )

    attribute_id: Mapped[int] = mapped_column(ForeignKey("attribute.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    answer_id: Mapped[int] = mapped_column(
        ForeignKey("attribute_answer.id", ondelete="CASCADE"), index=True
    )


class FormerName(OrganisationOwned, Base):
    """What somebody was known by in a second record of theirs, which is one with this one now.

    By it old links, files and other systems still find them; nobody else can have it.
    """

    __tablename__ = "former_name"
    __table_args__ = (
        UniqueConstraint("former_id"),
        UniqueConstraint("organisation_id", "external_id"),
        Index("ix_former_name_email", "organisation_id", "email"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    former_id: Mapped[int]
    external_id: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(320))


class ToldApart(OrganisationOwned, Base):
    """HR said that two records that look alike are of two people."""

    __tablename__ = "told_apart"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="one_way_round"),
    )

    first_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


class Account(OrganisationOwned, Base):
    """A sign-in: an address, a password and the roles it was given."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("person_id"),)

    email: Mapped[str] = mapped_column(String(320), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    disabled_at: Mapped[datetime | None]


class Membership(Identified, Base):
    """A role that an account was given."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "role"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    role: Mapped[Role]


class LoginSession(Identified, Base):
    """One signed-in browser; the cookie holds a random word, the row its hash."""

    __tablename__ = "login_session"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(200), default="")


class SignInAttempt(Identified, Base):
    """A failed sign-in, kept for the throttle; the address as a hash."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_recent", "sender", "failed_at"),)

    sender: Mapped[str] = mapped_column(String(64))
    failed_at: Mapped[datetime]
