"""What a pathway is made of: stages, the steps in them, and the gates at their ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

HEAVIEST = 10
"""The greatest weight of a step; weights are whole numbers from 1."""
LONGEST_DAYS = 3650
"""The furthest a step can be due after enrolment, in days."""


class StepKind(StrEnum):
    """The experience that a step asks for."""

    COURSE = "course"
    MILESTONE = "milestone"
    ASSIGNMENT = "assignment"
    FEEDBACK = "feedback"
    REFLECTION = "reflection"

    @property
    def label(self) -> str:
        """The word on the screen."""
        words = {"milestone": "Coaching milestone", "feedback": "360 feedback"}
        return words.get(self.value, self.value.capitalize())

    @property
    def is_action(self) -> bool:
        """Whether the step has the leader do something; a 360 is neither action nor reflection."""
        return self in {StepKind.COURSE, StepKind.MILESTONE, StepKind.ASSIGNMENT}


class VersionState(StrEnum):
    """Where one edition of a pathway stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return self.value.capitalize()


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A level that has to be shown before a stage closes."""

    id: int
    competency_id: int
    competency: str
    level: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """One experience of a stage; `due_days` counts from the day of enrolment."""

    id: int
    kind: StepKind
    title: str
    required: bool = True
    weight: int = 1
    course_id: int | None = None
    posting_id: int | None = None
    competency_id: int | None = None
    competency: str = ""
    level: int | None = None
    text: str = ""
    due_days: int | None = None
    requires: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A phase of a pathway, its steps in order."""

    id: int
    title: str
    steps: tuple[Step, ...] = ()
    gates: tuple[Gate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One version of a pathway as it was designed."""

    version_id: int
    pathway_id: int
    title: str
    purpose: str
    number: int
    state: VersionState
    framework_version_id: int
    stages: tuple[Stage, ...] = field(default=())

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step, stage after stage."""
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state is VersionState.DRAFT
