"""Setting cycles up, asking, answering, closing, releasing, and bringing in the past."""

from ldtrack.feedback.service.again import make_again
from ldtrack.feedback.service.answering import (
    save_comments,
    save_matters_most,
    save_scores,
    save_then,
    send,
    store_response,
)
from ldtrack.feedback.service.closing import (
    close_by_hand,
    close_cycle,
    close_if_due,
    end_cycle,
    forget_answers,
)
from ldtrack.feedback.service.cycles import (
    add_subject,
    change_last_day,
    create_cycle,
    drop_draft,
    remove_subject,
)
from ldtrack.feedback.service.heard import send_heard, write_heard
from ldtrack.feedback.service.invitations import Delivery
from ldtrack.feedback.service.moderation import finish_moderation, hide_comment, show_comment_again
from ldtrack.feedback.service.norms import (
    drop_norms,
    load_norms,
    make_norms_by_hand,
    make_own_norms,
)
from ldtrack.feedback.service.opening import launch_check, open_cycle, remind
from ldtrack.feedback.service.passing_on import pass_on, release_without_debrief
from ldtrack.feedback.service.past import (
    ImportedCycle,
    PastRating,
    PastRatings,
    import_past_cycle,
)
from ldtrack.feedback.service.raters import ask_rater, invite, propose_raters, remove_rater
from ldtrack.feedback.service.reporting import left_to_do, release_some
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
from ldtrack.feedback.service.summing_up import sum_up

__all__ = [
    "Delivery",
    "ImportedCycle",
    "PastRating",
    "PastRatings",
    "add_subject",
    "answer_short",
    "ask_for_short",
    "ask_rater",
    "change_last_day",
    "close_by_hand",
    "close_cycle",
    "close_if_due",
    "create_cycle",
    "decline_short",
    "drop_draft",
    "drop_norms",
    "end_cycle",
    "finish_moderation",
    "forget_answers",
    "give",
    "hide_comment",
    "hide_short",
    "import_past_cycle",
    "invite",
    "launch_check",
    "left_to_do",
    "load_norms",
    "make_again",
    "make_norms_by_hand",
    "make_own_norms",
    "open_cycle",
    "pass_on",
    "propose_raters",
    "release_some",
    "release_without_debrief",
    "remind",
    "remove_rater",
    "remove_subject",
    "save_comments",
    "save_matters_most",
    "save_scores",
    "save_then",
    "send",
    "send_heard",
    "share_short",
    "show_comment_again",
    "show_short_again",
    "stop_sharing_short",
    "store_response",
    "sum_up",
    "take_back_short",
    "thank",
    "withdraw_request",
    "write_heard",
]
