"""What can be done in coaching."""

from ldtrack.coaching.service.actions import finish_action, open_action, settle_action
from ldtrack.coaching.service.agreements import (
    REMIND_TO_SIGN,
    discard_agreement,
    send_agreement,
    write_agreement,
)
from ldtrack.coaching.service.answering import accept_choice, decline_choice, plan_talk
from ldtrack.coaching.service.appointments import (
    REMIND,
    call_off,
    move_appointment,
    plan_appointment,
    say_missed,
)
from ldtrack.coaching.service.changing import COACH_CHANGED, change_coach
from ldtrack.coaching.service.choosing import (
    ask_to_meet,
    choose,
    leave_choice,
    take_choice_back,
)
from ldtrack.coaching.service.closing import write_closing
from ldtrack.coaching.service.coaches import describe_coach
from ldtrack.coaching.service.designed import date_designed, plan_designed
from ldtrack.coaching.service.drafts import discard_draft, keep_draft
from ldtrack.coaching.service.engagements import agree, end_engagement, open_engagement
from ldtrack.coaching.service.feeds import end_feed, make_feed
from ldtrack.coaching.service.handing import hand_over
from ldtrack.coaching.service.invitations import (
    LOOK_AFTER,
    end_choice,
    invite_to_choose,
    look_after_choice,
)
from ldtrack.coaching.service.inviting import Sender, remind
from ldtrack.coaching.service.joining import coaching_clashes, make_way_in_coaching
from ldtrack.coaching.service.leaving import forget_coach, forget_signatures
from ldtrack.coaching.service.milestones import drop_milestone, plan_again, say_reached
from ldtrack.coaching.service.notes import note_own_file, unshare_note, write_own_note
from ldtrack.coaching.service.presenting import keep_apart, no_longer_apart, present_oneself
from ldtrack.coaching.service.proposals import (
    agree_to_milestone,
    change_milestone,
    decline_milestone,
    propose_milestone,
)
from ldtrack.coaching.service.redesigned import move_designed, undo_designed
from ldtrack.coaching.service.resealing import Resealed, reseal
from ldtrack.coaching.service.sessions import correct_session, log_session
from ldtrack.coaching.service.signing import (
    refuse_agreement,
    remind_to_sign,
    sign_agreement,
    withdraw_agreement,
)
from ldtrack.coaching.service.tidying import tidy_choices, tidy_drafts, tidy_private_notes
from ldtrack.coaching.service.undo import take_back_session

__all__ = [
    "COACH_CHANGED",
    "LOOK_AFTER",
    "REMIND",
    "REMIND_TO_SIGN",
    "Resealed",
    "Sender",
    "accept_choice",
    "agree",
    "agree_to_milestone",
    "ask_to_meet",
    "call_off",
    "change_coach",
    "change_milestone",
    "choose",
    "coaching_clashes",
    "correct_session",
    "date_designed",
    "decline_choice",
    "decline_milestone",
    "describe_coach",
    "discard_agreement",
    "discard_draft",
    "drop_milestone",
    "end_choice",
    "end_engagement",
    "end_feed",
    "finish_action",
    "forget_coach",
    "forget_signatures",
    "hand_over",
    "invite_to_choose",
    "keep_apart",
    "keep_draft",
    "leave_choice",
    "log_session",
    "look_after_choice",
    "make_feed",
    "make_way_in_coaching",
    "move_appointment",
    "move_designed",
    "no_longer_apart",
    "note_own_file",
    "open_action",
    "open_engagement",
    "plan_again",
    "plan_appointment",
    "plan_designed",
    "plan_talk",
    "present_oneself",
    "propose_milestone",
    "refuse_agreement",
    "remind",
    "remind_to_sign",
    "reseal",
    "say_missed",
    "say_reached",
    "send_agreement",
    "settle_action",
    "sign_agreement",
    "take_back_session",
    "take_choice_back",
    "tidy_choices",
    "tidy_drafts",
    "tidy_private_notes",
    "undo_designed",
    "unshare_note",
    "withdraw_agreement",
    "write_agreement",
    "write_closing",
    "write_own_note",
]
