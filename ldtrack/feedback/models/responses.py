"""Tables of what was answered; who answered is elsewhere."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned
from ldtrack.feedback.domain.rows import ResponseState, Sharing

_IN_KEY_ORDER = {"sqlite_with_rowid": False}
"""On SQLite a hidden row number would tell the order in which answers came in."""


class Response(OrganisationOwned, Base):
    """One rater's questionnaire. Its id looks random, so rows in its order tell nothing.

    `turn` counts how often the rater has gone on or sent, so that what a page saves by itself and
    what arrives late cannot undo it. It begins anew with the row, at the close too.
    """

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint("turn >= 0", name="turn_counts_up"),
        Index("ix_response_subject", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-2)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id", ondelete="CASCADE"))
    group_key: Mapped[str] = mapped_column(String(40))
    state: Mapped[ResponseState] = mapped_column(default=ResponseState.DRAFT)
    turn: Mapped[int] = mapped_column(default=0)


class Answer(OrganisationOwned, Base):
    """A score, or "not able to observe", to one item; a blank is no row at all."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("(score IS NULL) = not_observed", name="score_or_not_observed"),
        CheckConstraint("score BETWEEN 1 AND 10", name="score_range"),
        _IN_KEY_ORDER,
    )

    id = None  # type: ignore[assignment]  # known by its response and item alone
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), sort_order=-1
    )
    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[int] = mapped_column(
        ForeignKey("item.id", ondelete="RESTRICT"), primary_key=True
    )
    score: Mapped[int | None]
    not_observed: Mapped[bool]


class Comment(OrganisationOwned, Base):
    """What a rater wrote to one open question, and how it may be used."""

    __tablename__ = "comment"
    __table_args__ = (CheckConstraint("body <> ''", name="says_something"), _IN_KEY_ORDER)

    id = None  # type: ignore[assignment]  # known by its response and question alone
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), sort_order=-1
    )
    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question_key: Mapped[str] = mapped_column(String(40), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    sharing: Mapped[Sharing]


class MattersMost(OrganisationOwned, Base):
    """A competency that a rater chose as one of the most important."""

    __tablename__ = "matters_most"
    __table_args__ = (_IN_KEY_ORDER,)

    id = None  # type: ignore[assignment]  # known by its response and competency alone
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), sort_order=-1
    )
    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), primary_key=True
    )


class ThenAnswer(OrganisationOwned, Base):
    """How somebody sees today what they did at an earlier time; never one of their answers."""

    __tablename__ = "then_answer"
    __table_args__ = (
        CheckConstraint("(score IS NULL) = not_observed", name="score_or_not_observed"),
        CheckConstraint("score BETWEEN 1 AND 10", name="score_range"),
        _IN_KEY_ORDER,
    )

    id = None  # type: ignore[assignment]  # known by its response and item alone
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), sort_order=-1
    )
    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[int] = mapped_column(
        ForeignKey("item.id", ondelete="RESTRICT"), primary_key=True
    )
    score: Mapped[int | None]
    not_observed: Mapped[bool]
