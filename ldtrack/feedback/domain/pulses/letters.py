"""The mails of a pulse as subject and body; everybody gets the same words at the same hour.

Each reads them in their own language, as far as somebody has written it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ldtrack.feedback.domain.letters import Letter, day_for, listed
from ldtrack.feedback.domain.phrases import ENGLISH, Phrases
from ldtrack.feedback.domain.pulses.result import PulseResult
from ldtrack.feedback.domain.pulses.rows import PROCESS_KINDS, PulseKind, PulseRow
from ldtrack.feedback.domain.pulses.sentences import in_words, told

_FOLLOW_UP = (
    "{subject} has read their feedback and has one question to everybody who was asked about them."
)
_LINK = "The link is yours alone and works until {until}. You need no account."
_EVERYBODY = (
    "This goes to everybody. If you have answered already, thank you: there is no more to do."
)


def title(pulse: PulseRow, said: Phrases = ENGLISH) -> str:
    """What it is called towards those who are asked."""
    if pulse.kind is PulseKind.FOLLOW_UP:
        return said.say("One question from {subject}", subject=pulse.subject)
    # Leaders often rate others too, and are asked about both.
    if pulse.kind is PulseKind.PROCESS_RATERS:
        return said.say("How was it to give feedback: {name}", name=pulse.name)
    if pulse.kind in PROCESS_KINDS:
        return said.say("How was it to receive feedback: {name}", name=pulse.name)
    return pulse.name


def why_asked(pulse: PulseRow, said: Phrases = ENGLISH) -> str:
    """Who is asking and for what, in a sentence."""
    if pulse.kind is PulseKind.FOLLOW_UP:
        return said.say(_FOLLOW_UP, subject=pulse.subject)
    if pulse.kind is PulseKind.PROCESS_RATERS:
        return said.say(
            "You were asked for your view in {name}. How was that for you?", name=pulse.name
        )
    if pulse.kind is PulseKind.PROCESS_LEADERS:
        return said.say("You received feedback in {name}. How was that for you?", name=pulse.name)
    group = pulse.group_name or said.say("{n} people", n=pulse.n_invited)
    return said.say("{group} are asked the same few questions about working together.", group=group)


def invitation(
    pulse: PulseRow, name: str, link: str, promised: Sequence[str], said: Phrases = ENGLISH
) -> Letter:
    """The mail that asks, with the promise that the page repeats."""
    until = day_for(said, pulse.closes_on)
    lines = [
        said.say("Dear {rater},", rater=name),
        f"{why_asked(pulse, said)} {said.say('It takes about two minutes.')}",
        link,
        said.say(_LINK, until=until),
        said.say("What happens with your answers:"),
        listed(promised),
    ]
    subject = said.say("{title}, until {until}", title=title(pulse, said), until=until)
    return Letter(subject=subject, body=_body(lines))


def reminder(pulse: PulseRow, name: str, link: str, said: Phrases = ENGLISH) -> Letter:
    """The mail that reminds; it goes to everybody, so that it says nothing about anybody."""
    called, until = title(pulse, said), day_for(said, pulse.closes_on)
    lines = [
        said.say("Dear {rater},", rater=name),
        said.say("The questions of “{title}” are open until {until}.", title=called, until=until),
        link,
        said.say(_EVERYBODY),
    ]
    return Letter(subject=said.say("Reminder: {title}", title=called), body=_body(lines))


def result_is_out(
    pulse: PulseRow, name: str, result: PulseResult, link: str, said: Phrases = ENGLISH
) -> Letter:
    """The result itself: some of those who were asked have no account to read it with."""
    figures = [
        f"{said.say(line.text)} {in_words(line.figure, result.k, said)}" for line in result.lines
    ]
    closed = said.say("“{name}” has closed.", name=pulse.name)
    where = said.say("With an account you can also read it, and what was written, here:")
    lines = [
        said.say("Dear {rater},", rater=name),
        f"{closed} {told(pulse, result, said)}".strip(),
        *([listed(figures)] if figures else []),
        f"{where}\n{link}",
    ]
    return Letter(subject=said.say("The result: {name}", name=pulse.name), body=_body(lines))


def follow_up_is_closed(pulse: PulseRow, link: str, said: Phrases = ENGLISH) -> Letter:
    """The mail to the leader; it says that the question has closed and nothing of the answers."""
    lines = [
        said.say("Dear {rater},", rater=pulse.subject),
        said.say("Your question has closed: {question}", question=pulse.question),
        link,
    ]
    return Letter(subject=said.say("Your question has closed"), body=_body(lines))


def _body(lines: Sequence[str]) -> str:
    return "\n\n".join(lines) + "\n"
