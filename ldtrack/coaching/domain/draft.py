"""A session as the lines of its form, so that what was taken back can be written on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ldtrack.coaching.domain.commands import LogSession
from ldtrack.core.ids import encode

PRIVATE = "private_note"
"""The form's name for the note that only its author reads."""


def lines_of(command: LogSession) -> dict[str, list[str]]:
    """What the session form sends for this command: days as year-month-day, ids encoded.

    >>> lines_of(LogSession(held_on=date(2026, 11, 20), minutes=60))
    {'held_on': ['2026-11-20'], 'minutes': ['60'], 'template': ['open']}
    """
    lines = {
        "held_on": [command.held_on.isoformat()],
        "minutes": [str(command.minutes)],
        "template": [command.template.value],
        "follows": [command.follows],
        "competencies": _encoded(command.competency_ids),
        "shared_note": [command.shared_note],
        PRIVATE: [command.private_note],
        "milestones_agreed": _encoded(command.milestones_agreed),
        "milestones_met": _encoded(command.milestones_met),
        "milestones_missed": _encoded(command.milestones_missed),
        "actions_done": _encoded(command.actions_done),
        "next_on": [_day(command.next_on)],
        "unsigned_reason": [command.unsigned_reason],
    }
    for number, action in enumerate(command.new_actions):
        place = f"new_actions-{number}-"
        lines[place + "text"] = [action.text]
        lines[place + "owner"] = _encoded([action.owner_id])
        lines[place + "due_on"] = [_day(action.due_on)]
    return {name: sent for name, sent in lines.items() if any(sent)}


def _encoded(ids: Iterable[int]) -> list[str]:
    return [encode(one) for one in ids]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
