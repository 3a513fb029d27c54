"""Completions, past ratings and frameworks by page."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.courses.queries import completions_of
from ldtrack.db.session import Database
from ldtrack.exchange.shipped import shipped, shipped_file
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit, Visitor
from tests.integration.courses.makers import a_course

DATA = Path(__file__).parents[2] / "data"


def choose(visitor: Visitor, kind: str, raw: bytes, name: str = "file.csv", **told: str) -> str:
    data: dict[str, Any] = {"file": (io.BytesIO(raw), name), **told}
    answer = visitor.post(f"/bring-in/{kind}", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def n_completions(database: Database, acme: SmallOrganisation) -> int:
    with database.reading(acme.id) as session:
        return sum(
            len(completions_of(session, acme.actor["hr"], person_id))
            for person_id in acme.person.values()
        )


def test_completions_come_in_and_can_be_taken_back(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now(), title="Leading Change 101")
    hr = visit(acme.actor["hr"])
    raw = (DATA / "moodle_completion_report.csv").read_bytes()
    address = choose(hr, "completions", raw)
    page = hr.get(address)
    assert "4 completions can be stored as they are." in page.text
    assert "3 completions will be kept and wait until you say whom" in page.text
    assert "2 people are not done yet and left out." in page.text
    done = hr.post(address, data={}, follow_redirects=True)
    assert "Stored: 1 added, 0 changed, 0 already here, 3 to be matched." in done.text
    assert "3 people to match" in done.text
    assert n_completions(database, acme) == 1
    answer = hr.post(f"{address}/take-back", follow_redirects=True)
    assert "4 completions taken back, with what they said about levels." in answer.text
    assert n_completions(database, acme) == 0


def test_a_gradebook_comes_in_once_its_course_is_said(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
    hr = visit(acme.actor["hr"])
    raw = (DATA / "moodle_gradebook_export.csv").read_bytes()
    raw = raw.replace(b"E1001", b"E1004").replace(b"E1003", b"E1006").replace(b"E1005,", b"E1007,")
    assert "does not name it" in hr.get(choose(hr, "completions", raw)).text
    page = hr.get(choose(hr, "completions", raw, course="lc-101"))
    assert "100 is assumed" in page.text
    assert "101.5 is more than the 100 points there are." in page.text


def test_a_published_framework_is_looked_at_and_brought_in_once(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "10 published frameworks come along" in hr.get("/bring-in/frameworks").text
    here = "/bring-in/frameworks/published/us-doi-ibc-core-2016"
    page = hr.get(here)
    assert "has 4 competencies on 5 levels." in page.text
    assert "US Department of the Interior" in page.text
    assert "The framework is here and published." in hr.post(here, follow_redirects=True).text
    assert "is here already; nothing would change." in hr.get(here).text
    assert "nothing is changed" in hr.post(here, follow_redirects=True).text
    assert hr.get("/bring-in/frameworks/published/nothing").status_code == 404


@pytest.mark.parametrize("key", [one.key for one in shipped()])
def test_every_published_framework_is_shown_on_pages_of_moderate_size(
    visit: Visit, acme: SmallOrganisation, key: str
) -> None:
    hr = visit(acme.actor["hr"])
    look = hr.get(f"/bring-in/frameworks/published/{key}")
    place = hr.post(f"/bring-in/frameworks/published/{key}").location
    page = hr.get(place)
    addresses = {part.split('"')[0] for part in page.text.split('href="/competencies/')[1:]}
    assert len(addresses) == next(one.n_competencies for one in shipped() if one.key == key)
    sizes = [
        len(look.data),
        len(page.data),
        *(len(hr.get(f"/competencies/{one}").data) for one in sorted(addresses)),
    ]
    assert max(sizes) < 60_000


def test_a_framework_file_is_looked_at_and_brought_in(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = choose(hr, "frameworks", shipped_file("eu-lifecomp"), "mine.json")
    assert "has 9 competencies on 5 levels." in hr.get(address).text
    assert "The framework is here as a draft." in hr.post(address, follow_redirects=True).text
    broken = shipped_file("eu-lifecomp").replace(b'"publisher"', b'"printer"')
    page = hr.get(choose(hr, "frameworks", broken, "mine.json"))
    assert "This framework cannot come in yet: 1 problem." in page.text
    assert "publisher" in page.text


def test_past_ratings_are_looked_at_as_the_reports_they_would_make(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    raw = (DATA / "ratings_360.csv").read_bytes().replace(b"E1001", b"E1004")
    for old, new in (
        (b"team-building", b"coaching-others"),
        (b"developing-others", b"strategic-thinking"),
        (b"accountability", b"financial-acumen"),
    ):
        raw = raw.replace(old, new)
    told = {"framework": encode(acme.framework_version_id), "closed_on": "2026-06-30"}
    address = choose(hr, "ratings", raw, **told)
    page = hr.get(address)
    assert "1 leader can be stored as it is." in page.text
    assert "direct_report 3, manager 1, peer 4, self 1, stakeholder 2" in page.text
    assert (
        "Stored: 1 added, 0 changed, 0 already here."
        in hr.post(address, follow_redirects=True).text
    )
    assert (
        "Stored: 0 added, 0 changed, 1 already here."
        in hr.post(address, follow_redirects=True).text
    )


def test_past_ratings_with_a_problem_are_not_stored_at_all(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    raw = (DATA / "ratings_360.csv").read_bytes()
    told = {"framework": encode(acme.framework_version_id), "closed_on": "2026-06-30"}
    address = choose(hr, "ratings", raw, **told)
    page = hr.get(address)
    assert "Nobody has the external id" not in page.text
    assert "The framework has no competency “team-building”." in page.text
    assert "Mend the lines above in your file" in page.text
    assert hr.post(address, data={"skip_bad": "y"}).status_code == 422


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "administrator"])
@pytest.mark.parametrize("kind", ["completions", "ratings", "frameworks"])
def test_only_hr_brings_files_in(
    visit: Visit, acme: SmallOrganisation, who: str, kind: str
) -> None:
    visitor = visit(acme.actor[who])
    assert visitor.get(f"/bring-in/{kind}").status_code == 403
    assert visitor.post(f"/bring-in/{kind}").status_code == 403


def test_everybody_reads_frameworks_and_whose_work_they_are(
    visit: Visit, acme: SmallOrganisation
) -> None:
    for who in ("leader", "coach", "sponsor", "administrator"):
        visitor = visit(acme.actor[who])
        assert "A small framework" in visitor.get("/frameworks").text
        assert "Bring in a framework" not in visitor.get("/frameworks").text
        page = visitor.get(f"/frameworks/{encode(acme.framework_version_id)}")
        assert "has 3 competencies in 2 domains." in page.text
        attributions = visitor.get("/attributions").text
        assert "Written for the tests" in attributions
        assert "CC0-1.0" in attributions
        competency = visitor.get(f"/competencies/{encode(acme.competency['coaching-others'])}")
        assert "Shows coaching others at level 3" in competency.text


def test_frameworks_of_another_organisation_do_not_exist_here(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert hr.get(f"/frameworks/{encode(rival.framework_version_id)}").status_code == 404
    competency = rival.competency["coaching-others"]
    assert hr.get(f"/competencies/{encode(competency)}").status_code == 404
