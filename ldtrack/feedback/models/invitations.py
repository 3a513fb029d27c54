"""The table of who was asked about whom; what was answered is elsewhere."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned


class Invitation(OrganisationOwned, Base):
    """Who was asked about whom; the only place where a rater has a name.

    `answered` is filled for everybody by one statement at close, never when somebody answers.
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
    token_hash: Mapped[str | None] = mapped_column(String(64))
    sent_on: Mapped[date | None]
    answered: Mapped[bool] = mapped_column(default=False)
