"""Setting cycles up, asking, answering, closing, releasing, and bringing in the past."""

from ldtrack.feedback.service.addresses import correct_address, say_came_back
from ldtrack.feedback.service.again import make_again
from ldtrack.feedback.service.answering import (
    save_comments,
    save_matters_most,
    save_scores,
    save_then,
    send,
    store_response,
)
from ldtrack.feedback.service.approving import agree, send_back
from ldtrack.feedback.service.closing import (
    close_by_hand,
    close_cycle,
    close_if_due,
    close_subject,
    end_some,
    forget_answers,
    left_to_close,
)
from ldtrack.feedback.service.copying import copy_cycle
from ldtrack.feedback.service.cycles import (
    add_subject,
    archive_cycle,
    create_cycle,
    drop_draft,
    remove_subject,
)
from ldtrack.feedback.service.days import (
    change_days,
    change_last_day,
    change_last_day_of,
    plan_afresh,
)
from ldtrack.feedback.service.declining import decline, think_better
from ldtrack.feedback.service.heard import send_heard, write_heard
from ldtrack.feedback.service.insults import set_insults
from ldtrack.feedback.service.invitations import Delivery
from ldtrack.feedback.service.joining import feedback_clashes, make_way_in_feedback
from ldtrack.feedback.service.leaving import (
    forget_address,
    forget_person,
    let_leavers_go,
    take_leavers_out,
)
from ldtrack.feedback.service.moderation import finish_moderation, hide_comment, show_comment_again
from ldtrack.feedback.service.nominating import (
    hand_in,
    nominate,
    suggest,
    take_back,
    withdraw,
)
from ldtrack.feedback.service.norms import (
    drop_norms,
    load_norms,
    make_norms_by_hand,
    make_own_norms,
)
from ldtrack.feedback.service.opening import (
    HOUR_OF_ALL,
    begin_nominating,
    begin_without_trust,
    invite_some,
    launch_check,
    left_to_invite,
    open_cycle,
    start_subject,
)
from ldtrack.feedback.service.passing_on import (
    name_moderator,
    pass_on,
    release_without_debrief,
)
from ldtrack.feedback.service.past import (
    ImportedCycle,
    PastRating,
    PastRatings,
    import_past_cycle,
)
from ldtrack.feedback.service.raters import (
    ask_rater,
    invite,
    remove_rater,
    replace_rater,
)
from ldtrack.feedback.service.reminding import remind, remind_some
from ldtrack.feedback.service.reporting import ReportNotMade, left_to_do, release_some
from ldtrack.feedback.service.settings import (
    change_settings,
    set_groups,
    set_usual,
    tighten,
)
from ldtrack.feedback.service.short import (
    give,
    hide_short,
    share_short,
    show_short_again,
    stop_sharing_short,
    take_back_short,
    thank,
)
from ldtrack.feedback.service.short_requests import (
    answer_short,
    ask_for_short,
    decline_short,
    withdraw_request,
)
from ldtrack.feedback.service.suggesting import add_people, propose_for_all, propose_raters
from ldtrack.feedback.service.summing_up import keep_summary, summary_of

__all__ = [
    "HOUR_OF_ALL",
    "Delivery",
    "ImportedCycle",
    "PastRating",
    "PastRatings",
    "ReportNotMade",
    "add_people",
    "add_subject",
    "agree",
    "answer_short",
    "archive_cycle",
    "ask_for_short",
    "ask_rater",
    "begin_nominating",
    "begin_without_trust",
    "change_days",
    "change_last_day",
    "change_last_day_of",
    "change_settings",
    "close_by_hand",
    "close_cycle",
    "close_if_due",
    "close_subject",
    "copy_cycle",
    "correct_address",
    "create_cycle",
    "decline",
    "decline_short",
    "drop_draft",
    "drop_norms",
    "end_some",
    "feedback_clashes",
    "finish_moderation",
    "forget_address",
    "forget_answers",
    "forget_person",
    "give",
    "hand_in",
    "hide_comment",
    "hide_short",
    "import_past_cycle",
    "invite",
    "invite_some",
    "keep_summary",
    "launch_check",
    "left_to_close",
    "left_to_do",
    "left_to_invite",
    "let_leavers_go",
    "load_norms",
    "make_again",
    "make_norms_by_hand",
    "make_own_norms",
    "make_way_in_feedback",
    "name_moderator",
    "nominate",
    "open_cycle",
    "pass_on",
    "plan_afresh",
    "propose_for_all",
    "propose_raters",
    "release_some",
    "release_without_debrief",
    "remind",
    "remind_some",
    "remove_rater",
    "remove_subject",
    "replace_rater",
    "save_comments",
    "save_matters_most",
    "save_scores",
    "save_then",
    "say_came_back",
    "send",
    "send_back",
    "send_heard",
    "set_groups",
    "set_insults",
    "set_usual",
    "share_short",
    "show_comment_again",
    "show_short_again",
    "start_subject",
    "stop_sharing_short",
    "store_response",
    "suggest",
    "summary_of",
    "take_back",
    "take_back_short",
    "take_leavers_out",
    "thank",
    "think_better",
    "tighten",
    "withdraw",
    "withdraw_request",
    "write_heard",
]
