"""Programmes as files by page: handed on, looked at, brought in, decided line by line."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.pathways import queries
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit, Visitor
from tests.web.pathways.conftest import Way, way

__all__ = ["way"]

HERE = "/bring-in/programmes"


def send(visitor: Visitor, content: bytes) -> str:
    """Send a file. Returns the address of its preview."""
    answer = visitor.post(
        HERE,
        data={"file": (io.BytesIO(content), "p.json")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def take(hr: Visitor, way: Way) -> dict[str, Any]:
    """The file of the published version."""
    answer = hr.post(f"{way.at}/hand-on/file", data={})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith('-1.programme.json"')
    content: dict[str, Any] = json.loads(answer.data)
    return content


def titled(content: dict[str, Any], title: str) -> dict[str, Any]:
    [found] = [item for item in content["items"] if item["title"] == title]
    assert isinstance(found, dict)
    return found


def test_hr_locks_a_step_takes_the_file_and_elsewhere_it_is_locked(
    visit: Visit, way: Way, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    hr, there = visit(acme.actor["hr"]), visit(rival.actor["hr"])
    page = hr.get(f"{way.at}/hand-on").text
    assert "with nobody’s name in it" in page
    locked = encode(way.made.milestone)
    assert (
        "Kept. The next file says so." in hr.submit(f"{way.at}/hand-on", {"locked": [locked]}).text
    )
    content = take(hr, way)
    assert titled(content, "Coach a peer")["locked"] is True
    address = send(there, json.dumps(content).encode())
    page = there.get(address).text
    assert "would come in as a draft with 5 steps." in page
    assert "Course: Leading change (LC-101)" in page
    page = there.post(address, data={}, follow_redirects=True).text
    assert "The programme is here as a draft." in page
    assert "1 piece is locked" in page
    assert "Came from elsewhere, edition 1" in page
    assert (
        "is here already; nothing would change."
        in there.get(send(there, json.dumps(content).encode())).text
    )


def test_lines_that_both_sides_changed_stand_side_by_side_until_somebody_decides(
    visit: Visit,
    database: Database,
    way: Way,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
) -> None:
    hr, there = visit(acme.actor["hr"]), visit(rival.actor["hr"])
    content = take(hr, way)
    page = there.post(send(there, json.dumps(content).encode()), data={}, follow_redirects=True)
    with database.reading(rival.id) as session:
        [row] = queries.catalogue(session, rival.actor["hr"])
        plan = queries.pathway(session, rival.actor["hr"], row.versions[0].id)
    stage = encode(plan.stages[0].id)
    assert there.submit(f"/pathways/stages/{stage}", {"title": "Basics"}).status_code == 200
    titled(content, "Foundations")["title"] = "Grounds"
    content["edition"] = 2
    address = send(there, json.dumps(content).encode())
    page = there.get(address)
    assert "leaves 1 line for you to decide" in page.text
    assert "Basics" in page.text
    assert "Grounds" in page.text
    refused = there.post(address, data={})
    assert refused.status_code == 422
    assert "Say what holds in 1 line that changed on both sides." in refused.text
    key = f"take-{titled(content, 'Grounds')['identifier']}/title"
    assert there.post(address, data={key: "nobody"}).status_code == 422
    done = there.post(address, data={key: "there"}, follow_redirects=True)
    assert "Grounds" in done.text


def test_a_locked_step_is_refused_in_plain_words_and_a_copy_is_offered(
    visit: Visit,
    database: Database,
    way: Way,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
) -> None:
    hr, there = visit(acme.actor["hr"]), visit(rival.actor["hr"])
    content = take(hr, way)
    titled(content, "Coach a peer")["locked"] = True
    there.post(send(there, json.dumps(content).encode()), data={})
    with database.reading(rival.id) as session:
        [row] = queries.catalogue(session, rival.actor["hr"])
        plan = queries.pathway(session, rival.actor["hr"], row.versions[0].id)
    step = encode(plan.steps[1].id)
    answer = there.post(f"/pathways/steps/{step}/remove", data={})
    assert answer.status_code == 409
    assert "Make a copy of the pathway of your own to change it" in answer.text
    at = f"/pathways/{encode(plan.version_id)}"
    assert "came from elsewhere, edition 1" in there.get(f"{at}/hand-on").text
    answer = there.post(f"{at}/hand-on/copy", data={"title": "To lead others"})
    assert answer.status_code == 422
    assert "There is a pathway of that title already." in answer.text
    answer = there.post(f"{at}/hand-on/copy", data={"title": "Ours"}, follow_redirects=True)
    assert "This copy is yours: nothing in it is locked." in answer.text


def test_a_file_that_is_none_is_named_and_nothing_can_be_stored(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = send(hr, b"PK\x03\x04 a bomb")
    page = hr.get(address)
    assert "This programme cannot come in yet: 1 problem." in page.text
    assert "a spreadsheet or a zip archive" in page.text
    assert hr.post(address, data={}).status_code == 422


@pytest.mark.parametrize("key", ["leader", "coach", "manager", "sponsor", "administrator"])
def test_nobody_else_hands_on_or_brings_in(
    visit: Visit, way: Way, acme: SmallOrganisation, key: str
) -> None:
    visitor = visit(acme.actor[key])
    assert visitor.get(HERE).status_code == 403
    assert visitor.get(f"{way.at}/hand-on").status_code == 403
    assert visitor.post(f"{way.at}/hand-on/file", data={}).status_code == 403
    assert visitor.post(f"{way.at}/hand-on/copy", data={"title": "x"}).status_code == 403


def test_the_pages_ask_little(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    hr, there = visit(acme.actor["hr"]), visit(rival.actor["hr"])
    content = take(hr, way)
    new = send(there, json.dumps(content).encode())
    found = {}
    with counted(database.engine) as statements:
        there.get(new)
    found["new"] = len(statements)
    there.post(new, data={})
    again = send(there, json.dumps(content).encode())
    with counted(database.engine) as statements:
        there.get(again)
    found["again"] = len(statements)
    with counted(database.engine) as statements:
        hr.get(f"{way.at}/hand-on")
    found["hand on"] = len(statements)
    with counted(database.engine) as statements:
        hr.get(way.at)
    found["version"] = len(statements)
    # What is here is read whole to be compared, so that looking again takes more; none of it grows
    # with the programme.
    assert found == {"new": 9, "again": 12, "hand on": 8, "version": 11}
