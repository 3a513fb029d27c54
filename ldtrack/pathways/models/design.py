"""Tables of pathways as they are designed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, Line, OrganisationOwned, Words
from ldtrack.evidence.domain import SourceKind
from ldtrack.pathways.domain import Confidence, DueFrom, StepKind, VersionState


class Pathway(OrganisationOwned, Base):
    """A designed route, whatever its version; `largest_share` is in percent."""

    __tablename__ = "pathway"
    __table_args__ = (
        UniqueConstraint("organisation_id", "title"),
        CheckConstraint("largest_share BETWEEN 20 AND 100", name="largest_share"),
    )

    title: Mapped[Line]
    purpose: Mapped[Words] = mapped_column(Text, default="")
    framework_version_id: Mapped[int] = mapped_column(ForeignKey("framework_version.id"))
    largest_share: Mapped[int] = mapped_column(default=60)


class PathwayVersion(OrganisationOwned, Base):
    """One edition; once published it does not change."""

    __tablename__ = "pathway_version"
    __table_args__ = (UniqueConstraint("pathway_id", "number"),)

    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)


def _own_id(context: DefaultExecutionContext) -> int:
    """What is copied from nothing is the first of its line."""
    own_id: int = context.get_current_parameters()["id"]  # type: ignore[no-untyped-call]
    return own_id


class Stage(OrganisationOwned, Base):
    """A phase of one version; its `lineage` is that of the stage it was copied from."""

    __tablename__ = "stage"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("pathway_version.id", ondelete="CASCADE"), index=True
    )
    lineage: Mapped[int] = mapped_column(default=_own_id)
    position: Mapped[int]
    title: Mapped[Line]


class StepGroup(OrganisationOwned, Base):
    """A choice within a stage; its steps are asked for by it alone."""

    __tablename__ = "step_group"
    __table_args__ = (
        CheckConstraint("choose >= 1", name="asks_for_something"),
        CheckConstraint("weight >= 1", name="has_weight"),
        CheckConstraint("due_from <> 'date' OR due_date IS NOT NULL", name="day_is_given"),
    )

    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    lineage: Mapped[int] = mapped_column(default=_own_id)
    title: Mapped[Line]
    choose: Mapped[int]
    weight: Mapped[int] = mapped_column(default=1)
    due_from: Mapped[DueFrom] = mapped_column(default=DueFrom.ENROLMENT)
    due_days: Mapped[int | None]
    due_date: Mapped[date | None]


class StageGate(OrganisationOwned, Base):
    """A level to be shown before the stage closes."""

    __tablename__ = "stage_gate"
    __table_args__ = (UniqueConstraint("stage_id", "competency_id"),)

    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id"), index=True)
    level: Mapped[int]
    confidence: Mapped[Confidence | None]


class StageGateKind(OrganisationOwned, Base):
    """A kind of evidence of which there has to be a piece before a gate is shown."""

    __tablename__ = "stage_gate_kind"
    __table_args__ = (UniqueConstraint("gate_id", "kind"),)

    gate_id: Mapped[int] = mapped_column(ForeignKey("stage_gate.id", ondelete="CASCADE"))
    kind: Mapped[SourceKind]


class Step(OrganisationOwned, Base):
    """One experience in a stage; what is named depends on its kind.

    Its `lineage` is that of the step it was copied from when a new version began: by it, what
    somebody did on one version is known on the next.
    """

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
        CheckConstraint("due_from <> 'date' OR due_date IS NOT NULL", name="day_is_given"),
        CheckConstraint(
            "group_id IS NULL OR NOT required", name="grouped_is_required_by_its_group"
        ),
    )

    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    lineage: Mapped[int] = mapped_column(default=_own_id, index=True)
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
    address: Mapped[str] = mapped_column(String(2000), default="")
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("step_group.id", ondelete="SET NULL"), index=True
    )
    due_from: Mapped[DueFrom] = mapped_column(default=DueFrom.ENROLMENT)
    due_days: Mapped[int | None]
    due_date: Mapped[date | None]


class Prerequisite(OrganisationOwned, Base):
    """That one step comes after another of the same version."""

    __tablename__ = "prerequisite"
    __table_args__ = (
        UniqueConstraint("step_id", "requires_id"),
        CheckConstraint("step_id <> requires_id", name="is_another_step"),
    )

    step_id: Mapped[int] = mapped_column(ForeignKey("step.id", ondelete="CASCADE"))
    requires_id: Mapped[int] = mapped_column(ForeignKey("step.id", ondelete="CASCADE"), index=True)
