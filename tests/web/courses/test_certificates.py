"""The pages of certificates: handing in, reviewing, downloading."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.courses import queries
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit, Visitor
from tests.integration.courses.makers import a_course

PDF = b"%PDF-1.7 a certificate"


def hand_in(visitor: Visitor, content: bytes = PDF, name: str = "c.pdf", **change: Any) -> Any:
    form = {"title": "Mediator", "awarded_on": "2026-09-01", "file": (BytesIO(content), name)}
    return visitor.post("/courses/certificates/new", data=form | change, follow_redirects=True)


def test_a_leader_hands_in_and_hr_accepts(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
    leader, hr = visit(acme.actor["leader"]), visit(acme.actor["hr"])
    assert "Waiting" in hand_in(leader, word="Two years of evenings").text
    assert "1 certificate waits for a reviewer" in hr.get("/today").text
    waiting = hr.get("/courses/certificates").text
    [here] = re.findall('href="(/courses/certificates/[0-9a-z]{12})"', waiting)
    assert "Two years of evenings" in hr.get(here).text
    undecided = hr.post(here, data={})
    assert "Say whether it is good." in undecided.text
    no_course = hr.post(here, data={"decision": "accept", "course": "", "shows": "passed"})
    assert "Choose the course that it stands for." in no_course.text
    form = {
        "decision": "accept",
        "course": encode(course_id),
        "completed_on": "2026-09-01",
        "shows": "passed",
    }
    assert "No certificate waits for your review." in hr.submit(here, form).text
    assert "Accepted" in leader.get("/courses/mine").text
    with database.reading(acme.id) as session:
        [done] = queries.completions_of(session, acme.actor["hr"], acme.person["leader"])
    assert done.result == "Passed"
    assert hr.post(here, data=form).status_code == 409


def test_hr_sends_one_back_and_the_leader_takes_it_back(
    visit: Visit, acme: SmallOrganisation
) -> None:
    leader, hr = visit(acme.actor["leader"]), visit(acme.actor["hr"])
    hand_in(leader)
    waiting = hr.get("/courses/certificates").text
    [here] = re.findall('href="(/courses/certificates/[0-9a-z]{12})"', waiting)
    silent = hr.post(here, data={"decision": "return"})
    assert "Say what is missing." in silent.text
    hr.submit(here, {"decision": "return", "answer": "The second page."})
    mine = leader.get("/courses/mine").text
    assert "The second page." in mine
    gone = leader.post(f"{here}/take-back", follow_redirects=True)
    assert "its file is deleted" in gone.text
    assert leader.get(f"{here}/file").status_code == 404


def test_the_file_comes_as_an_attachment_that_can_do_nothing(
    visit: Visit, acme: SmallOrganisation
) -> None:
    leader = visit(acme.actor["leader"])
    page = hand_in(leader, name="Zeugnis „Ä“.pdf").text
    [address] = re.findall('href="(/courses/certificates/[^"]+/file)"', page)
    for who in ("leader", "hr"):
        answer = visit(acme.actor[who]).get(address)
        assert (answer.data, answer.content_type) == (PDF, "application/pdf")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for who in ("coach", "manager", "sponsor", "administrator", "other_leader"):
        assert visit(acme.actor[who]).get(address).status_code == 404


def test_what_a_file_says_it_is_does_not_count(visit: Visit, acme: SmallOrganisation) -> None:
    leader = visit(acme.actor["leader"])
    for content, name, sentence in (
        (b"<html><script>alert(1)</script>", "c.pdf", "Please choose a PDF, a picture"),
        (PDF, "c.html", "Please choose a file that ends in"),
        (b"", "c.pdf", "This file is empty."),
    ):
        answer = hand_in(leader, content, name)
        assert (answer.status_code, sentence in answer.text) == (422, True)
        assert 'value="Mediator"' in answer.text
    assert "Handed in" not in leader.get("/courses/mine").text
