"""Building pathways, enrolling people on them, and waiving what they need not do."""

from ldtrack.pathways.service.build import (
    add_stage,
    change_stage,
    create_pathway,
    describe_pathway,
    move_stage,
    remove_gate,
    remove_stage,
    write_gate,
)
from ldtrack.pathways.service.by_rule import end_by_rule, enrol_by_rule, keep_on
from ldtrack.pathways.service.calls import (
    change_call,
    decline_interested,
    enrol_interested,
    say_interested,
    withdraw_interest,
    write_call,
)
from ldtrack.pathways.service.closing import close_pathway, drop_draft, reopen_pathway
from ldtrack.pathways.service.cohorts import (
    merge_cohorts,
    move_to_cohort,
    remove_cohort,
    rename_cohort,
)
from ldtrack.pathways.service.correcting import (
    change_enrolment,
    reopen_enrolment,
    take_enrolment_back,
)
from ldtrack.pathways.service.enrolments import (
    cohort_named,
    end_enrolment,
    enrol,
)
from ldtrack.pathways.service.groups import add_group, change_group, remove_group
from ldtrack.pathways.service.joining import make_way_on_pathways, pathway_clashes
from ldtrack.pathways.service.milestones import EVERY_DAY, plan_milestones, set_days
from ldtrack.pathways.service.moving import move_people, undo_move
from ldtrack.pathways.service.needs import settle_need, state_need, take_need_back
from ldtrack.pathways.service.pilots import begin_pilot, end_pilot, review_pilot, roll_out
from ldtrack.pathways.service.portable import BringIn, bring_in, copy_pathway, set_locks
from ldtrack.pathways.service.rules import (
    DAILY_JOB,
    ask_for_next_night,
    checked_rule,
    remove_rule,
    run_daily,
    write_rule,
)
from ldtrack.pathways.service.steps import (
    add_step,
    change_step,
    move_step,
    name_competency,
    name_no_competency,
    remove_step,
    require,
)
from ldtrack.pathways.service.telling import take_word_back, tell_done
from ldtrack.pathways.service.trying import is_open_to
from ldtrack.pathways.service.versions import publish, start_new_version, take_publication_back
from ldtrack.pathways.service.waivers import take_back_waiver, waive
from ldtrack.pathways.service.whole import write_draft

__all__ = [
    "DAILY_JOB",
    "EVERY_DAY",
    "BringIn",
    "add_group",
    "add_stage",
    "add_step",
    "ask_for_next_night",
    "begin_pilot",
    "bring_in",
    "change_call",
    "change_enrolment",
    "change_group",
    "change_stage",
    "change_step",
    "checked_rule",
    "close_pathway",
    "cohort_named",
    "copy_pathway",
    "create_pathway",
    "decline_interested",
    "describe_pathway",
    "drop_draft",
    "end_by_rule",
    "end_enrolment",
    "end_pilot",
    "enrol",
    "enrol_by_rule",
    "enrol_interested",
    "is_open_to",
    "keep_on",
    "make_way_on_pathways",
    "merge_cohorts",
    "move_people",
    "move_stage",
    "move_step",
    "move_to_cohort",
    "name_competency",
    "name_no_competency",
    "pathway_clashes",
    "plan_milestones",
    "publish",
    "remove_cohort",
    "remove_gate",
    "remove_group",
    "remove_rule",
    "remove_stage",
    "remove_step",
    "rename_cohort",
    "reopen_enrolment",
    "reopen_pathway",
    "require",
    "review_pilot",
    "roll_out",
    "run_daily",
    "say_interested",
    "set_days",
    "set_locks",
    "settle_need",
    "start_new_version",
    "state_need",
    "take_back_waiver",
    "take_enrolment_back",
    "take_need_back",
    "take_publication_back",
    "take_word_back",
    "tell_done",
    "undo_move",
    "waive",
    "withdraw_interest",
    "write_call",
    "write_draft",
    "write_gate",
    "write_rule",
]
