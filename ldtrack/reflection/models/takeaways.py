"""Tables of takeaways: each is its author's alone, and may name readers as an entry does."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned, Words
from ldtrack.reflection.domain.journal import MOST_ABOUT
from ldtrack.reflection.domain.takeaways import MOST_LINE, TakeawayKind, TakeawayState


class Takeaway(OrganisationOwned, Base):
    """What somebody takes along, and what became of it.

    `about` is a line that says from what. `reminded_on` is the day of the mail that its author was
    sent; a new day to look again asks for a new one.
    """

    __tablename__ = "takeaway"
    __table_args__ = (
        CheckConstraint("what <> ''", name="says_something"),
        CheckConstraint("(state = 'open') = (told_on IS NULL)", name="told_on_a_day"),
        CheckConstraint(
            "state NOT IN ('changed', 'dropped') OR told <> ''", name="told_what_happened"
        ),
        Index("ix_takeaway_author", "author_id", "state"),
    )

    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[TakeawayKind]
    what: Mapped[str] = mapped_column(String(MOST_LINE))
    about: Mapped[str] = mapped_column(String(MOST_ABOUT), default="")
    made_on: Mapped[date]
    follow_up_on: Mapped[date | None]
    remind: Mapped[bool] = mapped_column(default=False)
    reminded_on: Mapped[date | None]
    state: Mapped[TakeawayState] = mapped_column(default=TakeawayState.OPEN)
    told: Mapped[Words] = mapped_column(default="")
    told_on: Mapped[date | None]


class TakeawayReader(OrganisationOwned, Base):
    """Somebody whom the author lets read: while they coach or sponsor them, or are a peer."""

    __tablename__ = "takeaway_reader"
    __table_args__ = (UniqueConstraint("takeaway_id", "reader_id"),)

    takeaway_id: Mapped[int] = mapped_column(ForeignKey("takeaway.id", ondelete="CASCADE"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
