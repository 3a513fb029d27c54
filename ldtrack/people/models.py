"""Tables of organisations, units, people, accounts and sign-ins."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ldtrack.access.domain import Role
from ldtrack.db.base import Base, Identified, OrganisationOwned


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
        Index("ix_person_name", "organisation_id", "last_name", "first_name"),
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
