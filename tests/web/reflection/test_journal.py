"""The journal in a browser: writing, sharing, deleting, and nobody else ever."""

from __future__ import annotations

import pytest
from flask import Flask

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.reflection import queries, service
from ldtrack.reflection.domain import EntryRow, Prompt, WriteEntry
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit, Visitor

MARKER = "zebra-in-the-margin"


def _entries(database: Database, acme: SmallOrganisation) -> list[EntryRow]:
    with database.reading(acme.id) as session:
        return queries.entries(session, acme.actor["leader"], acme.person["leader"])[0]


def _planted(
    database: Database, acme: SmallOrganisation, clock: SetClock, *, shared: bool = False
) -> int:
    with database.writing(acme.id) as session:
        return service.write(
            session,
            acme.actor["leader"],
            WriteEntry(body=MARKER, shared=shared),
            now=clock.now(),
        )


def test_a_leader_writes_and_reads_it_back(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    leader = visit(acme.actor["leader"])
    assert "one line" in leader.get("/journal").text
    page = leader.submit(
        "/journal", {"body": "Walked the night shift.\n\nAsked.", "prompt": "open"}
    )
    assert "You wrote in 1 of the last 4 weeks." in page.text
    assert "Only you" in page.text
    row = _entries(database, acme)[0]
    assert (row.body, row.shared) == ("Walked the night shift.\n\nAsked.", False)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("nul\x00l", "null"),
        ("עברית \u202eוערבית", "עברית וערבית"),
        ("🙃\r\n🙃", "🙃\n🙃"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_words_of_all_kinds_are_kept_as_they_were_meant(
    visit: Visit, database: Database, acme: SmallOrganisation, body: str, kept: str
) -> None:
    page = visit(acme.actor["leader"]).submit("/journal", {"body": body})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert [row.body for row in _entries(database, acme)] == [kept]


@pytest.mark.parametrize("body", ["", " \n ", "x" * 1_000_000, Prompt.KOLB.starter])
def test_nothing_and_too_much_are_refused(
    visit: Visit, database: Database, acme: SmallOrganisation, body: str
) -> None:
    answer = visit(acme.actor["leader"]).post("/journal", data={"body": body, "prompt": "kolb"})
    assert answer.status_code == 422
    assert _entries(database, acme) == []


def test_an_entry_sent_twice_is_kept_once(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    leader, typed = visit(acme.actor["leader"]), {"body": "Hm.", "idempotency_key": "d" * 32}
    assert [leader.post("/journal", data=typed).status_code for _ in range(2)] == [303, 303]
    assert len(_entries(database, acme)) == 1


def test_a_prompt_puts_its_questions_into_the_box(visit: Visit, acme: SmallOrganisation) -> None:
    leader = visit(acme.actor["leader"])
    assert "What do I make of it?" in leader.get("/journal?prompt=kolb").text
    assert leader.get("/journal?prompt=nonsense&page=-1").status_code == 200


def test_what_was_begun_is_kept_and_comes_back(visit: Visit, acme: SmallOrganisation) -> None:
    leader = visit(acme.actor["leader"])
    assert leader.post("/journal/draft", data={"body": MARKER, "prompt": "kolb"}).status_code == 204
    assert MARKER in leader.get("/journal").text
    assert MARKER not in visit(acme.actor["other_leader"]).get("/journal").text


def test_sharing_and_taking_back_work_at_once(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    entry = f"/journal/{encode(_planted(database, acme, clock))}"
    leader, coach = visit(acme.actor["leader"]), visit(acme.actor["coach"])
    shared = f"/people/{encode(acme.person['leader'])}/journal"
    assert "has shared no journal entry with you" in coach.get(shared).text
    assert "Shared with Ines Marques" in leader.post(f"{entry}/share", follow_redirects=True).text
    assert MARKER in coach.get(shared).text
    assert coach.get(entry).status_code == 404
    leader.post(f"{entry}/stop-sharing")
    assert MARKER not in coach.get(shared).text
    leader.submit(entry, {"body": f"{MARKER}, again", "shared": "y"})
    assert f"{MARKER}, again" in coach.get(shared).text


def test_a_deleted_entry_is_gone_for_everybody_and_comes_back_by_undo(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    entry = f"/journal/{encode(_planted(database, acme, clock, shared=True))}"
    leader, coach = visit(acme.actor["leader"]), visit(acme.actor["coach"])
    shared = f"/people/{encode(acme.person['leader'])}/journal"
    page = leader.post(f"{entry}/delete", follow_redirects=True)
    assert f"{entry}/bring-back" in page.text
    assert MARKER not in page.text
    assert MARKER not in coach.get(shared).text
    assert MARKER in leader.post(f"{entry}/bring-back", follow_redirects=True).text


def test_somebody_without_a_coach_is_offered_nobody_to_share_with(
    visit: Visit, acme: SmallOrganisation
) -> None:
    other = visit(acme.actor["other_leader"])
    page = other.submit("/journal", {"body": "Alone.", "shared": "y"})
    assert page.status_code == 200
    assert "You have no coach at present" in page.text
    assert "Shared with" not in page.text


@pytest.mark.parametrize("step", ["nonsense", encode(77)])
def test_a_step_that_is_not_here_is_not_found(
    visit: Visit, acme: SmallOrganisation, step: str
) -> None:
    assert visit(acme.actor["leader"]).get(f"/journal?step={step}").status_code == 404


@pytest.mark.parametrize("shared", [False, True])
def test_no_page_shows_the_entry_to_anybody_but_the_author_and_a_coach_it_is_shared_with(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    shared: bool,
) -> None:
    entry_id = _planted(database, acme, clock, shared=shared)
    values = {"person_id": acme.person["leader"], "entry_id": entry_id}
    addresses = _addresses(app, values)
    readers = {
        who
        for who, actor in acme.actor.items()
        if any(_shows(visit(actor), address) for address in addresses)
    }
    assert "/journal" in addresses
    assert readers == ({"leader", "coach"} if shared else {"leader"})


def _addresses(app: Flask, values: dict[str, int]) -> list[str]:
    """Every page that can be opened with no more than a person or an entry in its address."""
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        return [
            adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
            and rule.endpoint not in {"static", "stylesheet"}
            and rule.arguments <= values.keys()
        ]


def _shows(visitor: Visitor, address: str) -> bool:
    return MARKER in visitor.get(address).get_data(as_text=True)
