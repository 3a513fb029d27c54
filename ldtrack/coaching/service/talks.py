"""Mails between a leader who chooses a coach, the coaches and HR; first talks go to calendars."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from ldtrack.coaching.domain.appointments import AppointmentState
from ldtrack.coaching.domain.calendar import invitation
from ldtrack.coaching.domain.choosing import CandidateRow, CandidateState, ChoiceOutcome
from ldtrack.coaching.service.inviting import Sender
from ldtrack.core.zones import zone_words
from ldtrack.outbox.service import Mail, post_all
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import here, people_named, time_zone

CHOICE = "/coaching/choice"
ASKED = "/coaching/asked"
CHOICES = "/coaching/choices"
_OVER_FOR_LEADER = {
    ChoiceOutcome.WITHDRAWN: "the invitation to choose a coach was taken back. HR knows why.",
    ChoiceOutcome.RUN_OUT: "the time to choose a coach is over. Tell HR if you still want one.",
}
_OVER_FOR_HR = {
    ChoiceOutcome.ACCEPTED: "{leader} has found a coach. Next comes the agreement.",
    ChoiceOutcome.LEFT: "{leader} does not want to choose a coach now.",
    ChoiceOutcome.RUN_OUT: "{leader} has not found a coach in the time that there was.",
}


def invited(
    session: Session, leader: PersonRow, closes_on: date, *, now: datetime, sender: Sender
) -> None:
    """Tell a leader that they may choose."""
    words = (
        f"you may choose your coach, until {closes_on:%-d %B %Y}. You find coaches with what they "
        "say of themselves and why they may suit you. Meet some of them first if you like."
    )
    _send(session, [_mail(leader, "Choose your coach", words, CHOICE, sender)], now)


def asked(session: Session, row: CandidateRow, *, now: datetime, sender: Sender) -> None:
    """Tell a coach that somebody would like a first talk."""
    words = f"{row.person} is choosing a coach and asks you for a first talk. Give them a day."
    _to(session, row.coach_id, f"A first talk with {row.person}", words, ASKED, now, sender)


def chosen(session: Session, row: CandidateRow, *, now: datetime, sender: Sender) -> None:
    """Tell a coach that they were chosen."""
    words = (
        f"{row.person} would like to have you as their coach. Say yes or no within ten days; until "
        "then a place of yours is kept for them."
    )
    _to(session, row.coach_id, f"{row.person} has chosen you", words, ASKED, now, sender)


def accepted(session: Session, row: CandidateRow, *, now: datetime, sender: Sender) -> None:
    """Tell a leader that coaching begins."""
    words = f"{row.coach} is your coach from today. Next comes the agreement that you both sign."
    subject = f"{row.coach} is your coach"
    _to(session, row.person_id, subject, words, "/coaching", now, sender)


def declined(session: Session, row: CandidateRow, *, now: datetime, sender: Sender) -> None:
    """Tell a leader that a coach cannot; why is on their page. A talk that was planned is off."""
    words = f"{row.coach} cannot this time; their word to you is on the page. Choose another coach."
    subject = f"{row.coach} cannot this time"
    _to(session, row.person_id, subject, words, CHOICE, now, sender)
    _calendars(session, row, "Cancelled", now=now, sender=sender)


def lapsed(session: Session, row: CandidateRow, *, now: datetime, sender: Sender) -> None:
    """Tell a leader that a coach has not answered."""
    words = f"{row.coach} has not answered you in ten days. Please choose another coach."
    subject = f"{row.coach} has not answered"
    _to(session, row.person_id, subject, words, CHOICE, now, sender)


def planned(
    session: Session, row: CandidateRow, *, moved: bool, now: datetime, sender: Sender
) -> None:
    """Tell both of the day of a first talk."""
    _calendars(session, row, "Moved" if moved else "Planned", now=now, sender=sender)


def off(session: Session, row: CandidateRow, *, now: datetime, sender: Sender) -> None:
    """Tell a coach that nothing is asked of them any more. A talk that was planned is off."""
    words = f"{row.person} does not need an answer from you any more."
    if row.state is CandidateState.CHOSEN:
        words += " The place that was kept for them is free again."
    _to(session, row.coach_id, f"No answer needed for {row.person}", words, ASKED, now, sender)
    _calendars(session, row, "Cancelled", now=now, sender=sender)


def over(
    session: Session,
    leader_id: int,
    hr_id: int | None,
    outcome: ChoiceOutcome,
    *,
    now: datetime,
    sender: Sender,
) -> None:
    """Tell the leader, and whoever invited them, what they do not know of the end of a choice."""
    people = people_named(session, {leader_id, hr_id or leader_id})
    leader = people[leader_id]
    mails = []
    if words := _OVER_FOR_LEADER.get(outcome):
        mails.append(_mail(leader, "Choosing a coach is over", words, "/coaching", sender))
    if hr_id is not None and (words := _OVER_FOR_HR.get(outcome)):
        subject = f"{leader.name}: choosing a coach is over"
        words = words.format(leader=leader.name)
        mails.append(_mail(people[hr_id], subject, words, CHOICES, sender))
    _send(session, mails, now)


def _calendars(
    session: Session, row: CandidateRow, head: str, *, now: datetime, sender: Sender
) -> None:
    if row.starts_at is None or row.starts_at <= now:
        return
    off = head == "Cancelled"
    shown = row.talk(AppointmentState.CANCELLED if off else AppointmentState.PLANNED)
    starts, ends = here(session, shown.starts_at), here(session, shown.ends_at)
    clocks = zone_words(time_zone(session).key)
    lines = [f"{starts:%A, %-d %B %Y}, {starts:%H:%M} to {ends:%H:%M} ({clocks})"]
    lines += [part for part in (row.place, row.link) if part]
    people = people_named(session, [row.person_id, row.coach_id])
    mails = []
    for who, other, path in (
        (people[row.person_id], row.coach, CHOICE),
        (people[row.coach_id], row.person, ASKED),
    ):
        title = f"First talk with {other}"
        calendar = invitation(shown, who.id, address=who.email, sender=sender.address, title=title)
        subject = f"{head}: first talk with {other}"
        words = "\n".join([f"{subject}.", "", *lines])
        mails.append(_mail(who, subject, words, path, sender, calendar=calendar))
    _send(session, mails, now)


def _to(
    session: Session,
    person_id: int,
    subject: str,
    words: str,
    path: str,
    now: datetime,
    sender: Sender,
) -> None:
    who = people_named(session, [person_id])[person_id]
    _send(session, [_mail(who, subject, words, path, sender)], now)


def _mail(
    who: PersonRow, subject: str, words: str, path: str, sender: Sender, *, calendar: str = ""
) -> Mail:
    return Mail(
        to_address=who.email if who.active else "",
        to_name=who.name,
        subject=subject,
        body=f"Hello {who.first_name},\n\n{words}\n\n{sender.base_url}{path}\n",
        calendar=calendar,
    )


def _send(session: Session, mails: list[Mail], now: datetime) -> None:
    post_all(session, [mail for mail in mails if mail.to_address], due_at=now)
