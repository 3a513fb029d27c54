"""A leader keeps a note, a coach stops sharing one, and both take theirs with them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ldtrack.coaching import service
from ldtrack.coaching.domain import LogSession
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.seals import Seal
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit

MARKDOWN = "**Ours**\nand <b>more</b> – [here](https://example.org) [not](javascript:alert(1))"


@pytest.fixture
def session_id(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> int:
    """A session with a shared note and one of the coach's own."""
    held = LogSession(
        held_on=date(2026, 11, 18), minutes=60, shared_note=MARKDOWN, private_note="Mine"
    )
    with database.writing(acme.id) as session:
        return service.log_session(
            session, acme.actor["coach"], engagement_id, held, now=clock.now()
        )


def test_a_leaders_own_note_is_kept_as_it_is_typed_and_shown_to_them_alone(
    visit: Visit, acme: SmallOrganisation, session_id: int
) -> None:
    leader, address = visit(acme.actor["leader"]), f"/coaching/sessions/{encode(session_id)}"
    assert "Note something for yourself" in leader.get("/coaching").text
    kept = leader.post(f"{address}/own-note/keep?turn=0", data={"body": "I was afr"})
    assert kept.status_code == 204
    assert "I was afr</textarea>" in leader.get(f"{address}/own-note").text
    page = leader.submit(f"{address}/own-note", {"body": "I was afraid."})
    assert "Only you can read this, not even Ines Marques" in page.text
    assert "<p>I was afraid.</p>" in page.text
    late = leader.post(f"{address}/own-note/keep?turn=0", data={"body": "I was afr"})
    assert late.status_code == 409
    assert "I was afraid." in leader.get("/coaching").text
    coach = visit(acme.actor["coach"])
    assert "afraid" not in coach.get(f"/people/{encode(acme.person['leader'])}/coaching").text
    for role in ("hr", "sponsor", "manager", "administrator"):
        assert visit(acme.actor[role]).get(f"{address}/own-note").status_code in {403, 404}, role


def test_a_note_that_is_too_long_is_refused_with_its_text(
    visit: Visit, acme: SmallOrganisation, session_id: int
) -> None:
    address = f"/coaching/sessions/{encode(session_id)}/own-note"
    refused = visit(acme.actor["leader"]).post(address, data={"body": "x" * 20_001})
    assert refused.status_code == 422
    assert "Please shorten this to 20,000 characters; it has 20,001." in refused.text


def test_markup_is_shown_and_tags_stay_text(
    visit: Visit, acme: SmallOrganisation, session_id: int
) -> None:
    page = visit(acme.actor["leader"]).get("/coaching").text
    assert "<strong>Ours</strong>\nand &lt;b&gt;more&lt;/b&gt;" in page
    assert '<a href="https://example.org">here</a>' in page
    assert 'href="javascript' not in page


def test_a_coach_stops_sharing_a_note_with_one_button(
    visit: Visit, acme: SmallOrganisation, session_id: int
) -> None:
    coach, leader = visit(acme.actor["coach"]), visit(acme.actor["leader"])
    address = f"/coaching/sessions/{encode(session_id)}/unshare"
    assert leader.post(address).status_code == 403
    page = coach.post(address, follow_redirects=True).text
    assert "The note is among your private ones now." in page
    assert "Stop sharing" not in page
    assert "Ours" not in leader.get("/coaching").text
    assert coach.post(address).status_code == 409


def test_without_the_key_pages_open_and_say_in_a_sentence_what_is_missing(
    visit: Visit, database: Database, acme: SmallOrganisation, session_id: int, engagement_id: int
) -> None:
    coach, leader = visit(acme.actor["coach"]), visit(acme.actor["leader"])
    at = encode(session_id)
    coach.post(
        f"/coaching/engagements/{encode(engagement_id)}/draft", data={"private_note": "Half"}
    )
    database.seal = Seal(("another key",))
    opening = f"/people/{encode(acme.person['leader'])}/coaching"
    for address in (opening, "/coaching/private-notes"):
        page = coach.get(address)
        assert page.status_code == 200
        assert "its key is not here" in page.text
        assert "Mine" not in page.text
    form = coach.get(f"/coaching/engagements/{encode(engagement_id)}/sessions/new")
    assert "gives that draft up" in form.text
    for address in (f"/coaching/sessions/{at}/correct", f"/coaching/sessions/{at}/own-note"):
        page = coach.get(address)
        assert page.status_code == 503
        assert "the key that opens them is not here" in page.text
    assert leader.get("/coaching").status_code == 200


def test_each_takes_their_own_with_them_as_a_file(
    visit: Visit, acme: SmallOrganisation, session_id: int
) -> None:
    leader, coach = visit(acme.actor["leader"]), visit(acme.actor["coach"])
    leader.submit(f"/coaching/sessions/{encode(session_id)}/own-note", {"body": "Hers"})
    taken = {name: one.post("/coaching/file") for name, one in (("l", leader), ("c", coach))}
    records = {name: json.loads(answer.get_data()) for name, answer in taken.items()}
    assert [note["text"] for note in records["l"]["private_notes"]] == ["Hers"]
    assert [one["shared_note"] for one in records["l"]["sessions"]] == [MARKDOWN]
    assert [note["text"] for note in records["c"]["private_notes"]] == ["Mine"]
    assert records["c"]["sessions"] == []
    assert "my-coaching-2026-11-20.json" in taken["l"].headers["Content-Disposition"]


def test_the_page_asks_little(
    visit: Visit, database: Database, acme: SmallOrganisation, session_id: int
) -> None:
    leader = visit(acme.actor["leader"])
    with counted(database.engine) as statements:
        leader.get(f"/coaching/sessions/{encode(session_id)}/own-note")
    assert len(statements) <= 8, statements
