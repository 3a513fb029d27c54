"""The table of what people hand in to show that they completed something."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.courses.domain import CertificateState
from ldtrack.db.base import Base, OrganisationOwned


class Certificate(OrganisationOwned, Base):
    """A file that somebody handed in; it waits until a reviewer accepts it or sends it back.

    An accepted one led to a completion. Its file goes with it, and with the person.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("file_id"),
        CheckConstraint("(state = 'waiting') = (decided_on IS NULL)", name="decided_on_a_day"),
        CheckConstraint("(state = 'returned') = (answer <> '')", name="returned_with_a_word"),
        CheckConstraint("state = 'accepted' OR completion_id IS NULL", name="accepted_completes"),
        Index("ix_certificate_person", "person_id", "state"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"))
    course_id: Mapped[int | None] = mapped_column(
        ForeignKey("course.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str] = mapped_column(String(200))
    awarded_on: Mapped[date]
    word: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[CertificateState]
    handed_in_at: Mapped[datetime]
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    answer: Mapped[str] = mapped_column(String(500), default="")
    completion_id: Mapped[int | None] = mapped_column(
        ForeignKey("completion.id", ondelete="SET NULL"), index=True
    )
