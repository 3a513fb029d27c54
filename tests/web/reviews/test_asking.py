"""Asking for a review, waiting for it, opening it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from ldtrack.core import ids
from ldtrack.db.session import Database
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import work_off
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.models import Job
from ldtrack.reviews.domain.kinds import ReviewState
from ldtrack.reviews.models import Review
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.web.reviews.conftest import PrintIt, address


def ask_address(acme: SmallOrganisation, who: str = "leader") -> str:
    return f"/people/{ids.encode(acme.person[who])}/reviews/new"


def count(database: Database, acme: SmallOrganisation) -> int:
    with database.reading(acme.id) as session:
        return session.scalar(select(func.count()).select_from(Review)) or 0


def test_before_the_first_review_the_page_says_what_one_is(
    visit: Visit, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["leader"]).get("/reviews")
    assert page.status_code == 200
    assert "No review of you has been made yet." in page.text
    assert "Make a review" in page.text


@pytest.mark.print
@pytest.mark.slow
def test_a_leader_asks_waits_and_reads(
    app: Flask, visit: Visit, acme: SmallOrganisation, year: None
) -> None:
    leader = visit(acme.actor["leader"])
    asked = leader.post(ask_address(acme), data={"audience": "leader", "paper": "a4"})
    assert asked.status_code == 303
    page = leader.get(asked.location)
    assert "is <em>being printed</em>" in page.text
    progress = leader.get(asked.location + "/progress").get_json()
    assert (progress["state"], progress["done"], progress["total"]) == ("waiting", 0, 3)
    assert leader.get(asked.location + "/review.pdf").status_code == 404
    work_off(app.extensions["ldtrack.queue"].workshop, KINDS)
    assert leader.get(asked.location + "/progress").get_json()["next_url"] == asked.location
    pdf = leader.get(asked.location + "/review.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert pdf.mimetype == "application/pdf"
    assert pdf.headers["Content-Disposition"].startswith('inline; filename="LR-2026-')
    assert pdf.headers["Cache-Control"] == "no-store"
    assert "Your latest review shows where you stood" in leader.get("/reviews").text


def test_hr_asks_for_somebody_and_cannot_open_it(
    visit: Visit, acme: SmallOrganisation, year: None, database: Database, print_it: PrintIt
) -> None:
    hr = visit(acme.actor["hr"])
    asked = hr.post(ask_address(acme), data={"audience": "leader", "paper": "letter"})
    assert asked.status_code == 303
    with database.reading(acme.id) as session:
        print_it(session.scalars(select(Review.id)).one())
    page = hr.get(asked.location)
    assert page.status_code == 200
    assert "Open the PDF" not in page.text
    assert hr.get(asked.location + "/review.pdf").status_code in (403, 404)


def test_a_form_sent_twice_makes_one_review(
    visit: Visit, acme: SmallOrganisation, year: None, database: Database
) -> None:
    leader = visit(acme.actor["leader"])
    form = {"audience": "leader", "paper": "a4", "idempotency_key": "0" * 32}
    first = leader.post(ask_address(acme), data=form)
    second = leader.post(ask_address(acme), data=form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert count(database, acme) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"idempotency_key": "0" * 32},
        {"audience": "board", "paper": "a4"},
        {"audience": "leader", "paper": "a0"},
        {"audience": "leader\x00", "paper": "a4"},
        {"audience": "x" * 100_000, "paper": "‮a4😀"},
    ],
)
def test_a_form_that_makes_no_sense_is_refused(
    wrong: dict[str, str],
    visit: Visit,
    acme: SmallOrganisation,
    year: None,
    database: Database,
) -> None:
    answer = visit(acme.actor["leader"]).post(ask_address(acme), data=wrong)
    assert answer.status_code == 422
    assert count(database, acme) == 0


def test_fields_that_nobody_asked_for_change_nothing(
    visit: Visit, acme: SmallOrganisation, year: None, database: Database
) -> None:
    more = {"state": "agreed", "agreed_on": "2026-11-20", "content_hash": "a" * 64, "number": "X"}
    visit(acme.actor["leader"]).post(
        ask_address(acme), data={"audience": "leader", "paper": "a4", **more}
    )
    with database.reading(acme.id) as session:
        review = session.scalars(select(Review)).one()
        assert (review.state, review.agreed_on, review.content_hash) == ("waiting", None, "")


def test_a_sponsor_report_without_an_agreement_is_refused_with_the_reason(
    visit: Visit, acme: SmallOrganisation
) -> None:
    answer = visit(acme.actor["leader"]).post(
        ask_address(acme), data={"audience": "sponsor", "paper": "a4"}
    )
    assert answer.status_code == 422
    assert "Nothing was agreed yet that a sponsor may see." in answer.text


@pytest.mark.parametrize("who", ["coach", "manager", "sponsor", "other_leader"])
def test_others_cannot_ask(who: str, visit: Visit, acme: SmallOrganisation, year: None) -> None:
    visitor = visit(acme.actor[who])
    assert visitor.get(ask_address(acme)).status_code in (403, 404)
    sent = visitor.post(ask_address(acme), data={"audience": "leader", "paper": "a4"})
    assert sent.status_code in (403, 404)


def test_a_review_that_could_not_be_made_offers_another_try(
    visit: Visit, acme: SmallOrganisation, waiting: int, database: Database
) -> None:
    with database.writing(acme.id) as session:
        job = session.scalars(select(Job).where(Job.kind == "reviews.render")).one()
        job.state = JobState.FAILED
        session.get_one(Review, waiting).state = ReviewState.FAILED
    leader = visit(acme.actor["leader"])
    page = leader.get(address(waiting))
    assert "could not be printed" in page.text
    assert leader.post(address(waiting, "/print")).status_code == 303
    assert "is <em>being printed</em>" in leader.get(address(waiting)).text


def test_another_organisations_reviews_are_not_there(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation, shared: int
) -> None:
    for who in ("hr", "leader", "coach", "sponsor", "administrator"):
        visitor = visit(rival.actor[who])
        for rest in ("", "/progress", "/review.pdf", "/agree"):
            assert visitor.get(address(shared, rest)).status_code in (403, 404), (who, rest)
        for rest in ("/agree", "/refuse", "/withdraw", "/print"):
            assert visitor.post(address(shared, rest)).status_code in (403, 404), (who, rest)
        assert visitor.get(ask_address(acme)).status_code in (403, 404)
