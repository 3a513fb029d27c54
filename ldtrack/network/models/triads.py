"""Tables of triads: three seats, and what their members promise and tell each other."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned, Words
from ldtrack.network.domain.triads import (
    MOST_LINE,
    MOST_PURPOSE,
    CommitmentState,
    NoteKind,
    SeatState,
)

_TAKEN = text("state IN ('invited', 'in')")


class Triad(OrganisationOwned, Base):
    """Three people for a purpose; it begins when all three said yes, and ends for all three."""

    __tablename__ = "triad"
    __table_args__ = (
        CheckConstraint("weeks IN (1, 2, 4)", name="a_rhythm"),
        CheckConstraint("purpose <> ''", name="has_a_purpose"),
    )

    purpose: Mapped[str] = mapped_column(String(MOST_PURPOSE))
    weeks: Mapped[int]
    began_on: Mapped[date | None]
    ended_on: Mapped[date | None]


class TriadMember(OrganisationOwned, Base):
    """Who was asked to take one of the three seats; without `person_id` somebody from outside.

    Three people at most are asked or in at one time: each takes a numbered seat. `asked_round` and
    `told_round` are the rounds for which they were reminded and for which the others were told
    that nothing was heard.
    """

    __tablename__ = "triad_member"
    __table_args__ = (
        CheckConstraint("seat BETWEEN 1 AND 3", name="one_of_three"),
        CheckConstraint(
            "(person_id IS NULL) = (outside_name <> '' AND outside_email <> '')",
            name="known_or_from_outside",
        ),
        CheckConstraint(
            "(state IN ('in', 'left')) = (joined_on IS NOT NULL)", name="joined_on_a_day"
        ),
        Index(
            "uq_triad_member_seat",
            "triad_id",
            "seat",
            unique=True,
            sqlite_where=_TAKEN,
            postgresql_where=_TAKEN,
        ),
        Index(
            "uq_triad_member_person",
            "triad_id",
            "person_id",
            unique=True,
            sqlite_where=_TAKEN,
            postgresql_where=_TAKEN,
        ),
    )

    triad_id: Mapped[int] = mapped_column(ForeignKey("triad.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    outside_name: Mapped[str] = mapped_column(String(200), default="")
    outside_email: Mapped[str] = mapped_column(String(320), default="")
    seat: Mapped[int]
    state: Mapped[SeatState]
    joined_on: Mapped[date | None]
    asked_round: Mapped[date | None]
    told_round: Mapped[date | None]


class Commitment(OrganisationOwned, Base):
    """What a member promised the others to do, and until when; later, what became of it."""

    __tablename__ = "commitment"
    __table_args__ = (
        CheckConstraint("what <> ''", name="promises_something"),
        CheckConstraint("(state = 'open') = (told_on IS NULL)", name="told_on_a_day"),
    )

    member_id: Mapped[int] = mapped_column(
        ForeignKey("triad_member.id", ondelete="CASCADE"), index=True
    )
    what: Mapped[str] = mapped_column(String(MOST_LINE))
    until: Mapped[date]
    made_on: Mapped[date]
    state: Mapped[CommitmentState] = mapped_column(default=CommitmentState.OPEN)
    told: Mapped[Words] = mapped_column(default="")
    told_on: Mapped[date | None]


class CheckIn(OrganisationOwned, Base):
    """A member was heard of in a round, perhaps with a word to the others."""

    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("member_id", "round_on"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("triad_member.id", ondelete="CASCADE"))
    round_on: Mapped[date]
    checked_on: Mapped[date]
    word: Mapped[Words] = mapped_column(default="")


class Experience(OrganisationOwned, Base):
    """What a member told the others, so that they ask and note."""

    __tablename__ = "experience"
    __table_args__ = (CheckConstraint("body <> ''", name="says_something"),)

    member_id: Mapped[int] = mapped_column(
        ForeignKey("triad_member.id", ondelete="CASCADE"), index=True
    )
    body: Mapped[Words]
    told_on: Mapped[date]


class ExperienceNote(OrganisationOwned, Base):
    """What another member asked or noted; it stays with whom it was said to."""

    __tablename__ = "experience_note"
    __table_args__ = (CheckConstraint("body <> ''", name="says_something"),)

    experience_id: Mapped[int] = mapped_column(
        ForeignKey("experience.id", ondelete="CASCADE"), index=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("triad_member.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[NoteKind]
    body: Mapped[Words]
    noted_on: Mapped[date]
