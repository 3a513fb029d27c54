"""Who is asked in a small survey reads its page in their language, and HR's words as they are."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.feedback.domain.keys import link_word
from ldtrack.feedback.domain.pulses.wording import TRUST_STATEMENTS
from ldtrack.feedback.models import Pulse
from tests.infrastructure.feedback import RATER_KEY
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.pulses import opened_pulse

OWN_WORDS = "We laugh together."


@pytest.fixture
def link(database: Database, acme: SmallOrganisation, clock: SetClock) -> str:
    """The way to a pulse that asks one statement of ours and one that HR wrote."""
    with database.writing(acme.id) as session:
        pulse = opened_pulse(
            session, acme, clock.now(), statements=(TRUST_STATEMENTS[0], OWN_WORDS)
        )
        key = session.scalars(select(Pulse.key).where(Pulse.id == pulse.id)).one() or b""
    return f"/p/{link_word(RATER_KEY, key, pulse.invitation['peer_1'])}"


@pytest.mark.parametrize(
    ("wanted", "head", "statement", "step", "promised"),
    [
        (
            "de-AT,en;q=0.5",
            "Wie gut arbeiten Sie zusammen?",
            "Ich kann hier sagen, was ich denke, auch wenn es anderen nicht gefällt.",
            "Eher nicht",
            "Niemand sieht Ihre eigenen Antworten.",
        ),
        (
            "fr",
            "Travaillez-vous bien ensemble ?",
            "Ici, je peux dire ce que je pense, même si cela ne plaît pas aux autres.",
            "Plutôt non",
            "Les RH voient combien de personnes ont répondu, pas lesquelles.",
        ),
        (
            "es",
            "¿Trabajan bien juntos?",
            "Aquí puedo decir lo que pienso, aunque a los demás no les guste.",
            "Más bien no",
            "Sus respuestas se borran en cuanto está el resultado.",
        ),
        (
            "cy",
            "How well do you work together?",
            TRUST_STATEMENTS[0],
            "Rather not",
            "Nobody sees your own answers.",
        ),
    ],
)
def test_the_browsers_language_is_spoken_as_far_as_somebody_has_written_it(
    app: Flask, link: str, wanted: str, head: str, statement: str, step: str, promised: str
) -> None:
    page = app.test_client().get(link, headers={"Accept-Language": wanted}).text
    for words in (head, statement, step, promised, OWN_WORDS):
        assert words in page


def test_a_language_that_was_chosen_stays_through_refusal_and_thanks(app: Flask, link: str) -> None:
    visitor = app.test_client()
    assert f'href="{link}?lang=de"' in visitor.get(link).text
    refused = visitor.post(f"{link}?lang=de", data={})
    assert refused.status_code == 422
    assert "Beantworten Sie mindestens eine Aussage, bevor Sie absenden." in refused.text
    long = visitor.post(f"{link}?lang=de", data={"a_s1": "4", "q_words": "a" * 5_000})
    assert re.search(r"Bitte kürzen Sie dies auf 4.?000 Zeichen", long.text)
    sent = visitor.post(f"{link}?lang=de", data={"a_s1": "4", "a_s2": "5"})
    assert sent.location == f"{link}/thanks?lang=de"
    thanks = visitor.get(sent.location).text
    assert "Das Ergebnis bekommen Sie per E-Mail." in thanks
    assert '<html lang="de"' in thanks
