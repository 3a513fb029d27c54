"""The mails that go with places in courses, as subject and body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.ui.dates import day


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail without its address."""

    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Run:
    """The dated run that a mail speaks of, and the link to its page."""

    title: str
    starts_on: date
    ends_on: date | None
    place: str
    link: str

    @property
    def days(self) -> str:
        """Its days in words.

        >>> run = Run(title="", starts_on=date(2026, 12, 1), ends_on=None, place="", link="")
        >>> run.days
        '1 Dec 2026'
        """
        last = self.ends_on or self.starts_on
        return day(self.starts_on) + (f" to {day(last)}" if last != self.starts_on else "")


def has_place(name: str, run: Run) -> Letter:
    """To somebody for whom HR booked a place."""
    return _letter(name, f"A place for you: {run.title}", "You have a place in", run)


def waits(name: str, run: Run) -> Letter:
    """To somebody whom HR put on the waiting list."""
    return _letter(
        name,
        f"On the waiting list: {run.title}",
        "Every place is taken, so you are on the waiting list of",
        run,
        "You move up by yourself when a place comes free, and are told.",
    )


def moved_up(name: str, run: Run) -> Letter:
    """To somebody who waited and has a place now."""
    return _letter(
        name,
        f"A place came free: {run.title}",
        "A place came free, and it is yours:",
        run,
        "If you cannot come any more, please withdraw, so that somebody else can.",
    )


def taken_out(name: str, run: Run) -> Letter:
    """To somebody whom HR took off the list."""
    return _letter(
        name, f"Not booked any more: {run.title}", "You are not on the list any more of", run
    )


def called_off(name: str, run: Run, reason: str) -> Letter:
    """To everybody who had a place or waited for one."""
    return _letter(
        name,
        f"Cancelled: {run.title}, {run.days}",
        "It does not take place:",
        run,
        f"The reason: {reason}",
    )


def on_other_days(name: str, run: Run) -> Letter:
    """To everybody who has a place or waits for one, when days or place have changed."""
    return _letter(name, f"Changed: {run.title}", "There are other days or another place for", run)


def handed_in(name: str, person: str, course: str, link: str) -> Letter:
    """To whoever answers for a course."""
    said = f"{person} has handed in a certificate for {course}. It waits for you or for HR."
    return _plain(name, f"A certificate for {course}", said, link)


def accepted(name: str, title: str, link: str) -> Letter:
    """To whoever handed a certificate in."""
    said = f"Your certificate “{title}” is accepted, and your completion is recorded."
    return _plain(name, f"Accepted: {title}", said, link)


def sent_back(name: str, title: str, word: str, link: str) -> Letter:
    """Likewise, with what is missing."""
    said = f"Your certificate “{title}” is sent back, with this word:\n\n{word}"
    return _plain(name, f"Sent back: {title}", said, link)


def ends_soon(name: str, title: str, until: date, link: str) -> Letter:
    """To somebody whose completion has to be renewed."""
    said = f"Your completion of {title} stands until {day(until)}. After that it has to be renewed."
    return _plain(name, f"To renew: {title}", said, link)


def _plain(name: str, subject: str, said: str, link: str) -> Letter:
    return Letter(subject=subject, body="\n\n".join([f"Dear {name},", said, link]) + "\n")


def _letter(name: str, subject: str, said: str, run: Run, more: str = "") -> Letter:
    what = ", ".join(part for part in (run.title, run.days, run.place) if part)
    lines = [f"Dear {name},", f"{said} {what}.", more, run.link]
    return Letter(subject=subject, body="\n\n".join(line for line in lines if line) + "\n")
