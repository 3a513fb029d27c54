"""What a pathway is made of: stages, the steps in them, and the gates at their ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ldtrack.evidence.domain import SourceKind

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
    READING = "reading"
    COMMUNITY = "community"

    @property
    def label(self) -> str:
        """The word on the screen."""
        words = {"milestone": "Coaching milestone", "feedback": "360 feedback"}
        return words.get(self.value, self.value.capitalize())

    @property
    def is_action(self) -> bool:
        """Whether the leader does something; a 360 or reading is neither that nor reflection."""
        return self in {
            StepKind.COURSE,
            StepKind.MILESTONE,
            StepKind.ASSIGNMENT,
            StepKind.COMMUNITY,
        }

    @property
    def is_told(self) -> bool:
        """Whether it is done when the leader says so, because no record of it is kept."""
        return self in {StepKind.READING, StepKind.COMMUNITY}


class VersionState(StrEnum):
    """Where one edition of a pathway stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return self.value.capitalize()


class DueFrom(StrEnum):
    """What the due day of a step is reckoned from."""

    ENROLMENT = "enrolment"
    STAGE = "stage"
    """The day on which the stages before have nothing required left."""
    DATE = "date"
    """Nothing: it is one day for everybody."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """When something is to be done: so many days after something, or on a day; or whenever."""

    due_from: DueFrom = DueFrom.ENROLMENT
    due_days: int | None = None
    due_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class Group(Due):
    """A choice within a stage: so many of its steps are asked for, whichever they are.

    Every one chosen weighs the same; the due day is that of the last that is needed.
    """

    id: int
    lineage: int = 0
    title: str
    choose: int
    weight: int = 1


class Confidence(StrEnum):
    """How sure one has to be of a level, as growth words it."""

    TENTATIVE = "tentative"
    FAIRLY_SURE = "fairly_sure"
    WELL_ESTABLISHED = "well_established"

    @property
    def label(self) -> str:
        """The words on the screen."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A level that has to be shown before a stage closes; how surely, and by what, if that matters.

    Of each of `kinds` there has to be a piece of evidence on the competency.
    """

    id: int
    competency_id: int
    competency: str
    level: int
    confidence: Confidence | None = None
    kinds: tuple[SourceKind, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step(Due):
    """One experience of a stage; within a group it is asked for by the group alone.

    Steps of two versions with one `lineage` are the same step, whatever was changed about it.
    """

    id: int
    lineage: int = 0
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
    address: str = ""
    group_id: int | None = None
    requires: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A phase of a pathway, its steps in order; `lineage` as in `Step`."""

    id: int
    lineage: int = 0
    title: str
    steps: tuple[Step, ...] = ()
    gates: tuple[Gate, ...] = ()
    groups: tuple[Group, ...] = ()

    def steps_of(self, group: Group) -> tuple[Step, ...]:
        """The steps to choose among."""
        return tuple(step for step in self.steps if step.group_id == group.id)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One version of a pathway as it was designed.

    `largest_share` is how many percent of the steps may be of one kind or for one domain before
    the author is asked to look again.
    """

    version_id: int
    pathway_id: int
    title: str
    purpose: str
    number: int
    state: VersionState
    framework_version_id: int
    largest_share: int = 60
    stages: tuple[Stage, ...] = field(default=())

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step, stage after stage."""
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state is VersionState.DRAFT
