"""The journal in a browser: writing, sharing, deleting, and nobody else ever."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from ldtrack.coaching import service as coaching
from ldtrack.coaching.domain import LogSession, OpenEngagement
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.reflection import queries, service
from ldtrack.reflection.domain import EntryRow, Prompt, WriteEntry
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
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
            WriteEntry(body=MARKER, reader_ids=(acme.person["coach"],) if shared else ()),
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
    assert (row.body, row.reader_ids) == ("Walked the night shift.\n\nAsked.", ())


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
    leader.submit(entry, {"body": f"{MARKER}, again", "readers": encode(acme.person["coach"])})
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
    page = other.submit("/journal", {"body": "Alone."})
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


def test_an_entry_can_be_shared_with_the_sponsor_alone(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    entry = f"/journal/{encode(_planted(database, acme, clock))}"
    leader, sponsor = visit(acme.actor["leader"]), visit(acme.actor["sponsor"])
    shared = f"/people/{encode(acme.person['leader'])}/journal"
    assert "of their journal" not in sponsor.get("/portfolio").text
    leader.submit(entry, {"body": MARKER, "readers": encode(acme.person["sponsor"])})
    assert "1 thing of their journal shared with you" in sponsor.get("/portfolio").text
    assert MARKER in sponsor.get(shared).text
    assert MARKER not in visit(acme.actor["coach"]).get(shared).text
    leader.post(f"{entry}/stop-sharing")
    assert MARKER not in sponsor.get(shared).text


def test_what_is_begun_keeps_its_line_and_its_competency(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    leader, (competency, *_) = visit(acme.actor["leader"]), acme.competency.values()
    begun = {"body": MARKER, "about": "The night shift", "competencies": encode(competency)}
    assert leader.post("/journal/draft", data=begun).status_code == 204
    page = leader.get(f"/journal?competency={encode(competency)}").text
    assert 'value="The night shift"' in page
    leader.submit("/journal", begun)
    (row,) = _entries(database, acme)
    assert (row.about, row.competency_ids) == ("The night shift", (competency,))
    growth = f"/people/{encode(acme.person['leader'])}/growth/{encode(competency)}"
    assert "1 entry is about it" in leader.get(growth).text
    assert "journal" not in visit(acme.actor["coach"]).get(growth).text.casefold()


def test_a_session_of_lately_is_offered_until_an_entry_looks_back_on_it(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    together = OpenEngagement(
        coach_id=acme.person["coach"],
        person_id=acme.person["leader"],
        starts_on=date(2026, 9, 1),
        sessions_agreed=8,
    )
    with database.writing(acme.id) as session:
        engagement_id = coaching.open_engagement(
            session, acme.actor["hr"], together, now=clock.now()
        )
        held = LogSession(held_on=clock.today(), minutes=60, unsigned_reason="It could not wait")
        coaching.log_session(session, acme.actor["coach"], engagement_id, held, now=clock.now())
    leader, line = visit(acme.actor["leader"]), "Coaching session of 20 Nov 2026"
    assert f">{line}</a>" in leader.get("/journal").text
    begun = leader.get(f"/journal?about={line}")
    assert f"What do you take from <em>{line}</em>?" in begun.text
    leader.submit("/journal", {"body": "To wait.", "about": line})
    assert f">{line}</a>" not in leader.get("/journal").text
    assert "Coaching session" not in visit(acme.actor["other_leader"]).get("/journal").text


def test_a_rhythm_is_set_on_a_page_of_its_own(visit: Visit, acme: SmallOrganisation) -> None:
    leader, coach = visit(acme.actor["leader"]), visit(acme.actor["coach"])
    shared = f"/people/{encode(acme.person['leader'])}/journal"
    assert "They wrote in" not in coach.get(shared).text
    assert leader.post("/journal/rhythm", data={"weeks": "3"}).status_code == 422
    page = leader.submit("/journal/rhythm", {"weeks": "2", "shown": "y"}).text
    assert "You are reminded every two weeks." in page
    assert "Ines Marques sees this number" in page
    assert "They wrote in 0 of the last 4 weeks, and let you see that." in coach.get(shared).text


@pytest.mark.parametrize("entries", [1, 5])
def test_the_journal_asks_as_often_with_one_entry_as_with_five(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, entries: int
) -> None:
    for _ in range(entries):
        _planted(database, acme, clock, shared=True)
    leader = visit(acme.actor["leader"])
    leader.get("/journal")
    with counted(database.engine) as statements:
        leader.get("/journal")
    assert len(statements) == 12


def test_a_leader_takes_their_journal_along_as_a_file(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    _planted(database, acme, clock, shared=True)
    leader = visit(acme.actor["leader"])
    leader.submit("/journal/takeaways", {"what": "Whom do I ask?", "kind": "question"})
    answer = leader.post("/journal/file")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="my-journal-2026-11-20.json"'
    )
    kept = answer.get_json()
    assert [(one["text"], one["shared_with"]) for one in kept["entries"]] == [
        (MARKER, ["Ines Marques"])
    ]
    assert [(one["what"], one["state"]) for one in kept["takeaways"]] == [
        ("Whom do I ask?", "open")
    ]
    theirs = visit(acme.actor["coach"]).post("/journal/file").get_json()
    assert (theirs["entries"], theirs["takeaways"]) == ([], [])
