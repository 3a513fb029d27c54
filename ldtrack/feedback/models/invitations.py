"""The table of who was asked about whom; what was answered is elsewhere."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned
from ldtrack.feedback.domain.nominating import InvitationState


class Invitation(OrganisationOwned, Base):
    """Who was asked about whom; the only place where a rater has a name.

    `answered` is filled for everybody by one statement at close, never when somebody answers.
    `reason` is why they declined.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("subject_id", "email"),
        UniqueConstraint("token_hash"),
        Index("ix_invitation_person", "person_id"),
    )

    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    group_key: Mapped[str] = mapped_column(String(40))
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.APPROVED)
    reason: Mapped[str] = mapped_column(Text, default="")
    token_hash: Mapped[str | None] = mapped_column(String(64))
    sent_on: Mapped[date | None]
    answered: Mapped[bool] = mapped_column(default=False)
