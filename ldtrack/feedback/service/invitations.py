"""Giving raters their links and leaving their mails in the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.core.zones import zone_words
from ldtrack.db.parts import in_parts
from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.keys import link_word, word_hash
from ldtrack.feedback.domain.letters import (
    Letter,
    Request,
    invitation,
    minutes_for,
    reminder,
    sending_hour,
    sooner,
)
from ldtrack.feedback.domain.phrases import ENGLISH, Phrases, in_language
from ldtrack.feedback.domain.promise import promise
from ldtrack.feedback.domain.promised import promise_settings
from ldtrack.feedback.models import Cycle, Invitation, Subject
from ldtrack.feedback.queries.answering import expected_of
from ldtrack.feedback.queries.cycles import row_of
from ldtrack.feedback.queries.questionnaires import questionnaire
from ldtrack.outbox.service import Mail, post_all
from ldtrack.people.queries import locales_of, organisation_name, people_named, time_zone


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """The secret that links are derived with, and the address they begin with.

    Without a `base_url` no mail is written, as for a cycle of the past. `hour` is the hour of an
    act that goes on in parts; otherwise mails carry that of the moment.
    """

    rater_key: str
    base_url: str | None = None
    hour: datetime | None = None

    def link(self, word: str) -> str:
        """The rater's address."""
        return self.address(f"r/{word}")

    def address(self, path: str) -> str:
        """A page's address in a mail."""
        return f"{(self.base_url or '').rstrip('/')}/{path}"


def send_invitations(
    session: Session,
    cycle: Cycle,
    invited: Sequence[Invitation],
    *,
    now: datetime,
    delivery: Delivery,
) -> None:
    """Give each of them a link and ask them by mail, all at one hour; their subjects are open."""
    subjects = _subjects(session, invited)
    words = _words(subjects, invited, delivery)
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
    expected = expected_of(session, planned, subjects)
    promised: dict[tuple[int, str, str], Sequence[str]] = {}
    letters = []
    for row, request in _requests(session, cycle, subjects, invited, words, delivery):
        said = request.said
        place = (row.subject_id, row.group_key, said.language)
        if place not in promised:
            settings = promise_settings(
                planned,
                request.subject,
                expected.get(row.subject_id, {}),
                has_coach=request.has_coach,
                said=said,
            )
            promised[place] = promise(settings, planned.group_name(row.group_key), said)
        letters.append((row, invitation(request, promised[place])))
    _post(session, letters, delivery.hour or sending_hour(now), discreet=False)


def send_reminders(
    session: Session,
    cycle: Cycle,
    waiting: Sequence[Invitation],
    *,
    now: datetime,
    delivery: Delivery,
) -> None:
    """Remind them with the link they have, all at one hour.

    Discreetly, because whoever is reminded has not answered.
    """
    subjects = _subjects(session, waiting)
    words = _words(subjects, waiting, delivery)
    requests = _requests(session, cycle, subjects, waiting, words, delivery)
    due_at = delivery.hour or sending_hour(now)
    _post(session, [(row, reminder(request)) for row, request in requests], due_at, discreet=True)


def send_new_day(
    session: Session,
    cycle: Cycle,
    asked: Sequence[Invitation],
    *,
    now: datetime,
    delivery: Delivery,
) -> None:
    """Tell everybody who was asked that the last day comes sooner, all at one hour.

    Those who have answered too, for they were promised to be able to change it; so the mail tells
    nobody's answer.
    """
    if delivery.base_url is None:
        return
    subjects = _subjects(session, asked)
    words = _words(subjects, asked, delivery)
    requests = _requests(session, cycle, subjects, asked, words, delivery)
    due_at = delivery.hour or sending_hour(now)
    _post(session, [(row, sooner(request)) for row, request in requests], due_at, discreet=False)


def _words(
    subjects: Mapping[int, Subject], invited: Iterable[Invitation], delivery: Delivery
) -> dict[int, str]:
    words: dict[int, str] = {}
    for row in invited:
        key = subjects[row.subject_id].key
        if key is None:
            raise ValueError("a questionnaire that is not open has no links")
        words[row.id] = link_word(delivery.rater_key, key, row.id)
    return words


def _requests(
    session: Session,
    cycle: Cycle,
    subjects: Mapping[int, Subject],
    invited: Sequence[Invitation],
    words: dict[int, str],
    delivery: Delivery,
) -> list[tuple[Invitation, Request]]:
    people = people_named(session, {subject.person_id for subject in subjects.values()})
    form = questionnaire(session, cycle.questionnaire_id)
    minutes = minutes_for(len(form.items))
    place = time_zone(session).key
    locales = locales_of(session, {row.person_id for row in invited if row.person_id})
    outside = any(row.person_id is None for row in invited)
    house = organisation_name(session, cycle.organisation_id) if outside else ""
    # Outsiders have told nobody their language; the questionnaire is written for them.
    spoken = {
        row.id: in_language(locales.get(row.person_id or 0, form.language)) for row in invited
    }
    return [
        (
            row,
            Request(
                rater=row.name,
                subject=people[subjects[row.subject_id].person_id].name,
                is_self=row.group_key == SELF_GROUP,
                has_coach=subjects[row.subject_id].coach_id is not None,
                closes_on=subjects[row.subject_id].closes_on or cycle.closes_on,
                zone=_zone_in(spoken[row.id], place),
                said=spoken[row.id],
                minutes=minutes,
                link=delivery.link(words[row.id]),
                house=house if row.person_id is None else "",
            ),
        )
        for row in invited
    ]


def _zone_in(said: Phrases, place: str) -> str:
    return zone_words(place) if said is ENGLISH else place.replace("_", " ")


def _subjects(session: Session, invited: Sequence[Invitation]) -> dict[int, Subject]:
    subjects: dict[int, Subject] = {}
    for ids in in_parts({row.subject_id for row in invited}):
        found = session.scalars(select(Subject).where(Subject.id.in_(ids)))
        subjects |= {subject.id: subject for subject in found}
    return subjects


def _post(
    session: Session,
    letters: Sequence[tuple[Invitation, Letter]],
    due_at: datetime,
    *,
    discreet: bool,
) -> None:
    mails = [
        Mail(
            to_address=row.email,
            to_name=row.name,
            subject=letter.subject,
            body=letter.body,
            discreet=discreet,
        )
        for row, letter in letters
    ]
    post_all(session, mails, due_at=due_at)
