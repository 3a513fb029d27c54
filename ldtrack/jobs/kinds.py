"""Which job is done by which function."""

from __future__ import annotations

from collections.abc import Mapping

from ldtrack.exchange.domain import LOOK, STORE, TAKE_BACK, WRITE_LIST
from ldtrack.jobs import (
    assignments,
    coaching,
    courses,
    feedback,
    imports,
    lists,
    network,
    pathways,
    people,
    pulses,
    reflection,
    reviews,
)
from ldtrack.jobs.work import Run

KINDS: Mapping[str, Run] = {
    LOOK: imports.look,
    STORE: imports.go_on,
    TAKE_BACK: imports.go_on,
    WRITE_LIST: lists.write,
    "assignments.daily": assignments.every_day,
    "assignments.links": assignments.mail_the_links,
    "coaching.choice": coaching.look_after,
    "coaching.remind": coaching.remind_both,
    "coaching.remind_to_sign": coaching.remind_signers,
    "courses.daily": courses.every_day,
    "courses.pull": courses.pull,
    "feedback.invite": feedback.invite,
    "feedback.remind": feedback.remind,
    "feedback.close": feedback.close,
    "feedback.end": feedback.end,
    "feedback.release": feedback.release,
    "feedback.forget": feedback.forget,
    "feedback.process_pulses": pulses.ask_about_process,
    "feedback.pulse_close": pulses.close,
    "feedback.pulse_result": pulses.make_result,
    "network.daily": network.every_day,
    "pathways.enrol": pathways.enrol,
    "reflection.daily": reflection.every_day,
    "pathways.every_day": pathways.every_day,
    "people.change": people.change,
    "reviews.render": reviews.render,
    "reviews.print_report": reviews.print_report,
}
