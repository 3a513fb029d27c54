"""The pure side of pathways: plans, prerequisites, what fulfils a step, and progress."""

from ldtrack.pathways.domain.advice import unpublishable, warnings
from ldtrack.pathways.domain.catalogue import PathwayRow, StepPlace, VersionRow
from ldtrack.pathways.domain.commands import (
    CreatePathway,
    DescribePathway,
    EndEnrolment,
    Enrol,
    Waive,
    WriteStage,
    WriteStep,
)
from ldtrack.pathways.domain.enrolment import (
    CohortRow,
    EnrolmentRow,
    EnrolmentState,
    LateRow,
    OnTheWay,
)
from ldtrack.pathways.domain.fulfilment import FinishedPlacement, Lived, fulfilled
from ldtrack.pathways.domain.plan import (
    HEAVIEST,
    LONGEST_DAYS,
    Gate,
    Plan,
    Stage,
    Step,
    StepKind,
    VersionState,
)
from ldtrack.pathways.domain.prerequisites import layers, order
from ldtrack.pathways.domain.progress import (
    GateProgress,
    Progress,
    StageProgress,
    StepProgress,
    StepState,
    Waived,
    due_on,
    walk,
)

__all__ = [
    "HEAVIEST",
    "LONGEST_DAYS",
    "CohortRow",
    "CreatePathway",
    "DescribePathway",
    "EndEnrolment",
    "Enrol",
    "EnrolmentRow",
    "EnrolmentState",
    "FinishedPlacement",
    "Gate",
    "GateProgress",
    "LateRow",
    "Lived",
    "OnTheWay",
    "PathwayRow",
    "Plan",
    "Progress",
    "Stage",
    "StageProgress",
    "Step",
    "StepKind",
    "StepPlace",
    "StepProgress",
    "StepState",
    "VersionRow",
    "VersionState",
    "Waive",
    "Waived",
    "WriteStage",
    "WriteStep",
    "due_on",
    "fulfilled",
    "layers",
    "order",
    "unpublishable",
    "walk",
    "warnings",
]
