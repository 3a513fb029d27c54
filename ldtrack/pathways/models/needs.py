"""What people need so that they can take part like everybody else."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned, Words
from ldtrack.pathways.domain import NeedKind, NeedState


class ParticipantNeed(OrganisationOwned, Base):
    """A need of somebody on a pathway; read by them and by those who organise, nobody else."""

    __tablename__ = "participant_need"
    __table_args__ = (
        CheckConstraint("words <> ''", name="says_something"),
        CheckConstraint("extra_days BETWEEN 0 AND 365", name="extra_days"),
    )

    enrolment_id: Mapped[int] = mapped_column(
        ForeignKey("enrolment.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[NeedKind]
    words: Mapped[Words] = mapped_column(Text)
    state: Mapped[NeedState] = mapped_column(default=NeedState.STATED)
    stated_on: Mapped[date]
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    extra_days: Mapped[int] = mapped_column(default=0)
    answer: Mapped[Words] = mapped_column(Text, default="")
