"""Every page there is, opened by everybody, with their own ids, with others' and with none's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import inspect, text
from werkzeug.test import TestResponse

from ldtrack.access import policy
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.full_house import AMARA, FullHouse
from tests.policy.addresses import Address, action_of, addresses, is_public, rules, things_of
from tests.policy.callers import ACCOUNTS, NOBODY, Call, Caller, link_words, pulse_words, seat_word
from tests.policy.marks import MARK, READERS, may_meet, what_is_met
from tests.policy.stored import changed, stored

_WALKERS = (NOBODY, *ACCOUNTS, "rival hr", "rival coach", "rival leader")
_MOST, _MOST_OF_RIVALS = 40, 3
"""How many of one's own things are opened by each address; others' are always tried."""


def _could(app: Flask, one: Caller, endpoint: str) -> bool:
    return one.actor is not None and policy.could(one.actor, action_of(app, endpoint))


def _how_many(app: Flask, one: Caller, endpoint: str) -> int:
    if not _could(app, one, endpoint):
        return 1
    return _MOST_OF_RIVALS if one.is_rival else _MOST


def _walk(app: Flask, one: Caller) -> Iterator[tuple[Address, TestResponse]]:
    """All pages behind the sign-in; where the door is shut, once is enough."""
    for rule in rules(app, "GET"):
        if not is_public(app, rule.endpoint):
            most = _how_many(app, one, rule.endpoint)
            for at in addresses(rule, one.own, one.foreign, most=most):
                yield at, one.browser.get(at.path)
                if most == 1:
                    break


def _wrong_status(app: Flask, one: Caller, at: Address, answer: TestResponse) -> bool:
    if one.actor is None:
        return answer.status_code != 303 or not answer.location.startswith("/sign-in?")
    if not _could(app, one, at.endpoint):
        return answer.status_code != 403
    if at.whose != "own":
        return answer.status_code != 404
    return answer.status_code not in {200, 303, 403, 404, 409}


@pytest.mark.parametrize("name", _WALKERS)
def test_everybody_finds_their_own_and_nothing_of_others(
    name: str, app: Flask, call: Call, database: Database, full_house: FullHouse
) -> None:
    one = call(name)
    stranger = "amara.okafor@" + ("example.org" if one.is_rival else "rival.example")
    answers_of_raters = _ids_of_responses(database, full_house)
    wrong: list[str] = []
    met: set[tuple[str, str]] = set()
    with database.engine.connect() as connection:
        before = stored(connection)
    for at, answer in _walk(app, one):
        page = answer.get_data(as_text=True)
        if _wrong_status(app, one, at, answer):
            wrong.append(f"{at.path} ({at.whose}) answers {answer.status_code}")
        for whose, kind in set(MARK.findall(page)):
            met.add((whose, kind))
            if not may_meet(name, whose, kind):
                wrong.append(f"{at.path} shows {whose}'s {kind}")
        if stranger in page:
            wrong.append(f"{at.path} shows an address of the other organisation")
        if any(id_ in page for id_ in answers_of_raters):
            wrong.append(f"{at.path} shows which row holds a rater's answers")
    assert sorted(set(wrong)) == []
    assert one.is_rival or what_is_met(name) - met == set()
    with database.engine.connect() as connection:
        assert changed(before, stored(connection)) == [], "looking at pages stores something"


def _ids_of_responses(database: Database, house: FullHouse) -> list[str]:
    ids = [
        id_
        for home in (house.acme, house.rival)
        for table in ("response", "pulse_response")
        for id_ in things_of(database, home.id).ids[table]
    ]
    return [*map(str, ids), *map(encode, ids)]


def test_the_table_of_marks_names_what_is_in_the_house(database: Database) -> None:
    with database.engine.connect() as connection:
        found = {
            kind
            for table in inspect(connection).get_table_names()
            for row in connection.execute(text(f"SELECT * FROM {table}"))
            for _, kind in MARK.findall(repr(row))
        }
    not_stored = {"review-leader", "review-waiting", "review-agreed"}
    sealed = {"private-note", "own-note", "draft-note", "ended-private-note"}
    assert found == set(READERS) - not_stored - sealed


@pytest.mark.parametrize("name", ["hr", "leader", "coach", "rival hr"])
def test_a_raters_link_opens_for_nobody_who_is_signed_in_as_somebody_else(
    name: str, call: Call, database: Database, full_house: FullHouse
) -> None:
    word = link_words(database, full_house, full_house.acme, AMARA)["peer_1"]
    browser = call(name).browser
    for path in (f"/r/{word}", f"/r/{word}/1", f"/r/{word}/review", f"/r/{word}/thanks"):
        page = browser.get(path)
        assert page.status_code == 404
        assert MARK.findall(page.get_data(as_text=True)) == []


@pytest.mark.parametrize("rater", ["peer_1", "peer_2", "manager"])
def test_a_raters_link_shows_the_cycle_and_what_that_rater_wrote(
    rater: str, call: Call, database: Database, full_house: FullHouse
) -> None:
    word = link_words(database, full_house, full_house.acme, AMARA)[rater]
    browser = call(NOBODY).browser
    at = (f"/r/{word}", *(f"/r/{word}/{number}" for number in (1, 4)), f"/r/{word}/review")
    pages = [browser.get(path) for path in at]
    assert [page.status_code for page in pages] == [200] * 4
    own = {"comment-open-peer", "comment-open-for-the-coach"} if rater == "peer_1" else set()
    found = {mark for page in pages for mark in MARK.findall(page.get_data(as_text=True))}
    assert found == {(AMARA, kind) for kind in {"cycle-open", *own}}


@pytest.mark.parametrize("person", ["leader", "peer_1", "peer_2"])
def test_a_link_to_a_pulse_shows_the_pulse_and_what_that_person_wrote(
    person: str, app: Flask, call: Call, database: Database, full_house: FullHouse
) -> None:
    word = pulse_words(database, full_house, full_house.acme, AMARA)[person]
    page = call(NOBODY).browser.get(f"/p/{word}")
    own = {"pulse-words-open"} if person == "peer_1" else set()
    assert page.status_code == 200
    found = set(MARK.findall(page.get_data(as_text=True)))
    assert found == {(AMARA, kind) for kind in {"pulse-open", *own}}


def test_the_link_to_a_seat_shows_that_triad_to_whoever_holds_it_and_to_no_colleague(
    call: Call, database: Database, full_house: FullHouse
) -> None:
    word = seat_word(database, full_house.acme, AMARA)
    page = call(NOBODY).browser.get(f"/with-you/{word}")
    found = set(MARK.findall(page.get_data(as_text=True)))
    kinds = {kind for kind in READERS if kind.startswith("triad-")} - {"triad-asked", "triad-note"}
    assert (page.status_code, found) == (200, {(AMARA, kind) for kind in kinds})
    for name in ("leader", "hr", "coach", "rival hr"):
        page = call(name).browser.get(f"/with-you/{word}")
        assert page.status_code == 404
        assert MARK.findall(page.get_data(as_text=True)) == []


def test_what_needs_no_account_is_known_by_name(app: Flask) -> None:
    public = {rule.endpoint for rule in rules(app, "GET") if is_public(app, rule.endpoint)}
    assert public == {
        "assignments.look_back",
        "assignments.outcome_by_link",
        "assignments.thanks",
        "coaching.calendar_feed",
        "feedback.answer",
        "feedback.answer_pulse",
        "feedback.decline",
        "feedback.declined",
        "feedback.review",
        "feedback.thanks",
        "feedback.thanks_for_pulse",
        "feedback.welcome",
        "health.alive",
        "health.ready",
        "network.check_in_by_link",
        "network.commit_by_link",
        "network.experience_by_link",
        "network.invite_to_triad_by_link",
        "network.tell_by_link",
        "network.triad_by_link",
        "people.sign_in",
        "reviews.sent",
        "reviews.sent_pdf",
        "setup.start",
        "xapi.about",
    }
