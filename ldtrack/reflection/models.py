"""Tables of the journal: entries, and what somebody has begun to write."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned, Words
from ldtrack.reflection.domain import Prompt


class Entry(OrganisationOwned, Base):
    """What somebody wrote for themselves; it names the one coach who may read it, if any."""

    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint("body <> ''", name="says_something"),
        Index("ix_entry_author", "author_id", "written_on"),
    )

    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    written_on: Mapped[date]
    written_at: Mapped[datetime]
    prompt: Mapped[Prompt]
    body: Mapped[Words]
    shared_with_coach: Mapped[bool] = mapped_column(default=False)
    coach_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"))
    deleted_at: Mapped[datetime | None]


class EntryDraft(OrganisationOwned, Base):
    """What an author has begun; one each, seen by nobody else, gone once it is an entry."""

    __tablename__ = "entry_draft"

    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    body: Mapped[Words]
    prompt: Mapped[Prompt]
