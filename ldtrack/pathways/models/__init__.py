"""Tables of pathways: their design, the people on them, and the rules that bring people."""

from ldtrack.pathways.models.calls import CallInterest, PathwayCall
from ldtrack.pathways.models.closing import PathwayClosing
from ldtrack.pathways.models.design import (
    Pathway,
    PathwayVersion,
    Prerequisite,
    Stage,
    StageGate,
    StageGateKind,
    Step,
    StepGroup,
)
from ldtrack.pathways.models.enrolments import Cohort, Enrolment, EnrolmentMove, ToldStep, Waiver
from ldtrack.pathways.models.needs import ParticipantNeed
from ldtrack.pathways.models.pilots import Pilot
from ldtrack.pathways.models.portable import ProgrammeItem, ProgrammeOrigin
from ldtrack.pathways.models.rules import EnrolmentRule, EnrolmentRuleGap, EnrolmentRuleJob

__all__ = [
    "CallInterest",
    "Cohort",
    "Enrolment",
    "EnrolmentMove",
    "EnrolmentRule",
    "EnrolmentRuleGap",
    "EnrolmentRuleJob",
    "ParticipantNeed",
    "Pathway",
    "PathwayCall",
    "PathwayClosing",
    "PathwayVersion",
    "Pilot",
    "Prerequisite",
    "ProgrammeItem",
    "ProgrammeOrigin",
    "Stage",
    "StageGate",
    "StageGateKind",
    "Step",
    "StepGroup",
    "ToldStep",
    "Waiver",
]
