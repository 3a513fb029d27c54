"""The tables of reviews: what was frozen on a day and what became of it, and printed reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned
from ldtrack.reviews.domain.kinds import Audience, PrintState, ReviewState


class Review(OrganisationOwned, Base):
    """A review of a person. `snapshot` is all that its pages are ever made from.

    `content_hash` names the printed file; it is empty until there is one, and again while the
    leader's yes is being printed on it. `sponsor_id` is for whom a sponsor edition was made, as
    long as they are known.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        CheckConstraint(
            "audience = 'sponsor' OR state NOT IN ('agreed', 'refused')",
            name="leader_agrees_to_own",
        ),
        CheckConstraint("(state = 'agreed') = (agreed_on IS NOT NULL)", name="agreed_has_day"),
        CheckConstraint("audience = 'sponsor' OR sponsor_id IS NULL", name="own_has_no_sponsor"),
        Index("ix_review_person", "person_id", "audience"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    sponsor_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    audience: Mapped[Audience]
    as_of: Mapped[date]
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.WAITING)
    number: Mapped[str] = mapped_column(String(40))
    snapshot: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    requested_on: Mapped[date]
    agreed_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")


class PrintedReport(OrganisationOwned, Base):
    """A 360 report as a PDF of its own; its pages are made from the stored release alone.

    `content_hash` names the file; it is empty until there is one.
    """

    __tablename__ = "printed_report"
    __table_args__ = (
        UniqueConstraint("release_id"),
        CheckConstraint("(state = 'ready') = (content_hash <> '')", name="ready_has_file"),
    )

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"))
    state: Mapped[PrintState] = mapped_column(default=PrintState.WAITING)
    content_hash: Mapped[str] = mapped_column(String(64), default="")
