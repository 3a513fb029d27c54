"""Tables of what coaches coach best, and of who is not to work with whom."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned


class CoachStrength(OrganisationOwned, Base):
    """A competency that a coach names as one they coach best."""

    __tablename__ = "coach_strength"
    __table_args__ = (UniqueConstraint("person_id", "competency_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )


class CoachConflict(OrganisationOwned, Base):
    """That somebody does not want coaching with a person, on either side; why is not asked."""

    __tablename__ = "coach_conflict"
    __table_args__ = (
        UniqueConstraint("said_by_id", "about_id"),
        CheckConstraint("said_by_id <> about_id", name="two_people"),
    )

    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    about_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    said_on: Mapped[date]
