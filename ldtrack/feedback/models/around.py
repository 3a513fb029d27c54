"""Tables around a report: comments held back before it is out, words that bring them to
somebody's eyes, and what the leader heard."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned, Words
from ldtrack.feedback.domain.moderation import HidingReason

_IN_FORCE = text("lifted_at IS NULL")


class CommentHiding(OrganisationOwned, Base):
    """A comment was held back, by whom, when and why; lifting it again leaves the row.

    The comment is known by its place in the stored report; its words are not repeated here.
    """

    __tablename__ = "comment_hiding"
    __table_args__ = (
        CheckConstraint("block >= 0 AND place >= 0", name="place_in_report"),
        Index(
            "uq_comment_hiding_in_force",
            "release_id",
            "block",
            "place",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
    )

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"))
    block: Mapped[int]
    place: Mapped[int]
    reason: Mapped[HidingReason]
    hidden_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    hidden_at: Mapped[datetime]
    lifted_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    lifted_at: Mapped[datetime | None]


class InsultList(OrganisationOwned, Base):
    """The organisation's own lines of words that may insult in a language, instead of ours."""

    __tablename__ = "insult_list"
    __table_args__ = (UniqueConstraint("organisation_id", "language"),)

    language: Mapped[str] = mapped_column(String(8))
    words: Mapped[Words]


class HeardNote(OrganisationOwned, Base):
    """What the subject of a cycle heard and will do; once sent it stays as it was sent."""

    __tablename__ = "heard_note"
    __table_args__ = (CheckConstraint("body <> ''", name="says_something"),)

    subject_id: Mapped[int] = mapped_column(
        ForeignKey("subject.id", ondelete="CASCADE"), unique=True
    )
    body: Mapped[Words]
    is_shared: Mapped[bool] = mapped_column(default=False)
    sent_on: Mapped[date | None]
