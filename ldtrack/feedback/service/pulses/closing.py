"""Closing a pulse, and the job that makes its one result.

At close, in one transaction, the key and the links are destroyed and answers get new random ids in
a new order. The result is made from them once; then they are deleted, so that nothing is left to
make another one of.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.ids import encode
from ldtrack.db.base import Base
from ldtrack.feedback.domain.keys import rater_mark, response_id
from ldtrack.feedback.domain.letters import sending_hour
from ldtrack.feedback.domain.phrases import in_language
from ldtrack.feedback.domain.pulses.letters import follow_up_is_closed, result_is_out
from ldtrack.feedback.domain.pulses.making import Figures, MadeResult, make_result
from ldtrack.feedback.domain.pulses.result import PulseResult, result_to_dict
from ldtrack.feedback.domain.pulses.rows import Given, PulseKind, PulseState
from ldtrack.feedback.models import (
    Pulse,
    PulseAnswer,
    PulseComment,
    PulseInvitation,
    PulseResponse,
    Subject,
)
from ldtrack.feedback.queries.pulses.running import row_of
from ldtrack.feedback.service.afresh import marked, renamed, written
from ldtrack.feedback.service.invitations import Delivery
from ldtrack.feedback.service.pulses.found import audit, invitations, locked, trust_pulse
from ldtrack.feedback.service.pulses.languages import spoken_with
from ldtrack.feedback.service.pulses.opening import ask_to_close, post_all
from ldtrack.outbox.service import ask, post
from ldtrack.people.queries import locales_of, people_named

RESULT_JOB = "feedback.pulse_result"


def close_pulse_by_hand(
    session: Session, actor: Actor, pulse_id: int, *, rater_key: str, now: datetime
) -> bool:
    """End a trust pulse now, as HR. Whether it was open."""
    trust_pulse(session, actor, pulse_id)
    return end_pulse(session, pulse_id, rater_key, now, actor=actor)


def close_pulse_if_due(session: Session, pulse_id: int, rater_key: str, now: datetime) -> bool:
    """End the pulse if its last day is over; otherwise ask again for later."""
    pulse = locked(session, pulse_id)
    if pulse.state == PulseState.OPEN and now.date() <= pulse.closes_on:
        ask_to_close(session, pulse)
        return False
    return end_pulse(session, pulse_id, rater_key, now)


def end_pulse(
    session: Session, pulse_id: int, rater_key: str, now: datetime, *, actor: Actor | None = None
) -> bool:
    """Take no more answers and forget who gave which; the result is made by a job."""
    pulse = locked(session, pulse_id)
    if pulse.state != PulseState.OPEN or pulse.key is None:
        return False
    _take_leave(session, pulse, pulse.key, rater_key)
    pulse.state, pulse.key = PulseState.CLOSED, None
    pulse.closed_on = min(now.date(), pulse.closes_on)
    session.flush()
    _lay_out_afresh(session, pulse)
    ask(session, kind=RESULT_JOB, thing_id=pulse_id, due_at=now)
    audit(session, actor, "close", pulse_id, now)
    session.flush()
    return True


def make_pulse_result(
    session: Session, pulse_id: int, *, now: datetime, delivery: Delivery | None = None
) -> None:
    """Make and store the result, delete the answers, and tell those who may read it; once."""
    pulse = locked(session, pulse_id)
    if pulse.state != PulseState.CLOSED or pulse.result is not None:
        return
    invited = invitations(session, pulse_id)
    made = make_result(
        row_of(pulse, n_invited=len(invited)),
        _given(session, pulse_id),
        order=_shuffled,
        marks=frozenset(pulse.marks),
        earlier=_earlier(session, pulse),
    )
    pulse.result, pulse.verdict = result_to_dict(made.result), _verdict(pulse, made)
    session.execute(
        delete(PulseResponse)
        .where(PulseResponse.pulse_id == pulse_id)
        .execution_options(synchronize_session=False)
    )
    session.flush()
    if delivery is not None and pulse.kind == PulseKind.TRUST:
        _tell(session, pulse, invited, made.result, now, delivery)
    if delivery is not None and pulse.subject_id is not None:
        _tell_leader(session, pulse, pulse.subject_id, now, delivery)


def _take_leave(session: Session, pulse: Pulse, key: bytes, rater_key: str) -> None:
    """The last use of the key: who answered, as far as people were told, and their marks."""
    here = set(session.scalars(select(PulseResponse.id).where(PulseResponse.pulse_id == pulse.id)))
    answered = [
        row for row in invitations(session, pulse.id) if response_id(rater_key, key, row.id) in here
    ]
    if pulse.kind == PulseKind.TRUST:
        pulse.marks = sorted(
            rater_mark(rater_key, pulse.organisation_id, row.email) for row in answered
        )
    # Every row is written anew, so that the database's own marks on rows are equal.
    session.execute(
        update(PulseInvitation)
        .where(PulseInvitation.pulse_id == pulse.id)
        .values(answered=False, token_hash=None)
        .execution_options(synchronize_session=False)
    )
    if pulse.shows_names:
        marked(session, PulseInvitation.id, (row.id for row in answered), answered=True)


def _lay_out_afresh(session: Session, pulse: Pulse) -> None:
    given = _by_response(session, pulse.id)
    session.execute(
        delete(PulseResponse)
        .where(PulseResponse.pulse_id == pulse.id)
        .execution_options(synchronize_session=False)
    )
    fresh = renamed(given)
    rows: dict[type[Base], list[dict[str, Any]]] = {
        PulseResponse: [{"id": new, "pulse_id": pulse.id} for new, _ in fresh],
        PulseAnswer: [
            {"response_id": new, "statement_key": key, "score": score}
            for new, old in fresh
            for key, score in sorted(given[old].scores.items())
        ],
        PulseComment: [
            {"response_id": new, "body": given[old].words} for new, old in fresh if given[old].words
        ],
    }
    written(session, pulse.organisation_id, rows)


def _given(session: Session, pulse_id: int) -> list[Given]:
    return list(_by_response(session, pulse_id).values())


def _by_response(session: Session, pulse_id: int) -> dict[int, Given]:
    mine = select(PulseResponse.id).where(PulseResponse.pulse_id == pulse_id)
    scores: dict[int, dict[str, int | None]] = {id_: {} for id_ in session.scalars(mine)}
    for id_, key, score in session.execute(
        select(PulseAnswer.response_id, PulseAnswer.statement_key, PulseAnswer.score).where(
            PulseAnswer.response_id.in_(mine)
        )
    ):
        scores[id_][key] = score
    words: dict[int, str] = dict(
        session.execute(
            select(PulseComment.response_id, PulseComment.body).where(
                PulseComment.response_id.in_(mine)
            )
        ).all()
    )
    return {id_: Given(scores=said, words=words.get(id_, "")) for id_, said in scores.items()}


def _earlier(session: Session, pulse: Pulse) -> Sequence[Figures]:
    """What every other trust pulse of the organisation has shown so far."""
    if pulse.kind != PulseKind.TRUST:
        return ()
    rows = session.execute(
        select(Pulse.marks, Pulse.verdict).where(
            Pulse.kind == PulseKind.TRUST, Pulse.verdict.is_not(None), Pulse.id != pulse.id
        )
    )
    return [
        Figures(
            marks=frozenset(marks),
            shown=frozenset(verdict["shown"]),
            complete=frozenset(verdict["complete"]),
        )
        for marks, verdict in rows
        if verdict is not None
    ]


def _verdict(pulse: Pulse, made: MadeResult) -> dict[str, Any]:
    return {
        "passed": True,
        "k": pulse.k,
        "shown": sorted(made.figures.shown),
        "complete": sorted(made.figures.complete),
        "texts": len(made.result.texts),
    }


def _tell(
    session: Session,
    pulse: Pulse,
    invited: Sequence[PulseInvitation],
    result: PulseResult,
    now: datetime,
    delivery: Delivery,
) -> None:
    row = row_of(pulse, n_invited=len(invited))
    link = delivery.address("feedback")
    spoken = spoken_with(session, pulse, invited)
    post_all(
        session,
        ((one, result_is_out(row, one.name, result, link, spoken[one.id])) for one in invited),
        now=now,
        delivery=delivery,
    )


def _tell_leader(
    session: Session, pulse: Pulse, subject_id: int, now: datetime, delivery: Delivery
) -> None:
    person_id = session.get_one(Subject, subject_id).person_id
    leader = people_named(session, [person_id])[person_id]
    row = row_of(pulse, subject=leader.name)
    said = in_language(locales_of(session, [person_id]).get(person_id, ""))
    link = delivery.address(f"feedback/questions/{encode(pulse.id)}")
    letter = follow_up_is_closed(row, link, said)
    if leader.email:
        post(
            session,
            to_address=leader.email,
            to_name=leader.name,
            subject=letter.subject,
            body=letter.body,
            due_at=sending_hour(now),
        )


def _shuffled(n: int) -> Sequence[int]:
    return secrets.SystemRandom().sample(range(n), n)
