"""What the people who build and run pathways ask for, as the services take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ldtrack.evidence.domain import SourceKind
from ldtrack.pathways.domain.enrolment import EnrolmentState
from ldtrack.pathways.domain.plan import Confidence, DueFrom, StepKind


@dataclass(frozen=True, kw_only=True)
class CreatePathway:
    """A pathway to be, for the competencies of one framework version."""

    title: str
    framework_version_id: int
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class DescribePathway:
    """What a pathway is called and for, and the largest share of one kind or domain, in percent."""

    title: str
    purpose: str = ""
    largest_share: int = 60


@dataclass(frozen=True, kw_only=True)
class WriteStage:
    """A stage; `gates` are levels by competency id, `None` leaves them as they are."""

    title: str
    gates: Mapping[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class WriteGate:
    """A level that a stage asks for, how surely, and the kinds of evidence it wants to see."""

    competency_id: int
    level: int
    confidence: Confidence | None = None
    kinds: tuple[SourceKind, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WriteStep:
    """A step. Its kind decides what it must name: a course; a competency and level for a
    milestone; a posting or a competency for an assignment. Within a group, whether it is required,
    its weight and its due day are the group's."""

    kind: StepKind
    title: str
    required: bool = True
    weight: int = 1
    course_id: int | None = None
    posting_id: int | None = None
    competency_id: int | None = None
    level: int | None = None
    text: str = ""
    address: str = ""
    group_id: int | None = None
    due_from: DueFrom = DueFrom.ENROLMENT
    due_days: int | None = None
    due_date: date | None = None
    requires: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WriteGroup:
    """A choice within a stage: so many of its steps, each of one weight."""

    title: str
    choose: int
    weight: int = 1
    due_from: DueFrom = DueFrom.ENROLMENT
    due_days: int | None = None
    due_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class TellDone:
    """That the leader did what a step asks for, on a day."""

    step_id: int
    done_on: date


@dataclass(frozen=True, kw_only=True)
class Enrol:
    """Somebody to be put on a published version.

    A cohort that is named and not there yet is made. Without a role profile, that of the person's
    job is taken, if there is one.
    """

    version_id: int
    person_id: int
    enrolled_on: date
    cohort: str = ""
    role_profile_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeEnrolment:
    """What an enrolment shall say instead; a cohort that is not there yet is made."""

    enrolled_on: date
    cohort: str = ""
    role_profile_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class EndEnrolment:
    """That somebody arrived, or left before."""

    state: EnrolmentState
    ended_on: date


@dataclass(frozen=True, kw_only=True)
class Waive:
    """One step or one gate of the pathway, and why it is not asked for."""

    reason: str
    step_id: int | None = None
    gate_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class WriteRule:
    """Whom a pathway is for; `gaps` are levels not shown yet, by competency."""

    unit_id: int | None = None
    job_profiles: tuple[str, ...] = ()
    cohort_id: int | None = None
    gaps: Mapping[int, int] = field(default_factory=dict)
    unassessed_too: bool = False
    into_cohort: str = ""
