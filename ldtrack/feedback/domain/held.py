"""How a cycle is held, in sentences for HR; the promise to raters is worded elsewhere."""

from __future__ import annotations

from ldtrack.core.words import listed
from ldtrack.feedback.domain.letters import day_in_words
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.rows import CycleRow
from ldtrack.feedback.domain.timeline import Pace

_AGREES = {
    Approves.NOBODY: "and nobody has to agree",
    Approves.MANAGER: "and their manager agrees",
    Approves.COACH: "and their coach agrees",
    Approves.HR: "and HR agrees",
}


def held(cycle: CycleRow) -> tuple[str, ...]:
    """One sentence for each setting, in the order in which they matter."""
    return (
        _pace(cycle),
        _nominating(cycle),
        _reading(cycle),
        "HR sees who has answered."
        if cycle.tells_who_answered
        else "Nobody is told who has answered, not even HR.",
        _reminders(cycle.reminder_days),
        cycle.weighting.sentence,
        f"Answers are kept for {cycle.kept_months} months.",
    )


def _pace(cycle: CycleRow) -> str:
    if cycle.pace is Pace.ROLLING:
        return f"Each leader starts when ready and has {cycle.days} days."
    return "Everybody’s questionnaires open on one day."


def _nominating(cycle: CycleRow) -> str:
    if cycle.nominates is Nominates.HR:
        return "HR says who is asked."
    until = f" until {day_in_words(cycle.nominate_until)}" if cycle.nominate_until else ""
    return f"Leaders propose whom to ask{until}, {_AGREES[cycle.approves]}."


def _reading(cycle: CycleRow) -> str:
    first = f"{cycle.moderator} reads comments first; then " if cycle.moderator else ""
    then = (
        "coaches talk each report through before the leader has it."
        if cycle.coach_led
        else "leaders have their report at once."
    )
    return first + then if first else then[0].upper() + then[1:]


def _reminders(days: tuple[int, ...]) -> str:
    if not days:
        return "No reminders are planned."
    unit = "day" if days == (1,) else "days"
    return f"Reminders go out {listed([str(day) for day in days])} {unit} before the last day."
