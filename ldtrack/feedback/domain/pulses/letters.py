"""The mails of a pulse as subject and body; everybody gets the same words at the same hour."""

from __future__ import annotations

from collections.abc import Sequence

from ldtrack.feedback.domain.letters import Letter, day_in_words, listed
from ldtrack.feedback.domain.pulses.result import PulseResult
from ldtrack.feedback.domain.pulses.rows import PROCESS_KINDS, PulseKind, PulseRow


def title(pulse: PulseRow) -> str:
    """What it is called towards those who are asked."""
    if pulse.kind is PulseKind.FOLLOW_UP:
        return f"One question from {pulse.subject}"
    if pulse.kind in PROCESS_KINDS:
        # Leaders often rate others too, and are asked about both.
        part = "give" if pulse.kind is PulseKind.PROCESS_RATERS else "receive"
        return f"How was it to {part} feedback: {pulse.name}"
    return pulse.name


def why_asked(pulse: PulseRow) -> str:
    """Who is asking and for what, in a sentence."""
    if pulse.kind is PulseKind.FOLLOW_UP:
        return (
            f"{pulse.subject} has read their feedback and has one question to everybody who was "
            "asked about them."
        )
    if pulse.kind is PulseKind.PROCESS_RATERS:
        return f"You were asked for your view in {pulse.name}. How was that for you?"
    if pulse.kind is PulseKind.PROCESS_LEADERS:
        return f"You received feedback in {pulse.name}. How was that for you?"
    group = pulse.group_name or f"{pulse.n_invited} people"
    return f"{group} are asked the same few questions about working together."


def invitation(pulse: PulseRow, name: str, link: str, promised: Sequence[str]) -> Letter:
    """The mail that asks, with the promise that the page repeats."""
    until = day_in_words(pulse.closes_on)
    lines = [
        f"Dear {name},",
        f"{why_asked(pulse)} It takes about two minutes.",
        link,
        f"The link is yours alone and works until {until}. You need no account.",
        "What happens with your answers:",
        listed(promised),
    ]
    return Letter(subject=f"{title(pulse)}, until {until}", body=_body(lines))


def reminder(pulse: PulseRow, name: str, link: str) -> Letter:
    """The mail that reminds; it goes to everybody, so that it says nothing about anybody."""
    until = day_in_words(pulse.closes_on)
    lines = [
        f"Dear {name},",
        f"The questions of “{title(pulse)}” are open until {until}.",
        link,
        "This goes to everybody. If you have answered already, thank you: there is no more to do.",
    ]
    return Letter(subject=f"Reminder: {title(pulse)}", body=_body(lines))


def result_is_out(pulse: PulseRow, name: str, result: PulseResult, link: str) -> Letter:
    """The result itself: some of those who were asked have no account to read it with."""
    figures = [f"{line.text} {line.figure.text}" for line in result.lines]
    lines = [
        f"Dear {name},",
        f"“{pulse.name}” has closed. {result.sentence}".strip(),
        *([listed(figures)] if figures else []),
        f"With an account you can also read it, and what was written, here:\n{link}",
    ]
    return Letter(subject=f"The result: {pulse.name}", body=_body(lines))


def follow_up_is_closed(pulse: PulseRow, link: str) -> Letter:
    """The mail to the leader; it says that the question has closed and nothing of the answers."""
    lines = [f"Dear {pulse.subject},", f"Your question has closed: {pulse.question}", link]
    return Letter(subject="Your question has closed", body=_body(lines))


def _body(lines: Sequence[str]) -> str:
    return "\n\n".join(lines) + "\n"
