"""Messages and jobs, stored in the transaction that asked for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned
from ldtrack.outbox.domain import JobState, MessageState


class Message(OrganisationOwned, Base):
    """One mail to one address.

    That a `discreet` one was sent tells something about whoever got it: nobody is shown where such
    mails went, or that they came back. `due_at` stays the hour of the act that it is of, however
    late it leaves; until `held_until` somebody is bringing it away, or it rests after a try that
    failed. Once it is out, no time of its own is left. What a `calendar` is told comes along as
    an iCalendar object.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("state = 'waiting' OR held_until IS NULL", name="held_while_waiting"),
        Index("ix_message_due", "state", "due_at"),
    )

    to_address: Mapped[str] = mapped_column(String(320))
    to_name: Mapped[str] = mapped_column(String(200), default="")
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    calendar: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[MessageState] = mapped_column(default=MessageState.WAITING)
    due_at: Mapped[datetime]
    held_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(500), default="")
    discreet: Mapped[bool] = mapped_column(default=False)


class Job(OrganisationOwned, Base):
    """Work for later, named by its kind and the thing it is about; asked for once, kept once.

    While it runs, `held_until` says until when its runner is believed to be alive.
    """

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("kind", "thing_id", "round"),
        CheckConstraint("done <= total OR total = 0", name="done_within_total"),
        Index("ix_job_due", "state", "due_at"),
    )

    kind: Mapped[str] = mapped_column(String(60))
    thing_id: Mapped[int]
    round: Mapped[int] = mapped_column(default=1)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    due_at: Mapped[datetime]
    held_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(500), default="")
