"""Every number of HR's day is the one behind its link."""

from __future__ import annotations

import re
from datetime import timedelta

from ldtrack.competencies.queries import competencies_by_key, frameworks
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.courses.service import AddCourse, add_course
from ldtrack.db.session import Database
from ldtrack.exchange.framework_import import import_shipped
from ldtrack.pathways import service
from ldtrack.pathways.domain import BeginPilot, NeedKind, StateNeed
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit, Visitor
from tests.integration.pathways.makers import a_pathway, enrolled

_LINE = re.compile(r"<li>(.*?)</li>", re.S)


def _lines(hr: Visitor) -> dict[str, str]:
    """What waits, in words, with the address that each line leads to."""
    found = {}
    for line in _LINE.findall(hr.get("/today").text):
        address = re.search(r'<a [^>]*href="([^"]+)"', line)
        text = re.search(r'<span class="visually-hidden">: (.*?)</span>', line, re.S)
        if address and text:
            found[text[1].strip()] = address[1].replace("&amp;", "&")
    return found


def test_gaps_are_counted_framework_by_framework_each_with_its_own_map(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        enrolled(session, acme, a_pathway(session, acme, now), now)
        brought = import_shipped(session, hr, "us-doi-ibc-core-2016", now=now)
        other_id = brought.framework_version_id or 0
        keys = competencies_by_key(session, other_id)
        develops = ((next(iter(keys.values())), 1),)
        add_course(session, hr, AddCourse(code="X", title="X", develops=develops), now=now)
        titles = {row.framework_version_id: row.title for row in frameworks(session)}
    visitor = visit(hr)
    lines = _lines(visitor)
    for version_id, gaps, of in (
        (acme.framework_version_id, 3 - 2, 3),
        (other_id, 4 - 1, 4),
    ):
        word = "competency" if gaps == 1 else "competencies"
        address = lines[f"Nothing develops {gaps} {word} of {titles[version_id]}"]
        assert address == f"/competency-map?framework={encode(version_id)}&gaps=1"
        page = visitor.get(address).text
        found = page.count("Nothing develops this")
        assert (found, f"of {of} competencies" in page) == (gaps, True)


def test_a_pilot_whose_time_is_over_is_to_be_looked_back_on(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    pilot = BeginPilot(cohort="First", aim="Try it", ends_on=clock.today() + timedelta(days=1))
    with database.writing(acme.id) as session:
        made = a_pathway(session, acme, now)
        service.begin_pilot(session, hr, made.version_id, pilot, now=now)
    text = "The pilot of To lead others is over"
    assert text not in _lines(visit(hr))
    clock.instant += timedelta(days=2)
    visitor = visit(hr)
    address = _lines(visitor)[text]
    assert address == f"/pathways/{encode(made.version_id)}/pilot"
    assert "it is time to look back" in visitor.get(address).text


def test_all_needs_that_are_counted_can_be_paged_through(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    count = 50 + 1
    with database.writing(acme.id) as session:
        enrolment_id = enrolled(session, acme, a_pathway(session, acme, clock.now()), clock.now())
        for number in range(count):
            need = StateNeed(
                enrolment_id=enrolment_id, kind=NeedKind.TIME, words=f"Need {number} of mine"
            )
            service.state_need(session, acme.actor["leader"], need, now=clock.now())
    visitor = visit(acme.actor["hr"])
    address = _lines(visitor)[f"{count} needs of participants wait for somebody"]
    pages = [visitor.get(f"{address}?page={number}").text for number in (1, 2, 9)]
    listed = [re.findall(r"Need \d+ of mine", page) for page in pages]
    assert [len(needs) for needs in listed[:2]] == [50, 1]
    assert listed[2] == listed[1]
    assert f"{count} needs of participants wait for somebody." in pages[0]
    with counted(database.engine) as statements:
        visitor.get(address)
    assert len(statements) <= 12
