"""The table of what leader and coach say at the end of coaching."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.coaching.domain.agreements import PartyKind
from ldtrack.db.base import Base, OrganisationOwned, Words


class ClosingReview(OrganisationOwned, Base):
    """What one of the two says was aimed at, came of it, and is left; at most one of each."""

    __tablename__ = "closing_review"
    __table_args__ = (
        UniqueConstraint("engagement_id", "kind"),
        CheckConstraint("kind IN ('leader', 'coach')", name="by_one_of_the_two"),
        CheckConstraint("aimed <> '' AND came <> ''", name="says_something"),
    )

    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"))
    kind: Mapped[PartyKind]
    aimed: Mapped[Words]
    came: Mapped[Words]
    remains: Mapped[Words] = mapped_column(default="")
    written_at: Mapped[datetime]
