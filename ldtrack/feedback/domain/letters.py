"""The mails of a cycle as subject and body; who gets them and when is decided elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ldtrack.feedback.domain.phrases import ENGLISH, Phrases

_MONTHS = "January February March April May June July August September October November December"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail without its address."""

    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a mail to a rater speaks of; `house` is the organisation, for those outside it.

    `zone` says by which clocks the last day ends, and `said` is how the rater is spoken to.
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
    said: Phrases = ENGLISH

    @property
    def until(self) -> str:
        """The last day in words."""
        return day_for(self.said, self.closes_on)


def day_for(said: Phrases, on: date) -> str:
    """The day as mails say it."""
    return day_in_words(on) if said.language == ENGLISH.language else said.day(on)


def sending_hour(now: datetime) -> datetime:
    """The full hour that all mails of one act carry, so that no single one has a time of its own.

    >>> sending_hour(datetime(2026, 11, 3, 14, 5, 9)).isoformat()
    '2026-11-03T14:00:00'
    """
    return now.replace(minute=0, second=0, microsecond=0)


_ASKS = "{subject} would like your view of how they lead."
_BEGINS = "Your 360 feedback begins with your own view."
_TAKES = "It takes about {minutes} minutes, and you can stop and come back."
_YOURS = "The link is yours alone and works to the end of {until} ({zone}). You need no account."
_OPEN = "The questionnaire about {whom} is open to the end of {until} ({zone})."
_SOONER = (
    "The questionnaire about {whom} closes sooner than we told you: at the end of {until} "
    "({zone}). Until then you can answer, or change what you have answered."
)
_NEW_DAY = "A new last day, {until}: your view of {whom}"
_STILL_THERE = "What you have filled in so far is still there."


def invitation(request: Request, promised: Sequence[str]) -> Letter:
    """The mail that asks, with the promise that the page repeats, in the rater's language."""
    said, until = request.said, request.until
    title = said.say("Your view of {whom}, until {until}", whom=_of_whom(request), until=until)
    takes = said.say(_TAKES, minutes=request.minutes)
    return _to_rater(
        request,
        title,
        f"{_asked(request)} {takes}",
        request.link,
        said.say(_YOURS, until=until, zone=request.zone),
        *([] if request.is_self else [said.say("What happens with your answers:")]),
        *([] if request.is_self else [listed(promised)]),
    )


def reminder(request: Request) -> Letter:
    """The mail that reminds; it holds the same link."""
    said = request.said
    return _to_rater(
        request,
        said.say("Reminder: your view of {whom}", whom=_of_whom(request)),
        said.say(_OPEN, whom=_about_whom(request), until=request.until, zone=request.zone),
        request.link,
        said.say(_STILL_THERE),
    )


def sooner(request: Request) -> Letter:
    """The mail to everybody who was asked when the last day comes sooner than they were told."""
    said, until = request.said, request.until
    return _to_rater(
        request,
        said.say(_NEW_DAY, until=until, whom=_of_whom(request)),
        said.say(_SOONER, whom=_about_whom(request), until=until, zone=request.zone),
        request.link,
        said.say(_STILL_THERE),
    )


def _to_rater(request: Request, subject: str, *paragraphs: str) -> Letter:
    lines = [request.said.say("Dear {rater},", rater=request.rater), *paragraphs]
    return Letter(subject=subject, body="\n\n".join(lines) + "\n")


def _asked(request: Request) -> str:
    said, leader = request.said, request.subject
    if request.is_self:
        return said.say(_BEGINS)
    if request.house:
        leader = said.say("{subject} of {house}", subject=leader, house=request.house)
    return said.say(_ASKS, subject=leader)


def _of_whom(request: Request) -> str:
    return request.said.say("yourself") if request.is_self else request.subject


def _about_whom(request: Request) -> str:
    return request.said.say("you") if request.is_self else request.subject


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
