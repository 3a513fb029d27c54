"""Tables of who works with whom and towards what: engagements, coaches, milestones."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.coaching.domain import MilestoneState
from ldtrack.db.base import Base, Line, OrganisationOwned, Words

_RUNS = text("ends_on IS NULL")


class Engagement(OrganisationOwned, Base):
    """A coach and a leader; the two have at most one that runs.

    It outlives a coach who was erased: what the leader did and reached in it stays theirs. When
    the coach changes it goes on in another one, which follows it and begins no earlier than the
    day on which it ended, so that the times of two coaches never overlap.
    """

    __tablename__ = "engagement"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("coach_id <> person_id", name="two_people"),
        CheckConstraint("ends_on IS NOT NULL OR coach_id IS NOT NULL", name="runs_with_a_coach"),
        CheckConstraint("sessions_agreed BETWEEN 1 AND 100", name="sessions_agreed"),
        CheckConstraint(
            "(follows_id IS NULL) = (follows_ended_on IS NULL)", name="follows_one_that_ended"
        ),
        CheckConstraint(
            "follows_ended_on IS NULL OR starts_on >= follows_ended_on", name="begins_after_it"
        ),
        UniqueConstraint("id", "ends_on"),
        UniqueConstraint("follows_id"),
        ForeignKeyConstraint(
            ["follows_id", "follows_ended_on"],
            ["engagement.id", "engagement.ends_on"],
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        Index(
            "uq_engagement_running",
            "coach_id",
            "person_id",
            unique=True,
            sqlite_where=_RUNS,
            postgresql_where=_RUNS,
        ),
        Index("ix_engagement_person", "person_id", "starts_on"),
    )

    coach_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    sessions_agreed: Mapped[int]
    first_on: Mapped[date | None]
    follows_id: Mapped[int | None]
    follows_ended_on: Mapped[date | None]


class Handover(OrganisationOwned, Base):
    """What a leader let the coach of one engagement see of an earlier one."""

    __tablename__ = "handover"
    __table_args__ = (
        UniqueConstraint("engagement_id", "of_id"),
        CheckConstraint("engagement_id <> of_id", name="of_another_one"),
    )

    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"))
    of_id: Mapped[int] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), index=True)
    goals: Mapped[bool] = mapped_column(default=False)
    sessions: Mapped[bool] = mapped_column(default=False)
    actions: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime]


class CoachProfile(OrganisationOwned, Base):
    """What HR knows of a coach; without `places` they take as many leaders as come."""

    __tablename__ = "coach_profile"
    __table_args__ = (
        UniqueConstraint("person_id"),
        CheckConstraint("places BETWEEN 0 AND 100", name="places"),
        CheckConstraint("expires_on IS NULL OR body <> ''", name="accredited_by_somebody"),
        Index("ix_coach_profile_expires", "organisation_id", "expires_on"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    places: Mapped[int | None]
    languages: Mapped[Line] = mapped_column(default="")
    body: Mapped[Line] = mapped_column(default="")
    level: Mapped[Line] = mapped_column(default="")
    expires_on: Mapped[date | None]
    about: Mapped[Words] = mapped_column(default="")


class Milestone(OrganisationOwned, Base):
    """A dated marker of progress on one competency, pitched at a level of its scale.

    Coach or leader proposes it, and it counts once the other agreed; what each proposed stands in
    its proposals. What a pathway asks for was agreed by taking part in it. A leader without a coach
    may set themselves one; it belongs to no coaching until the leader proposes it in one, and until
    then only the leader can say that it is reached.
    """

    __tablename__ = "milestone"
    __table_args__ = (
        CheckConstraint("(state = 'met') = (met_on IS NOT NULL)", name="met_has_day"),
        CheckConstraint(
            "engagement_id IS NOT NULL OR (moved_in_id IS NULL AND state <> 'missed')",
            name="moved_in_coaching",
        ),
        CheckConstraint("title <> ''", name="has_title"),
        CheckConstraint(
            "state NOT IN ('proposed', 'declined', 'withdrawn')"
            " OR (engagement_id IS NOT NULL AND step_id IS NULL AND moved_in_id IS NULL)",
            name="proposed_in_coaching",
        ),
        CheckConstraint(
            "state NOT IN ('proposed', 'withdrawn') OR answered_on IS NULL",
            name="open_until_answered",
        ),
        CheckConstraint(
            "(state = 'declined') = (answer <> '')"
            " AND (state <> 'declined' OR answered_on IS NOT NULL)",
            name="no_with_a_word",
        ),
        UniqueConstraint("person_id", "step_id"),
        Index("ix_milestone_person", "person_id", "state"),
    )

    engagement_id: Mapped[int | None] = mapped_column(
        ForeignKey("engagement.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(
        ForeignKey("competency.id", ondelete="RESTRICT"), index=True
    )
    title: Mapped[Line]
    level: Mapped[int]
    due_on: Mapped[date | None]
    met_on: Mapped[date | None]
    state: Mapped[MilestoneState] = mapped_column(default=MilestoneState.PLANNED)
    step_id: Mapped[int | None] = mapped_column(
        ForeignKey("step.id", ondelete="SET NULL"), index=True
    )
    moved_in_id: Mapped[int | None] = mapped_column(
        ForeignKey("coaching_session.id", ondelete="SET NULL"), index=True
    )
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    answered_on: Mapped[date | None]
    answered_in_id: Mapped[int | None] = mapped_column(
        ForeignKey("coaching_session.id", ondelete="SET NULL"), index=True
    )
    answer: Mapped[Line] = mapped_column(default="")


class MilestoneProposal(OrganisationOwned, Base):
    """What one of coach and leader proposed to the other; the latest turn is what counts."""

    __tablename__ = "milestone_proposal"
    __table_args__ = (
        UniqueConstraint("milestone_id", "turn"),
        CheckConstraint("turn >= 0", name="turn_counts_up"),
        CheckConstraint("title <> ''", name="has_title"),
    )

    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id", ondelete="CASCADE"))
    turn: Mapped[int]
    title: Mapped[Line]
    level: Mapped[int]
    due_on: Mapped[date | None]
    word: Mapped[Line] = mapped_column(default="")
    proposed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    proposed_on: Mapped[date]


class MilestoneOrigin(OrganisationOwned, Base):
    """The statement of a 360 report that a milestone was made from; its words stay as they were."""

    __tablename__ = "milestone_origin"
    __table_args__ = (CheckConstraint("statement <> ''", name="says_something"),)

    milestone_id: Mapped[int] = mapped_column(
        ForeignKey("milestone.id", ondelete="CASCADE"), unique=True
    )
    release_id: Mapped[int | None] = mapped_column(
        ForeignKey("release.id", ondelete="SET NULL"), index=True
    )
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("item.id", ondelete="SET NULL"), index=True
    )
    cycle: Mapped[Line]
    statement: Mapped[Words]
    set_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    set_on: Mapped[date]
