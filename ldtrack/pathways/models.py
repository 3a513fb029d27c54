"""Tables of pathways, their versions, and people's enrolments."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, Line, OrganisationOwned, Words
from ldtrack.pathways.domain import EnrolmentState, StepKind, VersionState


class Pathway(OrganisationOwned, Base):
    """A designed route, whatever its version."""

    __tablename__ = "pathway"
    __table_args__ = (UniqueConstraint("organisation_id", "title"),)

    title: Mapped[Line]
    purpose: Mapped[Words] = mapped_column(Text, default="")
    framework_version_id: Mapped[int] = mapped_column(ForeignKey("framework_version.id"))


class PathwayVersion(OrganisationOwned, Base):
    """One edition; once published it does not change."""

    __tablename__ = "pathway_version"
    __table_args__ = (UniqueConstraint("pathway_id", "number"),)

    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)


class Stage(OrganisationOwned, Base):
    """A phase of one version."""

    __tablename__ = "stage"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("pathway_version.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    title: Mapped[Line]


class StageGate(OrganisationOwned, Base):
    """A level to be shown before the stage closes."""

    __tablename__ = "stage_gate"
    __table_args__ = (UniqueConstraint("stage_id", "competency_id"),)

    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id"), index=True)
    level: Mapped[int]


class Step(OrganisationOwned, Base):
    """One experience in a stage; what is named depends on its kind."""

    __tablename__ = "step"
    __table_args__ = (
        CheckConstraint("weight >= 1", name="has_weight"),
        CheckConstraint("kind <> 'course' OR course_id IS NOT NULL", name="course_is_named"),
        CheckConstraint(
            "kind <> 'milestone' OR (competency_id IS NOT NULL AND level IS NOT NULL)",
            name="milestone_has_its_level",
        ),
        CheckConstraint(
            "kind <> 'assignment' OR posting_id IS NOT NULL OR competency_id IS NOT NULL",
            name="assignment_is_for_something",
        ),
    )

    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[StepKind]
    title: Mapped[Line]
    required: Mapped[bool] = mapped_column(default=True)
    weight: Mapped[int] = mapped_column(default=1)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"), index=True)
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"), index=True)
    competency_id: Mapped[int | None] = mapped_column(ForeignKey("competency.id"), index=True)
    level: Mapped[int | None]
    text: Mapped[Words] = mapped_column(Text, default="")
    due_days: Mapped[int | None]


class Prerequisite(OrganisationOwned, Base):
    """That one step comes after another of the same version."""

    __tablename__ = "prerequisite"
    __table_args__ = (
        UniqueConstraint("step_id", "requires_id"),
        CheckConstraint("step_id <> requires_id", name="is_another_step"),
    )

    step_id: Mapped[int] = mapped_column(ForeignKey("step.id", ondelete="CASCADE"))
    requires_id: Mapped[int] = mapped_column(ForeignKey("step.id", ondelete="CASCADE"), index=True)


class Cohort(OrganisationOwned, Base):
    """People who travel together."""

    __tablename__ = "cohort"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    name: Mapped[Line]


class Enrolment(OrganisationOwned, Base):
    """One person on one version; on one pathway they are on their way once at a time."""

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= enrolled_on", name="ends_after_start"),
        CheckConstraint("(state = 'active') = (ended_on IS NULL)", name="active_has_no_end"),
        Index(
            "uq_enrolment_active_person",
            "pathway_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
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
