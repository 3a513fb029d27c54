"""Pages on which HR says what other systems mean, and which systems there are."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from io import BytesIO

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.courses import queries
from ldtrack.courses.pages import parked_page, sources_page
from ldtrack.courses.service.statements import take_statements
from ldtrack.db.session import Database
from ldtrack.exchange.xapi import parse_statements
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.statements_of_others import statement
from tests.infrastructure.web import Visit
from tests.integration.courses.makers import a_course

STRANGER = {"mbox": "mailto:somebody@elsewhere.example", "name": "Some Body"}
QUIZ = {"id": "https://lms.example.org/mod/17", "definition": {"name": {"en": "Quiz"}}}


@pytest.fixture
def waiting(database: Database, acme: SmallOrganisation, clock: SetClock) -> int:
    """A course, and two statements that wait."""
    said = [statement(1, "passed", object=QUIZ), statement(2, "passed", actor=STRANGER)]
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        rows = parse_statements(said, now=clock.now()).rows
        take_statements(session, acme.actor["hr"], rows, (), source="Moodle", now=clock.now())
    return course_id


def _link(page: str, end: str) -> str:
    [found] = re.findall(f'href="(/courses/parked/[0-9a-z]{{12}}/{end})"', page)
    return str(found)


def n_completions(database: Database, acme: SmallOrganisation, who: str) -> int:
    with database.reading(acme.id) as session:
        return len(queries.completions_of(session, acme.actor["hr"], acme.person[who]))


def test_hr_matches_an_activity_to_a_course(
    visit: Visit, database: Database, acme: SmallOrganisation, waiting: int
) -> None:
    hr = visit(acme.actor["hr"])
    page = hr.get("/courses/parked").text
    assert "1 course is not known here." in page
    here = _link(page, "course")
    nothing = hr.post(here, data={"meaning": "course"})
    assert (nothing.status_code, "Choose the course." in nothing.text) == (422, True)
    done = hr.submit(here, {"meaning": "course", "course": encode(waiting)})
    assert "1 record matched" in done.text
    assert "Decided before" in done.text
    assert n_completions(database, acme, "leader") == 1
    address = re.findall('action="(/courses/parked/courses/[^"]+)"', done.text)[0]
    assert "waits again" in hr.post(address, follow_redirects=True).text
    assert n_completions(database, acme, "leader") == 0


def test_names_to_match_are_searched_and_sorted(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, waiting: int
) -> None:
    said = [
        statement(10, "passed", object={"id": "https://lms.example.org/mod/18"}),
        statement(11, object={"id": "https://lms.example.org/mod/18"}),
    ]
    with database.writing(acme.id) as session:
        rows = parse_statements(said, now=clock.now()).rows
        take_statements(session, acme.actor["hr"], rows, (), source="Moodle", now=clock.now())
    hr = visit(acme.actor["hr"])

    def found(query: str) -> list[str]:
        page = hr.get(f"/courses/parked{query}").text
        return re.findall(r'Called there">([^< ]+)', page)

    other = "https://lms.example.org/mod/18"
    assert found("") == found("?sort=-n") == found("?sort=nonsense") == [other, "Quiz"]
    assert found("?sort=n") == found("?sort=-name") == ["Quiz", other]
    assert found("?q=quiz") == ["Quiz"]
    assert "Nothing matches." in hr.get("/courses/parked?q=nothing").text


def test_hr_makes_a_course_of_an_activity_or_sets_it_aside(
    visit: Visit, database: Database, acme: SmallOrganisation, waiting: int
) -> None:
    hr = visit(acme.actor["hr"])
    here = _link(hr.get("/courses/parked").text, "course")
    assert 'value="Quiz"' in hr.get(here).text
    taken = hr.post(here, data={"meaning": "new", "title": "Quiz", "code": "lc-101"})
    assert "Another course has this code." in taken.text
    bare = hr.post(here, data={"meaning": "new", "title": "", "code": ""})
    assert "Give the course a title." in bare.text
    hr.submit(here, {"meaning": "new", "title": "Quiz", "code": "Q-17"})
    assert n_completions(database, acme, "leader") == 1
    hr.submit(here, {"meaning": "nothing"})
    with database.reading(acme.id) as session:
        found, _ = queries.catalogue(session, acme.actor["hr"])
    assert {course.code for course in found} == {"LC-101", "Q-17"}


def test_hr_says_who_a_learner_is(
    visit: Visit, database: Database, acme: SmallOrganisation, waiting: int
) -> None:
    hr = visit(acme.actor["hr"])
    page = hr.get("/courses/parked/people").text
    assert "1 person is not known here." in page
    here = _link(page, "person")
    both = {"who": "E1012", "nobody": "y"}
    for form in ({}, both, {"who": "nobody@example.org"}):
        assert hr.post(here, data=form).status_code == 422
    assert "1 record matched" in hr.submit(here, {"who": "E1012"}).text
    assert n_completions(database, acme, "peer_4") == 1
    assert "Everybody is known." in hr.get("/courses/parked/people").text


def test_credentials_are_shown_once_and_revoked(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "No system may send statements." in hr.get("/courses/sources").text
    assert "Name the system" in hr.post("/courses/sources/new", data={}).text
    page = hr.submit("/courses/sources/new", {"name": "Moodle"}).text
    [secret] = re.findall(r"Secret: ([\w-]+)", page)
    again = hr.get("/courses/sources").text
    assert (secret in again, "Moodle" in again) == (False, True)
    [address] = re.findall('action="(/courses/sources/[^"]+/revoke)"', again)
    assert "Revoked" in hr.post(address, follow_redirects=True).text


def test_a_record_store_is_named_asked_and_removed(visit: Visit, acme: SmallOrganisation) -> None:
    hr = visit(acme.actor["hr"])
    form = {"name": "Store", "address": "http://lrs.example.org", "every_hours": "24"}
    refused = hr.post("/courses/stores/new", data=form)
    assert "A record store is asked over https only." in refused.text
    page = hr.submit(
        "/courses/stores/new",
        form | {"address": "https://lrs.example.org/xapi", "username": "k", "secret": "hidden-9"},
    )
    assert ("not yet" in page.text, "hidden-9" in page.text) == (True, False)
    [ask] = re.findall('action="(/courses/stores/[^"]+/ask)"', page.text)
    assert "It is being asked." in hr.post(ask, follow_redirects=True).text
    removed = hr.post(ask.replace("/ask", "/remove"), follow_redirects=True)
    assert "No record store is asked." in removed.text


def test_a_file_of_statements_is_looked_at_then_stored(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
    hr = visit(acme.actor["hr"])
    said = [statement(1, "passed"), statement(2, "experienced"), statement(3, object=QUIZ)]
    raw = json.dumps(said).encode()
    data = {"file": (BytesIO(raw), "statements.json")}
    look = hr.post("/bring-in/statements", data=data, follow_redirects=True)
    assert "2 statements can be stored" in look.text
    assert "1 statement will wait until you say what or whom it is about." in look.text
    assert n_completions(database, acme, "leader") == 0
    done = hr.post(look.request.path, data={}, follow_redirects=True)
    assert "Stored: 2 added" in done.text
    assert n_completions(database, acme, "leader") == 1
    bad = hr.post(
        "/bring-in/statements",
        data={"file": (BytesIO(b"[" * 100_000), "statements.json")},
        follow_redirects=True,
    )
    assert "The file is nested too deeply." in bad.text


def test_only_hr_comes_here(visit: Visit, acme: SmallOrganisation) -> None:
    for who in ("leader", "coach", "sponsor", "administrator"):
        visitor = visit(acme.actor[who])
        for address in ("/courses/parked", "/courses/sources", "/bring-in/statements"):
            assert visitor.get(address).status_code == 403


def test_statements_asked_for_do_not_grow_with_what_waits(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, numbers = acme.actor["hr"], []
    for n in (1, 3):
        said = [statement(10 * n + i, object={"id": f"urn:{n}:{i}"}) for i in range(n)]
        with database.writing(acme.id) as session:
            rows = parse_statements(said, now=datetime(2026, 11, 20, 9, tzinfo=UTC)).rows
            take_statements(session, hr, rows, (), source="x", now=clock.now())
        with counted(database.engine) as asked, database.reading(acme.id) as session:
            parked_page(session, hr, people=False, page=1)
            sources_page(session, hr)
        numbers.append(len(asked))
    assert numbers == [8, 8]
