"""The leader reads a sponsor report first, says yes or no, and sees who opened it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.outbox.models import Message
from ldtrack.reviews.models import Review
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.web.reviews.conftest import STAND_IN, PrintIt, address

NEUTRAL = "No report is shared with you at the moment."


def state(database: Database, acme: SmallOrganisation, review_id: int) -> str:
    with database.reading(acme.id) as session:
        return session.get_one(Review, review_id).state


def test_the_leader_is_asked_first_and_reads_the_same_pages(
    visit: Visit, acme: SmallOrganisation, draft: int
) -> None:
    leader = visit(acme.actor["leader"])
    assert (
        "A report for Sofia Berg waits for <em>your yes or no</em>." in leader.get("/reviews").text
    )
    page = leader.get(address(draft)).text
    assert "Sofia Berg gets it <em>only if you say yes</em>" in page
    assert "Levels against the role" in page
    assert leader.get(address(draft, "/review.pdf")).data == STAND_IN
    sponsor = visit(acme.actor["sponsor"])
    assert NEUTRAL in sponsor.get("/reviews/shared").text
    assert sponsor.get(address(draft)).status_code == 404
    assert sponsor.get(address(draft, "/review.pdf")).status_code == 404


def test_a_yes_is_printed_then_shared_then_seen_to_be_opened(
    visit: Visit,
    acme: SmallOrganisation,
    draft: int,
    print_it: PrintIt,
    database: Database,
) -> None:
    leader, sponsor = visit(acme.actor["leader"]), visit(acme.actor["sponsor"])
    said = leader.submit(address(draft, "/agree"), {"note": "Open a door, please."}, follow=False)
    assert said.status_code == 303
    assert state(database, acme, draft) == "agreed"
    assert NEUTRAL in sponsor.get("/reviews/shared").text, "it is not printed yet"
    print_it(draft)
    page = sponsor.get("/reviews/shared").text
    assert "1 leader shares <em>a report with you</em>." in page
    assert sponsor.get(address(draft, "/review.pdf")).data == STAND_IN + b"Open a door, please."
    opened = leader.get(address(draft)).text
    assert "Your sponsor, Sofia Berg" in opened
    assert "Open a door, please." in opened


def test_a_no_is_told_to_nobody(
    visit: Visit, acme: SmallOrganisation, draft: int, database: Database
) -> None:
    leader, sponsor = visit(acme.actor["leader"]), visit(acme.actor["sponsor"])
    before = sponsor.get("/reviews/shared").text
    assert leader.post(address(draft, "/refuse")).status_code == 303
    assert state(database, acme, draft) == "refused"
    hide_key = re.compile(r'value="[^"]*"')
    assert hide_key.sub("", sponsor.get("/reviews/shared").text) == hide_key.sub("", before)
    assert leader.post(address(draft, "/agree"), data={"note": ""}).status_code == 409


def test_a_yes_can_be_taken_back(
    visit: Visit, acme: SmallOrganisation, shared: int, database: Database
) -> None:
    leader, sponsor = visit(acme.actor["leader"]), visit(acme.actor["sponsor"])
    assert sponsor.get(address(shared, "/review.pdf")).status_code == 200
    assert leader.post(address(shared, "/withdraw")).status_code == 303
    assert sponsor.get(address(shared, "/review.pdf")).status_code == 404
    assert NEUTRAL in sponsor.get("/reviews/shared").text


def test_a_word_to_the_sponsor_is_kept_when_it_is_too_long(
    visit: Visit, acme: SmallOrganisation, draft: int, database: Database
) -> None:
    leader = visit(acme.actor["leader"])
    answer = leader.post(address(draft, "/agree"), data={"note": "x" * 2_001})
    assert answer.status_code == 422
    assert "x" * 2_001 in answer.text
    assert state(database, acme, draft) == "ready"


@pytest.mark.parametrize("note", ["\x00", "‮🦊 مرحبا", "<script>alert(1)</script>", "a\r\nb"])
def test_odd_words_are_kept_or_refused_but_never_break_the_page(
    note: str, visit: Visit, acme: SmallOrganisation, draft: int
) -> None:
    leader = visit(acme.actor["leader"])
    assert leader.post(address(draft, "/agree"), data={"note": note}).status_code in (303, 422)
    page = leader.get(address(draft))
    assert page.status_code == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("who", ["hr", "coach", "sponsor", "manager", "other_leader"])
def test_nobody_else_can_answer(
    who: str, visit: Visit, acme: SmallOrganisation, draft: int, database: Database
) -> None:
    visitor = visit(acme.actor[who])
    for rest in ("/agree", "/refuse", "/withdraw"):
        assert visitor.post(address(draft, rest), data={"note": ""}).status_code in (403, 404, 409)
    assert state(database, acme, draft) == "ready"


def link(database: Database, acme: SmallOrganisation) -> str:
    with database.reading(acme.id) as session:
        body = session.scalars(
            select(Message.body).where(Message.subject.contains("shares a report"))
        ).one()
    found = re.search(r"http://\S+?(/s/\S+)", body)
    assert found
    return found.group(1)


def test_the_mailed_link_opens_the_report_without_a_sign_in(
    app: Flask, visit: Visit, acme: SmallOrganisation, shared: int, database: Database
) -> None:
    stranger = app.test_client()
    page = stranger.get(link(database, acme))
    assert page.status_code == 200
    assert "Amara Okafor shares <em>a report</em> with you." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    leader = visit(acme.actor["leader"])
    assert "Nobody but you." in leader.get(address(shared)).text, "looking is not opening"
    pdf = stranger.get(link(database, acme) + "/report.pdf")
    assert pdf.data.startswith(STAND_IN)
    assert "Your sponsor, by the link sent to Sofia Berg" in leader.get(address(shared)).text


def test_the_link_dies_with_its_days_and_with_the_yes(
    app: Flask,
    visit: Visit,
    acme: SmallOrganisation,
    shared: int,
    database: Database,
    clock: SetClock,
) -> None:
    stranger, word = app.test_client(), link(database, acme)
    now = clock.instant
    clock.instant = now.replace(month=12, day=4)
    assert stranger.get(word).status_code == 200
    clock.instant = now.replace(month=12, day=5)
    assert stranger.get(word).status_code == 404
    clock.instant = now
    visit(acme.actor["leader"]).post(address(shared, "/withdraw"))
    assert stranger.get(word).status_code == 404
    assert stranger.get(word + "/report.pdf").status_code == 404


@pytest.mark.parametrize("token", ["x", "..", "W10.x", "%00", "a" * 5_000])
def test_a_made_up_link_is_nothing(app: Flask, acme: SmallOrganisation, token: str) -> None:
    assert app.test_client().get(f"/s/{token}").status_code == 404
    assert app.test_client().get(f"/s/{token}/report.pdf").status_code == 404
