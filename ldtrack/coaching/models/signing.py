"""Tables of the contract between leader, coach and sponsor: its versions, goals and signatures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.coaching.domain.agreements import AgreementState, PartyKind
from ldtrack.db.base import Base, Line, OrganisationOwned

_OPEN = text("state IN ('draft', 'signing')")
_IN_FORCE = text("state = 'in_force'")


class Agreement(OrganisationOwned, Base):
    """A version of what was agreed. One at a time is open, one at most is signed and in force.

    What HR recorded counts by its day until a signed version replaces it. Nothing in a version
    changes once it was sent to be signed, except where it stands.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("engagement_id", "number"),
        CheckConstraint("number > 0", name="counts_from_one"),
        CheckConstraint("sessions_agreed BETWEEN 1 AND 100", name="sessions_agreed"),
        CheckConstraint(
            "state NOT IN ('recorded', 'in_force', 'replaced') OR agreed_on IS NOT NULL",
            name="holds_from_a_day",
        ),
        CheckConstraint(
            "state NOT IN ('signing', 'in_force', 'refused') OR sent_at IS NOT NULL",
            name="signed_after_sent",
        ),
        CheckConstraint("state <> 'draft' OR sent_at IS NULL", name="draft_was_not_sent"),
        CheckConstraint(
            "state NOT IN ('refused', 'withdrawn') OR word <> ''", name="end_is_explained"
        ),
        Index(
            "uq_agreement_open",
            "engagement_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "uq_agreement_in_force",
            "engagement_id",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
    )

    engagement_id: Mapped[int] = mapped_column(
        ForeignKey("engagement.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    state: Mapped[AgreementState]
    agreed_on: Mapped[date | None]
    purpose: Mapped[str] = mapped_column(Text, default="")
    sponsor_sees: Mapped[list[Any]] = mapped_column(default=list)
    sessions_agreed: Mapped[int | None]
    with_manager: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    word: Mapped[Line] = mapped_column(default="")


class AgreementGoal(OrganisationOwned, Base):
    """A competency and the level that coaching aims at, as a version says it."""

    __tablename__ = "agreement_goal"
    __table_args__ = (
        UniqueConstraint("agreement_id", "competency_id"),
        UniqueConstraint("agreement_id", "place"),
    )

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"))
    place: Mapped[int]
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    level: Mapped[int]
    words: Mapped[Line] = mapped_column(default="")


class AgreementParty(OrganisationOwned, Base):
    """Somebody who is asked to sign a version, and their signature.

    `fingerprint` is that of the text they signed. A person who is erased leaves that it was signed,
    and no name.
    """

    __tablename__ = "agreement_party"
    __table_args__ = (
        UniqueConstraint("agreement_id", "person_id"),
        CheckConstraint(
            "signed_at IS NOT NULL OR (signed_as = '' AND fingerprint = '')",
            name="signed_at_an_instant",
        ),
        CheckConstraint("signed_at IS NULL OR fingerprint <> ''", name="signed_a_text"),
    )

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[PartyKind]
    signed_at: Mapped[datetime | None]
    signed_as: Mapped[Line] = mapped_column(default="")
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
