"""Mails of small surveys go out in the language of whoever gets them."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.feedback import service as cycles
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.domain.phrases import ENGLISH
from ldtrack.feedback.domain.pulses.letters import result_is_out
from ldtrack.feedback.domain.pulses.sentences import told
from ldtrack.feedback.domain.pulses.wording import TRUST_STATEMENTS
from ldtrack.feedback.models import Pulse, Questionnaire
from ldtrack.feedback.queries import pulses as queries
from ldtrack.feedback.queries.pulses.running import row_of
from ldtrack.feedback.service import pulses as service
from ldtrack.outbox.models import Message
from ldtrack.people.models import Person
from tests.infrastructure.feedback import RATER_KEY, delivery, set_up
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.pulses import closed_pulse, opened_pulse

_TONGUES = {"peer_1": "de-CH", "peer_2": "fr", "peer_3": "es-MX", "peer_4": "cy"}


def _set_languages(session: Session, acme: SmallOrganisation) -> None:
    for key, locale in _TONGUES.items():
        session.get_one(Person, acme.person[key]).locale = locale
    session.flush()


def _taken(session: Session) -> dict[str, Message]:
    """The mails that were written since the last look, by first name."""
    mails = session.scalars(select(Message)).all()
    session.execute(delete(Message).execution_options(synchronize_session=False))
    for mail in mails:
        session.expunge(mail)
    return {mail.to_name.split()[0]: mail for mail in mails}


def _subjects(mails: dict[str, Message]) -> dict[str, str]:
    return {name: mail.subject for name, mail in mails.items()}


def test_each_is_asked_reminded_and_told_the_result_in_their_own_language(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _set_languages(session, acme)
        running = opened_pulse(session, acme, clock.now(), statements=TRUST_STATEMENTS[:2])
        asked = _taken(session)
        assert _subjects(asked) == {
            "Petra": "How we work together, bis 4. Dez. 2026",
            "Paul": "How we work together, jusqu’au 4 déc. 2026",
            "Pia": "How we work together, hasta el 4 dic 2026",
            "Per": "How we work together, until 4 December 2026",
            "Amara": "How we work together, until 4 December 2026",
        }
        promised = "Les RH voient combien de personnes ont répondu, pas lesquelles."
        assert promised in asked["Paul"].body
        service.remind_of_pulse(
            session, acme.actor["hr"], running.id, now=clock.now(), delivery=delivery()
        )
        assert _taken(session)["Petra"].subject == "Erinnerung: How we work together"
        scores = dict.fromkeys(("peer_1", "peer_2", "peer_3", "peer_4"), 1)
        closed_pulse(session, acme, clock.now(), scores, running=running)
        results = _taken(session)
    assert results["Pia"].subject == "El resultado: How we work together"
    assert (
        "Wenn jemand von uns einen Fehler macht, sprechen wir offen darüber. "
        "niedrig (1.5 oder darunter)"
    ) in results["Petra"].body


def test_in_english_the_mail_says_what_the_stored_result_says(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        for people in (("peer_1", "peer_2"), ("peer_1", "peer_2", "peer_3")):
            scores = dict.fromkeys(people, 4)
            pulse_id = closed_pulse(session, acme, clock.now(), scores)
            result = queries.outcome(session, acme.actor["hr"], pulse_id).result
            assert result is not None
            row = row_of(session.get_one(Pulse, pulse_id))
            assert told(row, result, ENGLISH) == result.sentence
            letter = result_is_out(row, "Petra", result, "https://here")
            assert [line.figure.text in letter.body for line in result.lines] == [True] * len(
                result.lines
            )


def test_an_outsider_is_asked_how_it_was_in_the_language_of_the_questionnaire(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _set_languages(session, acme)
        running = set_up(session, acme, clock.now())
        olga = AskRater(group_key="peer", name="Olga Kahn", email="olga@client.example")
        cycles.invite(session, acme.actor["hr"], running.subject_id, olga, now=clock.now())
        session.get_one(Questionnaire, running.form.id).language = "de"
        cycles.open_cycle(
            session, acme.actor["hr"], running.id, now=clock.now(), delivery=delivery()
        )
        service.ask_about_process(session, acme.actor["hr"], running.id, now=clock.now())
        cycles.end_some(session, running.id, RATER_KEY, clock.now())
        _taken(session)
        service.open_process_pulses(session, running.id, now=clock.now(), delivery=delivery())
        subjects = _subjects(_taken(session))
    assert subjects["Petra"] == "Wie war es, Feedback zu geben: Autumn 2026, bis 4. Dez. 2026"
    assert subjects["Olga"] == subjects["Petra"]
