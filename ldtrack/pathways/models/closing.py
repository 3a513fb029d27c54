"""Table of pathways that were closed, and of what was learnt from them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned, Words


class PathwayClosing(OrganisationOwned, Base):
    """That a pathway took nobody new from a day on; it stays when the pathway is opened again."""

    __tablename__ = "pathway_closing"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="says_why"),
        CheckConstraint("learnt <> ''", name="says_what_was_learnt"),
        CheckConstraint("reopened_on IS NULL OR reopened_on >= closed_on", name="reopens_later"),
        Index(
            "uq_pathway_closing_once_at_a_time",
            "pathway_id",
            unique=True,
            sqlite_where=text("reopened_on IS NULL"),
            postgresql_where=text("reopened_on IS NULL"),
        ),
    )

    pathway_id: Mapped[int] = mapped_column(
        ForeignKey("pathway.id", ondelete="CASCADE"), index=True
    )
    closed_on: Mapped[date]
    reopened_on: Mapped[date | None]
    reason: Mapped[Words] = mapped_column(Text)
    learnt: Mapped[Words] = mapped_column(Text)
