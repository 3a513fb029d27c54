"""Tables of short feedback: what was given, and what was asked for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned, Words
from ldtrack.feedback.domain.short import MOST_QUESTION, RequestState, ShortKind

_IS_OPEN = text("state = 'open'")


class ShortFeedback(OrganisationOwned, Base):
    """A few words from one colleague to another; both are named, as everybody was told.

    They stay with whom they were given to when their author is erased.
    `behaviour` keeps the indicator's words as they were. `notice_id` is the mail that tells of it.
    """

    __tablename__ = "short_feedback"
    __table_args__ = (
        CheckConstraint("author_id <> person_id", name="two_people"),
        CheckConstraint("body <> ''", name="says_something"),
        CheckConstraint("NOT is_hidden OR shared_with_id IS NULL", name="hidden_is_not_shared"),
        Index("ix_short_feedback_person", "person_id", "given_at"),
        Index("ix_short_feedback_author", "author_id", "given_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    indicator_id: Mapped[int | None] = mapped_column(
        ForeignKey("behavioural_indicator.id", ondelete="SET NULL"), index=True
    )
    behaviour: Mapped[Words] = mapped_column(default="")
    kind: Mapped[ShortKind]
    body: Mapped[Words]
    given_at: Mapped[datetime]
    thanked_on: Mapped[date | None]
    is_hidden: Mapped[bool] = mapped_column(default=False)
    shared_with_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    notice_id: Mapped[int | None] = mapped_column(
        ForeignKey("message.id", ondelete="SET NULL"), index=True
    )


class ShortFeedbackRequest(OrganisationOwned, Base):
    """A leader asked a colleague for a word on one thing; of one colleague one thing at a time."""

    __tablename__ = "short_feedback_request"
    __table_args__ = (
        CheckConstraint("asked_id <> person_id", name="two_people"),
        Index(
            "uq_short_feedback_request_open",
            "person_id",
            "asked_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_short_feedback_request_asked", "asked_id", "state"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    asked_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    indicator_id: Mapped[int | None] = mapped_column(
        ForeignKey("behavioural_indicator.id", ondelete="SET NULL"), index=True
    )
    behaviour: Mapped[Words] = mapped_column(default="")
    question: Mapped[str] = mapped_column(String(MOST_QUESTION), default="")
    asked_on: Mapped[date]
    state: Mapped[RequestState] = mapped_column(default=RequestState.OPEN)
