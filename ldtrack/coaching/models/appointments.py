"""Tables of planned sessions and of the addresses from which calendars fetch them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.coaching.domain.appointments import AppointmentState
from ldtrack.db.base import Base, Line, OrganisationOwned
from ldtrack.db.seals import SEALED


class Appointment(OrganisationOwned, Base):
    """A session that is planned, and what became of it; `turn` counts its changes."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("turn >= 0", name="turn_counts_up"),
        CheckConstraint(
            "state IN ('cancelled', 'no_show') OR word = ''", name="word_on_what_did_not_happen"
        ),
        UniqueConstraint("session_id"),
        Index("ix_appointment_ahead", "engagement_id", "state", "starts_at"),
    )

    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[Line] = mapped_column(default="")
    link: Mapped[str] = mapped_column(String(2000), default="")
    state: Mapped[AppointmentState] = mapped_column(default=AppointmentState.PLANNED)
    word: Mapped[Line] = mapped_column(default="")
    turn: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("coaching_session.id", ondelete="SET NULL")
    )


class CalendarFeed(OrganisationOwned, Base):
    """The address from which a person's calendar fetches; its word is sealed, known by a hash."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        UniqueConstraint("person_id"),
        UniqueConstraint("word_hash"),
        CheckConstraint(f"sealed LIKE '{SEALED}'", name="is_sealed"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    word_hash: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
