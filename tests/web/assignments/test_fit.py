"""How an opening fits its reader, and those who applied for it, as pages say it."""

from __future__ import annotations

from datetime import date

from ldtrack.assignments import service
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.integration.assignments.makers import opening
from tests.integration.growth.evidence import rated


def _posted(database: Database, acme: SmallOrganisation, clock: SetClock) -> str:
    with database.writing(acme.id) as session:
        rated(
            session,
            acme,
            "strategic-thinking",
            3.4,
            date(2026, 10, 1),
            clock.now(),
            source_id=1,
            noise=0.01,
        )
        command = opening(acme, starts_on=date(2027, 1, 4), ends_on=date(2027, 6, 30))
        posting_id = service.post_opening(session, acme.actor["hr"], command, now=clock.now())
    return f"/assignments/openings/{encode(posting_id)}"


def test_a_leader_reads_how_it_fits_and_why(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at, leader = _posted(database, acme, clock), visit(acme.actor["leader"])
    page = leader.get(at).text
    assert "How it fits you" in page
    assert "most from Strategic thinking" in page
    assert "your next step" in page
    assert "not yet assessed" in page
    assert "Needs a sponsor close by" in page
    assert "No stretch assignment before." in page
    assert "most from Strategic thinking" in leader.get("/assignments").text


def test_who_answers_for_it_reads_the_fit_of_those_who_applied_and_of_nobody_else(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at, owner = _posted(database, acme, clock), visit(acme.actor["manager"])
    assert "How it fits you" not in owner.get(at).text
    assert "most from" not in owner.get(at).text
    visit(acme.actor["leader"]).submit(f"{at}/apply", {})
    assert "most from" not in owner.get(at).text
    candidates = owner.get(f"{at}/candidates").text
    assert "most from Strategic thinking" in candidates
    assert "No stretch assignment before." in candidates
    assert "3.4" not in candidates
    assert "How it fits you" not in visit(acme.actor["leader"]).get(at).text


def test_who_is_open_to_offers_is_listed_with_their_fit_until_they_take_it_back(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at, owner = _posted(database, acme, clock), visit(acme.actor["manager"])
    leader = visit(acme.actor["leader"])
    assert "Open to offers" not in owner.get(f"{at}/candidates").text
    said = leader.submit("/assignments/open-to-offers", {"kinds": ["project", "rotation"]})
    assert "You are open to offers of: rotation, project." in said.text
    candidates = owner.get(f"{at}/candidates").text
    assert "Open to offers since 20 Nov 2026." in candidates
    assert "most from Strategic thinking" in candidates
    assert "mailto:amara.okafor%40example.org" in candidates or (
        "mailto:amara.okafor@example.org" in candidates
    )
    assert "3.4" not in candidates
    odd = leader.post("/assignments/open-to-offers", data={"kinds": ["holiday"]})
    assert (odd.status_code, "not on offer" in odd.text) == (422, True)
    gone = leader.submit("/assignments/open-to-offers", {})
    assert "You are not listed anywhere any more." in gone.text
    assert "Amara Okafor" not in owner.get(f"{at}/candidates").text
