"""Giving raters their links and leaving their mails in the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.keys import link_word, word_hash
from ldtrack.feedback.domain.letters import (
    Letter,
    Request,
    invitation,
    minutes_for,
    reminder,
    sending_hour,
)
from ldtrack.feedback.domain.promise import promise
from ldtrack.feedback.domain.promised import promise_settings
from ldtrack.feedback.models import Cycle, Invitation, Subject
from ldtrack.feedback.queries.answering import expected_by_group
from ldtrack.feedback.queries.cycles import row_of
from ldtrack.feedback.queries.questionnaires import questionnaire
from ldtrack.outbox.service import post
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """The secret that links are derived with, and the address they begin with.

    Without a `base_url` no mail is written, as for a cycle of the past.
    """

    rater_key: str
    base_url: str | None = None

    def link(self, word: str) -> str:
        """The rater's address."""
        return f"{(self.base_url or '').rstrip('/')}/r/{word}"


def send_invitations(
    session: Session,
    cycle: Cycle,
    invited: Sequence[Invitation],
    *,
    now: datetime,
    delivery: Delivery,
) -> None:
    """Give each of them a link and ask them by mail, all at one hour; the cycle is open."""
    words = _words(cycle, invited, delivery)
    if invited:
        session.execute(
            update(Invitation),
            [
                {"id": row.id, "token_hash": word_hash(words[row.id]), "sent_on": now.date()}
                for row in invited
            ],
        )
    if delivery.base_url is None:
        return
    planned = row_of(cycle)
    promised: dict[tuple[int, str], Sequence[str]] = {}
    for row, request in _requests(session, cycle, invited, words, delivery):
        place = (row.subject_id, row.group_key)
        if place not in promised:
            expected = expected_by_group(session, row.subject_id)
            settings = promise_settings(
                planned, request.subject, expected, has_coach=request.has_coach
            )
            promised[place] = promise(settings, planned.group_name(row.group_key))
        _post(session, row, invitation(request, promised[place]), now)


def send_reminders(
    session: Session,
    cycle: Cycle,
    waiting: Sequence[Invitation],
    *,
    now: datetime,
    delivery: Delivery,
) -> None:
    """Remind them with the link they have, all at one hour."""
    words = _words(cycle, waiting, delivery)
    for row, request in _requests(session, cycle, waiting, words, delivery):
        _post(session, row, reminder(request), now)


def _words(cycle: Cycle, invited: Iterable[Invitation], delivery: Delivery) -> dict[int, str]:
    if cycle.key is None:
        raise ValueError("a cycle that is not open has no links")
    return {row.id: link_word(delivery.rater_key, cycle.key, row.id) for row in invited}


def _requests(
    session: Session,
    cycle: Cycle,
    invited: Sequence[Invitation],
    words: dict[int, str],
    delivery: Delivery,
) -> list[tuple[Invitation, Request]]:
    subjects = _subjects(session, invited)
    people = people_named(session, {subject.person_id for subject in subjects.values()})
    minutes = minutes_for(len(questionnaire(session, cycle.questionnaire_id).items))
    return [
        (
            row,
            Request(
                rater=row.name,
                subject=people[subjects[row.subject_id].person_id].name,
                is_self=row.group_key == SELF_GROUP,
                has_coach=subjects[row.subject_id].coach_id is not None,
                closes_on=cycle.closes_on,
                minutes=minutes,
                link=delivery.link(words[row.id]),
            ),
        )
        for row in invited
    ]


def _subjects(session: Session, invited: Sequence[Invitation]) -> dict[int, Subject]:
    ids = sorted({row.subject_id for row in invited})
    return {s.id: s for s in session.scalars(select(Subject).where(Subject.id.in_(ids)))}


def _post(session: Session, row: Invitation, letter: Letter, now: datetime) -> None:
    post(
        session,
        to_address=row.email,
        to_name=row.name,
        subject=letter.subject,
        body=letter.body,
        due_at=sending_hour(now),
    )
