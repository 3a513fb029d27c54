"""Tables of what happens in coaching: sessions, notes, drafts, actions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.coaching.domain import ActionState
from ldtrack.coaching.domain.templates import Template
from ldtrack.db.base import Base, Line, OrganisationOwned
from ldtrack.db.seals import SEALED


class CoachingSession(OrganisationOwned, Base):
    """One meeting of coach and leader that was held.

    `follows` is a line that names the course or the assignment that it took up, `unsigned_reason`
    says why it was held before an agreement was signed.
    """

    __tablename__ = "coaching_session"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="has_length"),
        CheckConstraint("next_on IS NULL OR next_on > held_on", name="next_after_this"),
        Index("ix_coaching_session_held", "engagement_id", "held_on"),
    )

    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"))
    held_on: Mapped[date]
    minutes: Mapped[int]
    template: Mapped[Template] = mapped_column(default=Template.OPEN)
    follows: Mapped[Line] = mapped_column(default="")
    unsigned_reason: Mapped[Line] = mapped_column(default="")
    next_on: Mapped[date | None]
    logged_at: Mapped[datetime]
    logged_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class SessionCompetency(OrganisationOwned, Base):
    """A competency that a session was about."""

    __tablename__ = "session_competency"
    __table_args__ = (UniqueConstraint("session_id", "competency_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("coaching_session.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )


class SessionNote(OrganisationOwned, Base):
    """What coach and leader share of a session."""

    __tablename__ = "session_note"
    __table_args__ = (
        UniqueConstraint("session_id", "author_id"),
        CheckConstraint("body <> ''", name="says_something"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("coaching_session.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    body: Mapped[str] = mapped_column(Text)


class PrivateNote(OrganisationOwned, Base):
    """What one of the two noted for themselves, sealed; it never outlives its author.

    One that was emptied stays as a row, so that a page which saves by itself and comes late
    brings nothing back: `turn` counts how often the author has saved it themselves.
    """

    __tablename__ = "private_note"
    __table_args__ = (
        UniqueConstraint("session_id", "author_id"),
        CheckConstraint(f"sealed LIKE '{SEALED}'", name="is_sealed"),
        CheckConstraint("turn >= 0", name="turn_counts_up"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("coaching_session.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[str] = mapped_column(Text)
    turn: Mapped[int] = mapped_column(default=0)


class CoachingAction(OrganisationOwned, Base):
    """Something that coach or leader promised to do, and what became of it."""

    __tablename__ = "coaching_action"
    __table_args__ = (
        CheckConstraint("text <> ''", name="says_something"),
        CheckConstraint("settled_in_id IS NULL OR settled_on IS NOT NULL", name="settled_has_day"),
        CheckConstraint(
            "(settled_on IS NULL) = (state IN ('open', 'in_progress'))", name="open_until_settled"
        ),
        CheckConstraint(
            "state NOT IN ('changed', 'dropped') OR word <> ''", name="other_ends_are_explained"
        ),
        Index("ix_coaching_action_open", "engagement_id", "settled_on"),
    )

    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"))
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    promised_on: Mapped[date]
    due_on: Mapped[date | None]
    state: Mapped[ActionState] = mapped_column(default=ActionState.OPEN)
    word: Mapped[Line] = mapped_column(default="")
    settled_on: Mapped[date | None]
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("coaching_session.id", ondelete="CASCADE"), index=True
    )
    settled_in_id: Mapped[int | None] = mapped_column(
        ForeignKey("coaching_session.id", ondelete="SET NULL"), index=True
    )


class SessionDraft(OrganisationOwned, Base):
    """A session form that was begun, sealed for its author; gone once the session is logged."""

    __tablename__ = "session_draft"
    __table_args__ = (
        UniqueConstraint("engagement_id", "author_id"),
        CheckConstraint(f"sealed LIKE '{SEALED}'", name="is_sealed"),
    )

    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]
