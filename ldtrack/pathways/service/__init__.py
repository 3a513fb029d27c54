"""Building pathways, enrolling people on them, and waiving what they need not do."""

from ldtrack.pathways.service.build import (
    add_stage,
    change_stage,
    create_pathway,
    describe_pathway,
    move_stage,
    remove_stage,
    set_gate,
)
from ldtrack.pathways.service.enrolments import (
    cohort_named,
    end_enrolment,
    enrol,
)
from ldtrack.pathways.service.milestones import plan_milestones
from ldtrack.pathways.service.steps import (
    add_step,
    change_step,
    move_step,
    remove_step,
    require,
)
from ldtrack.pathways.service.versions import publish, start_new_version
from ldtrack.pathways.service.waivers import take_back_waiver, waive

__all__ = [
    "add_stage",
    "add_step",
    "change_stage",
    "change_step",
    "cohort_named",
    "create_pathway",
    "describe_pathway",
    "end_enrolment",
    "enrol",
    "move_stage",
    "move_step",
    "plan_milestones",
    "publish",
    "remove_stage",
    "remove_step",
    "require",
    "set_gate",
    "start_new_version",
    "take_back_waiver",
    "waive",
]
