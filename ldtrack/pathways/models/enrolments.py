"""Tables of people on pathways: cohorts, enrolments, waivers."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, Line, OrganisationOwned
from ldtrack.pathways.domain import EnrolmentState


class Cohort(OrganisationOwned, Base):
    """People who travel together."""

    __tablename__ = "cohort"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    name: Mapped[Line]


class Enrolment(OrganisationOwned, Base):
    """One person on one version; on one pathway they are on their way once at a time.

    `by_rule` says that the pathway's rule brought them, and that it may propose to end it;
    `extra_days` were agreed with the person and shift every due day.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= enrolled_on", name="ends_after_start"),
        CheckConstraint("(state = 'active') = (ended_on IS NULL)", name="active_has_no_end"),
        CheckConstraint("extra_days >= 0", name="extra_days_are_given"),
        Index(
            "uq_enrolment_active_person",
            "pathway_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
        # Those longest on their way are looked at first.
        Index("ix_enrolment_earliest", "organisation_id", "state", "enrolled_on"),
    )

    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(
        ForeignKey("pathway_version.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(
        ForeignKey("cohort.id", ondelete="SET NULL"), index=True
    )
    role_profile_id: Mapped[int | None] = mapped_column(
        ForeignKey("role_profile.id", ondelete="SET NULL")
    )
    enrolled_on: Mapped[date]
    ended_on: Mapped[date | None]
    state: Mapped[EnrolmentState] = mapped_column(default=EnrolmentState.ACTIVE)
    by_rule: Mapped[bool] = mapped_column(default=False)
    extra_days: Mapped[int] = mapped_column(default=0)


class Waiver(OrganisationOwned, Base):
    """That a named person let somebody pass without a step or without a gate."""

    __tablename__ = "waiver"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "step_id"),
        UniqueConstraint("enrolment_id", "gate_id"),
        CheckConstraint("(step_id IS NULL) <> (gate_id IS NULL)", name="is_about_one_thing"),
        CheckConstraint("reason <> ''", name="says_why"),
    )

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="CASCADE"))
    gate_id: Mapped[int | None] = mapped_column(ForeignKey("stage_gate.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(String(2000))
    waived_by: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    waived_on: Mapped[date]


class EnrolmentMove(OrganisationOwned, Base):
    """That somebody went on with another version; `act_id` is one for all who moved together."""

    __tablename__ = "enrolment_move"
    __table_args__ = (
        CheckConstraint("from_version_id <> to_version_id", name="goes_elsewhere"),
        UniqueConstraint("act_id", "enrolment_id"),
    )

    act_id: Mapped[int]
    enrolment_id: Mapped[int] = mapped_column(
        ForeignKey("enrolment.id", ondelete="CASCADE"), index=True
    )
    from_version_id: Mapped[int] = mapped_column(
        ForeignKey("pathway_version.id", ondelete="CASCADE")
    )
    to_version_id: Mapped[int] = mapped_column(ForeignKey("pathway_version.id", ondelete="CASCADE"))
    moved_on: Mapped[date]
    moved_by: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )


class ToldStep(OrganisationOwned, Base):
    """That somebody said they did what a step asks for; kept by the step's lineage."""

    __tablename__ = "told_step"
    __table_args__ = (UniqueConstraint("person_id", "lineage"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    lineage: Mapped[int]
    done_on: Mapped[date]
