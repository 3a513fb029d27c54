"""Table of pilots: a version that is tried by some before it is for all."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned, Words


class Pilot(OrganisationOwned, Base):
    """That a version is for one cohort until it was looked back on, and what came of it."""

    __tablename__ = "pilot"
    __table_args__ = (
        UniqueConstraint("version_id"),
        CheckConstraint("aim <> ''", name="tries_something"),
        CheckConstraint(
            "(reviewed_on IS NULL) = (worked = '' AND changes = '')", name="review_says_something"
        ),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("pathway_version.id", ondelete="CASCADE"))
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), index=True)
    aim: Mapped[Words] = mapped_column(Text)
    ends_on: Mapped[date]
    worked: Mapped[Words] = mapped_column(Text, default="")
    changes: Mapped[Words] = mapped_column(Text, default="")
    decided_by: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    reviewed_on: Mapped[date | None]
