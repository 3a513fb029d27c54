"""Access ends with the relation, the role and the account: at the next request, not at sign-in."""

from __future__ import annotations

import pytest
from flask import Flask

from ldtrack.access.domain import RelationshipKind, Role
from ldtrack.access.service import end_relation
from ldtrack.coaching.service import end_engagement
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.people.service import administer
from tests.infrastructure.full_house import AMARA, FullHouse
from tests.policy.addresses import addresses, is_public, rules, things_of
from tests.policy.callers import Call, Caller, shared_review
from tests.policy.marks import MARK, READERS

_FOR_EVERYBODY = {kind for kind, line in READERS.items() if line == "everybody"}
_EVERYTHING = 50
_ABOUT_HER = (
    "/people/{}/growth",
    "/people/{}/pathway",
    "/people/{}/coaching",
    "/people/{}/assignments",
    "/people/{}/journal",
    "/people/{}/reviews",
)


def _met(app: Flask, one: Caller) -> set[str]:
    """What of Amara's is still shown to them anywhere, beside what is shown to everybody."""
    pages = (
        one.browser.get(at.path).get_data(as_text=True)
        for rule in rules(app, "GET")
        if not is_public(app, rule.endpoint)
        for at in addresses(rule, one.own, one.foreign, most=_EVERYTHING)
        if at.whose == "own"
    )
    met = {kind for page in pages for whose, kind in MARK.findall(page) if whose == AMARA}
    return {kind for kind in met if not any(k.startswith(kind) for k in _FOR_EVERYBODY)}


def _opened(one: Caller, house: FullHouse) -> list[str]:
    her = encode(house.acme.person["leader"])
    return [at for at in _ABOUT_HER if one.browser.get(at.format(her)).status_code == 200]


def test_a_coach_whose_coaching_ended_keeps_their_own_notes_and_nothing_else(
    app: Flask, call: Call, database: Database, full_house: FullHouse, clock: SetClock
) -> None:
    one, acme = call("coach"), full_house.acme
    assert _opened(one, full_house) == list(_ABOUT_HER)
    with database.writing(acme.id) as session:
        for engagement_id in things_of(database, acme.id).ids["engagement"]:
            end_engagement(session, acme.actor["hr"], engagement_id, now=clock.now())
    assert _opened(one, full_house) == []
    # What they say of themselves as a coach is about nobody else.
    assert _met(app, one) == {"private-note", "draft-note", "about-coach"}


def test_a_manager_who_is_no_longer_one_keeps_what_they_answer_for_and_what_they_said(
    app: Flask, call: Call, database: Database, full_house: FullHouse, clock: SetClock
) -> None:
    one = call("manager")
    assert "/people/{}/pathway" in _opened(one, full_house)
    _end(database, full_house, RelationshipKind.MANAGER, "manager", clock)
    assert _opened(one, full_house) == []
    of_the_assignment = {kind for kind in READERS if kind.startswith("debrief-")} | {
        *("motive", "decline-reason", "delivered", "proof", "outside"),
        *("support-word", "without-support", "pause-word"),
    }
    asked_themselves = {"cycle-open", "pulse-open", "pulse-closed", "pulse-words-closed"}
    own_words = {"short-private", "short-shared", "short-hidden", "short-question"}
    own_openings = {"posting-draft", "posting-proposed", "sent-back-word", "answer-word"}
    kept = of_the_assignment - {"debrief-draft"} | asked_themselves | own_words | own_openings
    assert _met(app, one) == kept


def test_a_sponsor_who_is_no_longer_one_finds_nothing_not_even_by_the_link(
    app: Flask, call: Call, database: Database, full_house: FullHouse, clock: SetClock
) -> None:
    one = call("sponsor")
    link = f"/s/{shared_review(database, full_house.acme)}/report.pdf"
    assert "/people/{}/growth" in _opened(one, full_house)
    assert one.browser.get(link).status_code == 200
    _end(database, full_house, RelationshipKind.SPONSOR, "sponsor", clock)
    assert _opened(one, full_house) == []
    assert one.browser.get(link).status_code == 404
    assert _met(app, one) == set()


def _end(
    database: Database, house: FullHouse, kind: RelationshipKind, holder: str, clock: SetClock
) -> None:
    with database.writing(house.acme.id) as session:
        end_relation(
            session,
            kind=kind,
            person_id=house.acme.person["leader"],
            holder_id=house.acme.person[holder],
            ended_on=clock.now().date(),
        )


@pytest.mark.parametrize("name", ["hr", "coach", "leader", "sponsor", "manager"])
def test_a_disabled_account_is_signed_out_at_its_next_click(
    name: str, call: Call, database: Database, full_house: FullHouse, clock: SetClock
) -> None:
    one, acme = call(name), full_house.acme
    assert one.browser.get("/account").status_code == 200
    with database.writing(acme.id) as session:
        account_id = acme.actor[name].account_id or 0
        administer.disable(session, acme.actor["administrator"], account_id, now=clock.now())
    answer = one.browser.get("/account")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/account")
    with database.writing(acme.id) as session:
        administer.enable(session, acme.actor["administrator"], account_id, now=clock.now())
    assert one.browser.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("name", "at"), [("hr", "/people"), ("coach", "/caseload"), ("sponsor", "/portfolio")]
)
def test_a_role_that_was_taken_away_is_gone_at_the_next_click(
    name: str, at: str, call: Call, database: Database, full_house: FullHouse, clock: SetClock
) -> None:
    one, acme = call(name), full_house.acme
    assert one.browser.get(at).status_code == 200
    _give(database, full_house, name, frozenset(), clock)
    assert one.browser.get(at).status_code == 403
    _give(database, full_house, name, acme.actor[name].roles, clock)
    assert one.browser.get(at).status_code == 200


def _give(
    database: Database, house: FullHouse, name: str, roles: frozenset[Role], clock: SetClock
) -> None:
    actor = house.acme.actor
    with database.writing(house.acme.id) as session:
        account_id = actor[name].account_id or 0
        administer.set_roles(session, actor["administrator"], account_id, roles, now=clock.now())
