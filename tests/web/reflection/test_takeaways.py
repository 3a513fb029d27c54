"""Takeaways in a browser: taking along, telling, sharing, and nobody else ever."""

from __future__ import annotations

import pytest
from flask import Flask

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.reflection import queries, service
from ldtrack.reflection.domain.takeaways import (
    TakeAlong,
    TakeawayKind,
    TakeawayRow,
    TakeawayState,
    TellTakeaway,
)
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit

MARKER = "zebra-in-the-bag"
PAGE = "/journal/takeaways"


def _kept(database: Database, acme: SmallOrganisation) -> list[TakeawayRow]:
    with database.reading(acme.id) as session:
        return queries.own_takeaways(session, acme.actor["leader"])


def _planted(
    database: Database, acme: SmallOrganisation, clock: SetClock, *, shared: bool = False
) -> int:
    with database.writing(acme.id) as session:
        return service.take_along(
            session,
            acme.actor["leader"],
            TakeAlong(
                kind=TakeawayKind.CONVERSATION,
                what=MARKER,
                reader_ids=(acme.person["coach"],) if shared else (),
            ),
            today=clock.today(),
        )


def test_a_leader_takes_something_along_from_a_course_and_looks_again_in_two_weeks(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    leader = visit(acme.actor["leader"])
    begun = leader.get(f"{PAGE}?about=Course: Giving feedback&kind=question").text
    assert "What do you take along from <em>Course: Giving feedback</em>?" in begun
    assert 'value="Course: Giving feedback"' in begun
    assert 'value="2026-12-04"' in begun
    typed = {
        "what": "Whom do I never praise?",
        "kind": "question",
        "about": "Course: Giving feedback",
        "follow_up_on": "2026-12-04",
        "remind": "y",
    }
    page = leader.submit(PAGE, typed).text
    assert "You carry <em>1 thing</em> along." in page
    assert "Only you" in page
    (row,) = _kept(database, acme)
    assert (row.what, row.kind, row.about) == (
        "Whom do I never praise?",
        TakeawayKind.QUESTION,
        "Course: Giving feedback",
    )
    assert (row.remind, row.state, row.reader_ids) == (True, TakeawayState.OPEN, ())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"what": "", "kind": "task"}, "Say in a line what it is."),
        ({"what": "Ask."}, "Choose one of these."),
        ({"what": "Ask.", "kind": "wish"}, "Please choose again."),
        ({"what": "x" * 301, "kind": "task"}, "300 characters"),
        (
            {"what": "Ask.", "kind": "task", "follow_up_on": "2026-11-19"},
            "Give a day that is not over.",
        ),
        ({"what": "Ask.", "kind": "task", "follow_up_on": "soon"}, "Please give a day"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    typed: dict[str, str],
    sentence: str,
) -> None:
    answer = visit(acme.actor["leader"]).post(PAGE, data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert _kept(database, acme) == []


def test_one_sent_twice_is_kept_once(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    leader = visit(acme.actor["leader"])
    typed = {"what": "Ask.", "kind": "task", "idempotency_key": "d" * 32}
    assert [leader.post(PAGE, data=typed).status_code for _ in range(2)] == [303, 303]
    assert len(_kept(database, acme)) == 1


def test_what_became_of_it_is_told_told_anew_and_opened_again(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    one = f"{PAGE}/{encode(_planted(database, acme, clock))}"
    leader = visit(acme.actor["leader"])
    assert 'value="open"' not in leader.get(f"{one}/told").text
    refused = leader.post(f"{one}/told", data={"state": "dropped", "told": ""})
    assert refused.status_code == 422
    assert "Say in a few words what happened." in refused.text
    page = leader.submit(f"{one}/told", {"state": "changed", "told": "We walked instead."}).text
    assert "We walked instead." in page
    assert "Nothing is open." in page
    leader.submit(f"{one}/told", {"state": "open", "told": "We walked instead."})
    (row,) = _kept(database, acme)
    assert (row.state, row.told_on) == (TakeawayState.OPEN, None)


def test_it_is_shared_by_name_and_taken_back_at_once(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    one = f"{PAGE}/{encode(_planted(database, acme, clock))}"
    leader, coach = visit(acme.actor["leader"]), visit(acme.actor["coach"])
    shared = f"/people/{encode(acme.person['leader'])}/journal"
    assert "has shared no journal entry with you" in coach.get(shared).text
    reader = encode(acme.person["coach"])
    assert "Only you read this, unless you tick somebody below." in leader.get(one).text
    page = leader.submit(one, {"what": MARKER, "kind": "task", "readers": reader}).text
    assert "Whom you ticked below reads this, too." in leader.get(one).text
    assert "Shared with Ines Marques" in page
    assert "shared 1 takeaway with you" in coach.get(shared).text
    assert coach.get(one).status_code == 404
    assert coach.post(f"{one}/told", data={"state": "done"}).status_code == 404
    leader.post(f"{one}/stop-sharing")
    assert MARKER not in coach.get(shared).text


def test_it_is_deleted_for_good(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    one = f"{PAGE}/{encode(_planted(database, acme, clock, shared=True))}"
    leader = visit(acme.actor["leader"])
    assert MARKER not in leader.post(f"{one}/delete", follow_redirects=True).text
    assert leader.get(one).status_code == 404
    assert _kept(database, acme) == []


@pytest.mark.parametrize("shared", [False, True])
def test_no_page_shows_it_to_anybody_but_its_author_and_a_coach_it_is_shared_with(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    shared: bool,
) -> None:
    takeaway_id = _planted(database, acme, clock, shared=shared)
    values = {"person_id": acme.person["leader"], "takeaway_id": takeaway_id}
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        addresses = [
            adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
            and rule.endpoint not in {"static", "stylesheet"}
            and rule.arguments <= values.keys()
        ]
    readers = {
        who
        for who, actor in acme.actor.items()
        if any(MARKER in visit(actor).get(one).get_data(as_text=True) for one in addresses)
    }
    assert PAGE in addresses
    assert readers == ({"leader", "coach"} if shared else {"leader"})


def test_open_ones_stand_on_the_first_page_of_their_author_alone(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    takeaway_id = _planted(database, acme, clock, shared=True)
    home, coach = visit(acme.actor["leader"]).get("/growth").text, visit(acme.actor["coach"])
    assert MARKER in home
    assert f"{PAGE}/{encode(takeaway_id)}/told" in home
    assert MARKER not in coach.get(f"/people/{encode(acme.person['leader'])}/growth").text
    with database.writing(acme.id) as session:
        told = TellTakeaway(state=TakeawayState.DONE)
        service.tell_takeaway(session, acme.actor["leader"], takeaway_id, told, today=clock.today())
    assert MARKER not in visit(acme.actor["leader"]).get("/growth").text


@pytest.mark.parametrize("many", [1, 5])
def test_the_page_asks_as_often_with_one_as_with_five(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, many: int
) -> None:
    for state in (TakeawayState.OPEN, TakeawayState.DONE):
        for _ in range(many):
            takeaway_id = _planted(database, acme, clock, shared=True)
            with database.writing(acme.id) as session:
                told = TellTakeaway(state=state)
                service.tell_takeaway(
                    session, acme.actor["leader"], takeaway_id, told, today=clock.today()
                )
    leader = visit(acme.actor["leader"])
    leader.get(PAGE)
    with counted(database.engine) as statements:
        leader.get(PAGE)
    assert len(statements) == 10
