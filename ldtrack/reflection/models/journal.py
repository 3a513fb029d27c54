"""Tables of the journal: entries, who may read them, drafts, and the rhythm of writing."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned, Words
from ldtrack.reflection.domain.journal import MOST_ABOUT, Prompt


class Entry(OrganisationOwned, Base):
    """What somebody wrote for themselves; `about` is a line that says what it looks back on."""

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
    about: Mapped[str] = mapped_column(String(MOST_ABOUT), default="")
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"))
    deleted_at: Mapped[datetime | None]


class EntryReader(OrganisationOwned, Base):
    """Somebody whom the author lets read: while they coach or sponsor them, or are a peer."""

    __tablename__ = "entry_reader"
    __table_args__ = (UniqueConstraint("entry_id", "reader_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


class EntryCompetency(OrganisationOwned, Base):
    """A competency that an entry is about, as its author says."""

    __tablename__ = "entry_competency"
    __table_args__ = (UniqueConstraint("entry_id", "competency_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )


class EntryDraft(OrganisationOwned, Base):
    """What an author has begun; one each, seen by nobody else, gone once it is an entry."""

    __tablename__ = "entry_draft"

    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    body: Mapped[Words]
    about: Mapped[str] = mapped_column(String(MOST_ABOUT), default="")
    prompt: Mapped[Prompt]


class JournalRhythm(OrganisationOwned, Base):
    """How often an author wants to write; without `weeks` nobody reminds them.

    `asked_on` is the day of the last reminder. If `shown`, their coach sees in how many weeks they
    wrote, and nothing of what.
    """

    __tablename__ = "journal_rhythm"
    __table_args__ = (CheckConstraint("weeks IN (1, 2, 4)", name="a_rhythm"),)

    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    weeks: Mapped[int | None]
    began_on: Mapped[date]
    shown: Mapped[bool] = mapped_column(default=False)
    asked_on: Mapped[date | None]
