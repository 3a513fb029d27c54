"""Pulses: setting them up, asking, answering, closing, and making the one result."""

from ldtrack.feedback.service.pulses.answering import answer_pulse
from ldtrack.feedback.service.pulses.closing import (
    close_pulse_by_hand,
    close_pulse_if_due,
    make_pulse_result,
)
from ldtrack.feedback.service.pulses.drafts import (
    USUAL_LENGTH,
    add_outsider,
    add_people,
    change_pulse,
    draft_pulse,
    drop_pulse,
    remove_invited,
    repeat_pulse,
)
from ldtrack.feedback.service.pulses.follow_ups import MOST_OPEN, ask_follow_up
from ldtrack.feedback.service.pulses.opening import open_pulse, remind_of_pulse
from ldtrack.feedback.service.pulses.process import (
    ask_about_process,
    leave_process_alone,
    open_process_pulses,
)

__all__ = [
    "MOST_OPEN",
    "USUAL_LENGTH",
    "add_outsider",
    "add_people",
    "answer_pulse",
    "ask_about_process",
    "ask_follow_up",
    "change_pulse",
    "close_pulse_by_hand",
    "close_pulse_if_due",
    "draft_pulse",
    "drop_pulse",
    "leave_process_alone",
    "make_pulse_result",
    "open_process_pulses",
    "open_pulse",
    "remind_of_pulse",
    "remove_invited",
    "repeat_pulse",
]
