"""Opening a pulse: its key is made and everybody is asked at one hour; reminding everybody."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import RuleBroken
from ldtrack.core.zones import begins
from ldtrack.feedback.domain.anonymity import meets_floor
from ldtrack.feedback.domain.keys import KEY_BYTES, link_word, word_hash
from ldtrack.feedback.domain.letters import Letter, sending_hour
from ldtrack.feedback.domain.pulses import letters
from ldtrack.feedback.domain.pulses.promise import pulse_promise
from ldtrack.feedback.domain.pulses.rows import PulseRow, PulseState
from ldtrack.feedback.models import Pulse, PulseInvitation
from ldtrack.feedback.queries.pulses.answering import subject_name
from ldtrack.feedback.queries.pulses.running import row_of
from ldtrack.feedback.service.invitations import Delivery
from ldtrack.feedback.service.pulses.found import audit, draft, invitations, trust_pulse
from ldtrack.feedback.service.pulses.languages import spoken_with
from ldtrack.outbox.service import ask, post
from ldtrack.people.queries import rater_floor, time_zone

CLOSE_JOB = "feedback.pulse_close"


def open_pulse(
    session: Session, actor: Actor, pulse_id: int, *, now: datetime, delivery: Delivery
) -> None:
    """Ask everybody; from now on everything about the pulse is fixed.

    Raises `RuleBroken` if its result could not be shown even if all answered, or its day is past.
    """
    pulse = draft(session, actor, pulse_id)
    pulse.k = max(pulse.k, rater_floor(session, actor.organisation_id))
    invited = invitations(session, pulse_id)
    if not meets_floor(len(invited), pulse.k):
        raise RuleBroken("people", f"Ask at least {pulse.k} people, or nothing can be shown.")
    if pulse.closes_on < now.date():
        raise RuleBroken("closes_on", "The last day has passed: choose a later one.")
    begin(session, pulse, invited, now=now, delivery=delivery)
    audit(session, actor, "open", pulse_id, now)


def begin(
    session: Session,
    pulse: Pulse,
    invited: Sequence[PulseInvitation],
    *,
    now: datetime,
    delivery: Delivery,
) -> None:
    """Make the key, give everybody a link, leave the mails, and a job that closes it."""
    pulse.state, pulse.opens_on = PulseState.OPEN, now.date()
    pulse.key = key = secrets.token_bytes(KEY_BYTES)
    session.flush()
    words = {row.id: link_word(delivery.rater_key, key, row.id) for row in invited}
    session.execute(
        update(PulseInvitation),
        [{"id": row.id, "token_hash": word_hash(words[row.id])} for row in invited],
    )
    row = _row(session, pulse, len(invited))
    spoken = spoken_with(session, pulse, invited)
    promised = {said.language: pulse_promise(row, said) for said in spoken.values()}
    post_all(
        session,
        (
            (
                one,
                letters.invitation(
                    row,
                    one.name,
                    _link(delivery, words[one.id]),
                    promised[spoken[one.id].language],
                    spoken[one.id],
                ),
            )
            for one in invited
        ),
        now=now,
        delivery=delivery,
    )
    ask_to_close(session, pulse)


def ask_to_close(session: Session, pulse: Pulse) -> None:
    """Leave a job that closes the pulse once its last day is over."""
    over = begins(pulse.closes_on + timedelta(days=1), time_zone(session))
    ask(session, kind=CLOSE_JOB, thing_id=pulse.id, due_at=over)


def remind_of_pulse(
    session: Session, actor: Actor, pulse_id: int, *, now: datetime, delivery: Delivery
) -> None:
    """Write to everybody once more, those who have answered too: who has not, nobody may tell."""
    pulse = trust_pulse(session, actor, pulse_id)
    row = row_of(pulse)
    if pulse.key is None or not row.takes_answers(now.date()):
        raise RuleBroken("pulse", "Reminders go out while a pulse is open.")
    invited = invitations(session, pulse_id)
    words = {one.id: link_word(delivery.rater_key, pulse.key, one.id) for one in invited}
    spoken = spoken_with(session, pulse, invited)
    post_all(
        session,
        (
            (
                one,
                letters.reminder(row, one.name, _link(delivery, words[one.id]), spoken[one.id]),
            )
            for one in invited
        ),
        now=now,
        delivery=delivery,
    )
    audit(session, actor, "remind", pulse_id, now)


def post_all(
    session: Session,
    mails: Iterator[tuple[PulseInvitation, Letter]],
    *,
    now: datetime,
    delivery: Delivery,
) -> None:
    """Leave these mails, all for one hour; none without an address for their links."""
    if delivery.base_url is None:
        return
    for one, letter in mails:
        post(
            session,
            to_address=one.email,
            to_name=one.name,
            subject=letter.subject,
            body=letter.body,
            due_at=sending_hour(now),
        )


def _link(delivery: Delivery, word: str) -> str:
    return delivery.address(f"p/{word}")


def _row(session: Session, pulse: Pulse, n_invited: int) -> PulseRow:
    return row_of(pulse, n_invited=n_invited, subject=subject_name(session, pulse.subject_id))
