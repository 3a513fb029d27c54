"""Tables of invitations to pathways and of the interest in them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned, Words
from ldtrack.pathways.domain import InterestState


class PathwayCall(OrganisationOwned, Base):
    """An invitation to a pathway; `targeted` if it is for those alone whom the rule names.

    A pathway may have several, one after the other: each has its own text and its own answers.
    """

    __tablename__ = "pathway_call"
    __table_args__ = (
        CheckConstraint("story <> ''", name="says_something"),
        CheckConstraint("closes_on IS NULL OR closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint("seats IS NULL OR seats >= 1", name="has_a_seat"),
    )

    pathway_id: Mapped[int] = mapped_column(
        ForeignKey("pathway.id", ondelete="CASCADE"), index=True
    )
    story: Mapped[Words] = mapped_column(Text)
    targeted: Mapped[bool] = mapped_column(default=False)
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]
    seats: Mapped[int | None]


class CallInterest(OrganisationOwned, Base):
    """That somebody would take part, in a sentence of theirs; who takes it back leaves no row."""

    __tablename__ = "call_interest"
    __table_args__ = (
        UniqueConstraint("call_id", "person_id"),
        CheckConstraint("(state = 'stated') = (answered_on IS NULL)", name="answered_on_a_day"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("pathway_call.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(String(500), default="")
    said_on: Mapped[date]
    state: Mapped[InterestState] = mapped_column(default=InterestState.STATED)
    answered_on: Mapped[date | None]
