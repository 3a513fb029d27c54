"""The mails of a cycle as subject and body; who gets them and when is decided elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

_MONTHS = "January February March April May June July August September October November December"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail without its address."""

    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a mail to a rater speaks of; `house` is the organisation, for those outside it.

    `zone` says by which clocks the last day ends.
    """

    rater: str
    subject: str
    is_self: bool
    closes_on: date
    minutes: int
    link: str
    zone: str
    has_coach: bool = False
    house: str = ""


def sending_hour(now: datetime) -> datetime:
    """The full hour that all mails of one act carry, so that no single one has a time of its own.

    >>> sending_hour(datetime(2026, 11, 3, 14, 5, 9)).isoformat()
    '2026-11-03T14:00:00'
    """
    return now.replace(minute=0, second=0, microsecond=0)


def invitation(request: Request, promised: Sequence[str]) -> Letter:
    """The mail that asks, with the promise that the page repeats."""
    until = day_in_words(request.closes_on)
    whom = "yourself" if request.is_self else request.subject
    leader = f"{request.subject} of {request.house}" if request.house else request.subject
    asked = (
        "Your 360 feedback begins with your own view."
        if request.is_self
        else f"{leader} would like your view of how they lead."
    )
    lines = [
        f"Dear {request.rater},",
        f"{asked} It takes about {request.minutes} minutes, and you can stop and come back.",
        request.link,
        (
            f"The link is yours alone and works to the end of {until} ({request.zone}). "
            "You need no account."
        ),
        *([] if request.is_self else ["What happens with your answers:", listed(promised)]),
    ]
    return Letter(subject=f"Your view of {whom}, until {until}", body="\n\n".join(lines) + "\n")


def reminder(request: Request) -> Letter:
    """The mail that reminds; it holds the same link."""
    until = day_in_words(request.closes_on)
    whom = "yourself" if request.is_self else request.subject
    lines = [
        f"Dear {request.rater},",
        f"The questionnaire about {whom} is open to the end of {until} ({request.zone}).",
        request.link,
        "What you have filled in so far is still there.",
    ]
    return Letter(subject=f"Reminder: your view of {whom}", body="\n\n".join(lines) + "\n")


def sooner(request: Request) -> Letter:
    """The mail to everybody who was asked when the last day comes sooner than they were told."""
    until = day_in_words(request.closes_on)
    whom = "yourself" if request.is_self else request.subject
    lines = [
        f"Dear {request.rater},",
        (
            f"The questionnaire about {whom} closes sooner than we told you: at the end of {until} "
            f"({request.zone}). Until then you can answer, or change what you have answered."
        ),
        request.link,
        "What you have filled in so far is still there.",
    ]
    subject = f"A new last day, {until}: your view of {whom}"
    return Letter(subject=subject, body="\n\n".join(lines) + "\n")


def propose_raters(person: str, cycle: str, until: date | None, link: str) -> Letter:
    """The mail to a leader who is to say whom to ask."""
    by = f" Please do so by {day_in_words(until)}." if until else ""
    lines = [
        f"Dear {person},",
        f"You will receive feedback in {cycle}.",
        f"It begins with you: say who works closely enough with you to tell.{by}",
        link,
    ]
    return Letter(subject=f"Whom shall we ask about you? {cycle}", body="\n\n".join(lines) + "\n")


def agree_to_raters(
    approver: str, leader: str, cycle: str, until: date | None, link: str
) -> Letter:
    """The mail to whoever has to agree to a leader's raters; it names none of them."""
    by = f" by {day_in_words(until)}" if until else ""
    lines = [
        f"Dear {approver},",
        f"{leader} has proposed who should give feedback in {cycle}.",
        f"Please have a look{by}: change what should be changed, and agree.",
        link,
    ]
    return Letter(subject=f"Raters to agree to: {leader}", body="\n\n".join(lines) + "\n")


def raters_returned(leader: str, cycle: str, word: str, link: str) -> Letter:
    """The mail to a leader whose proposals came back."""
    lines = [f"Dear {leader},", f"Your proposals for {cycle} came back with a word:", word, link]
    return Letter(subject=f"Please look again: {cycle}", body="\n\n".join(lines) + "\n")


def rater_declined(leader: str, rater: str, cycle: str, link: str) -> Letter:
    """The mail to a leader whom somebody will give no feedback."""
    lines = [
        f"Dear {leader},",
        f"{rater} cannot answer in {cycle}. You can propose somebody else until it closes.",
        link,
    ]
    return Letter(subject=f"Somebody cannot answer: {cycle}", body="\n\n".join(lines) + "\n")


def report_is_out(person: str, cycle: str, link: str) -> Letter:
    """The mail to the leader; it says that there is a report and nothing of it."""
    lines = [f"Dear {person},", f"Your feedback from {cycle} is ready for you to read.", link]
    return Letter(subject=f"Your feedback: {cycle}", body="\n\n".join(lines) + "\n")


def report_to_talk_through(coach: str, person: str, cycle: str, link: str) -> Letter:
    """The mail to the coach; until they pass the report on, nobody else has it."""
    lines = [
        f"Dear {coach},",
        f"The feedback of {person} from {cycle} is ready, and you read it first.",
        f"{person} has it as soon as you pass it on.",
        link,
    ]
    return Letter(subject=f"Feedback to talk through: {person}", body="\n\n".join(lines) + "\n")


def minutes_for(n_items: int) -> int:
    """About how long the questionnaire takes: a quarter of a minute for an item, and 3 for words.

    >>> minutes_for(30)
    11
    """
    return 3 + -(-n_items // 4)


def listed(sentences: Sequence[str]) -> str:
    """The sentences as a list in a mail."""
    return "\n".join(f"- {sentence}" for sentence in sentences)


def day_in_words(on: date) -> str:
    """The day as mails say it: 3 November 2026."""
    return f"{on.day} {_MONTHS.split()[on.month - 1]} {on.year}"
