"""Tables of leaders who choose their coach, and of the coaches whom they are offered."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.coaching.domain.choosing import CandidateState, ChoiceOutcome
from ldtrack.db.base import Base, Line, OrganisationOwned

_RUNS = text("ended_on IS NULL")
_IS_THE_ONE = text("state IN ('chosen', 'accepted')")


class CoachChoice(OrganisationOwned, Base):
    """An invitation of a leader to choose a coach; they have one that runs at most."""

    __tablename__ = "coach_choice"
    __table_args__ = (
        CheckConstraint("sessions_agreed BETWEEN 1 AND 100", name="sessions_agreed"),
        CheckConstraint("ended_on IS NULL OR ended_on >= invited_on", name="ends_after_start"),
        CheckConstraint("(ended_on IS NULL) = (outcome IS NULL)", name="ends_somehow"),
        CheckConstraint("closes_on >= invited_on", name="closes_after_start"),
        Index(
            "uq_coach_choice_running",
            "person_id",
            unique=True,
            sqlite_where=_RUNS,
            postgresql_where=_RUNS,
        ),
        Index("ix_coach_choice_ended", "organisation_id", "ended_on"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    invited_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    invited_on: Mapped[date]
    closes_on: Mapped[date]
    ended_on: Mapped[date | None]
    outcome: Mapped[ChoiceOutcome | None]
    sessions_agreed: Mapped[int]
    language: Mapped[Line] = mapped_column(default="")


class CoachChoiceFocus(OrganisationOwned, Base):
    """A competency that a leader who chooses wants to work on."""

    __tablename__ = "coach_choice_focus"
    __table_args__ = (UniqueConstraint("choice_id", "competency_id"),)

    choice_id: Mapped[int] = mapped_column(ForeignKey("coach_choice.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )


class CoachCandidate(OrganisationOwned, Base):
    """A coach whom a leader can choose; whoever is chosen keeps a place free until they answer."""

    __tablename__ = "coach_candidate"
    __table_args__ = (
        UniqueConstraint("choice_id", "coach_id"),
        CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL)", name="talk_has_both_ends"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("state <> 'meeting' OR starts_at IS NOT NULL", name="meeting_has_time"),
        CheckConstraint("state = 'declined' OR word = ''", name="word_on_a_no"),
        CheckConstraint("turn >= 0", name="turn_counts_up"),
        Index(
            "uq_coach_candidate_chosen",
            "choice_id",
            unique=True,
            sqlite_where=_IS_THE_ONE,
            postgresql_where=_IS_THE_ONE,
        ),
        Index("ix_coach_candidate_coach", "coach_id", "state"),
    )

    choice_id: Mapped[int] = mapped_column(ForeignKey("coach_choice.id", ondelete="CASCADE"))
    coach_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    state: Mapped[CandidateState] = mapped_column(default=CandidateState.OFFERED)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    place: Mapped[Line] = mapped_column(default="")
    link: Mapped[str] = mapped_column(String(2000), default="")
    word: Mapped[Line] = mapped_column(default="")
    turn: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
