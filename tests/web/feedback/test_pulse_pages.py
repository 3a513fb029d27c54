"""Pages of pulses: set up by HR, answered by link, read by those asked; and questions back."""

from __future__ import annotations

import logging
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from flask import Flask
from sqlalchemy import select, text

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import service as cycles
from ldtrack.feedback.domain.keys import link_word
from ldtrack.feedback.models import Pulse, Release
from tests.infrastructure.feedback import RATER_KEY, RunningCycle, answered_by, closed
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.pulses import RunningPulse, answer_to, finish, opened_pulse
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit, Visitor
from tests.web.feedback.conftest import run_jobs

_TABLES = (
    "answered_request",
    "audit_event",
    "job",
    "login_session",
    "message",
    "pulse",
    "pulse_answer",
    "pulse_comment",
    "pulse_invitation",
    "pulse_response",
)
_BOTH = {"a_s1": "4", "a_s2": "no"}


@pytest.fixture
def pulse(database: Database, acme: SmallOrganisation, clock: SetClock) -> RunningPulse:
    """An open pulse of five people."""
    with database.writing(acme.id) as session:
        return opened_pulse(session, acme, clock.now())


@pytest.fixture
def links(database: Database, acme: SmallOrganisation, pulse: RunningPulse) -> dict[str, str]:
    """The address in each of their mails."""
    return _links(database, acme, pulse)


def _links(database: Database, acme: SmallOrganisation, pulse: RunningPulse) -> dict[str, str]:
    with database.reading(acme.id) as session:
        key = session.scalars(select(Pulse.key).where(Pulse.id == pulse.id)).one() or b""
    return {who: f"/p/{link_word(RATER_KEY, key, id_)}" for who, id_ in pulse.invitation.items()}


def _mails(app: Flask) -> list[EmailMessage]:
    folder = app.extensions["ldtrack.settings"].instance / "mail"
    return [message_from_bytes(path.read_bytes(), policy=default) for path in folder.glob("*")]


def _links_in_mails(app: Flask) -> list[str]:
    found = [re.search(r"/p/[\w-]{43}", mail.get_content()) for mail in _mails(app)]
    return [match[0] for match in found if match]


def _anybody(app: Flask) -> Visitor:
    made = app.test_client()
    assert isinstance(made, Visitor)
    return made


def _sizes(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in _TABLES
        }


def test_from_set_up_to_result(
    app: Flask, visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "There is no pulse yet." in hr.get("/feedback/pulses").text
    answer = hr.submit(
        "/feedback/pulses/new",
        {
            "name": "Project team",
            "closes_on": "2026-12-04",
            "statements": "We talk openly.\n\n We keep our promises. \n",
            "question": "What would help?",
        },
        follow=False,
    )
    people = answer.location
    at = people.removesuffix("/people")
    chosen = [encode(acme.person[key]) for key in ("peer_1", "peer_2", "leader")]
    assert hr.submit(people, {"people": chosen}, follow=False).location == at
    outsider = {"name": "Olga Kahn", "email": "olga@client.example"}
    assert hr.submit(f"{at}/outside", outsider, follow=False).location == at
    page = hr.get(at).text
    assert "is ready to ask 4 people" in page
    assert "HR sees how many have answered, not who." in page
    hr.post(f"{at}/open")
    run_jobs(app)
    links = _links_in_mails(app)
    assert len(links) == 4
    for link in links:
        answer = _anybody(app).submit(
            link, {"a_s1": "4", "a_s2": "2", "q_words": "Time together"}, follow=False
        )
        assert answer.location == f"{link}/thanks"
    assert "4 of 4 have answered" not in hr.get(at).text
    assert "3 or more of 4 have answered" in hr.get(at).text
    hr.post(f"{at}/close")
    assert "its result is being made" in hr.get(at).text
    run_jobs(app)
    run_jobs(app)
    leader = visit(acme.actor["leader"])
    assert f"{at}/result" in leader.get("/feedback").text
    for page in (hr.get(at).text, leader.get(f"{at}/result").text):
        assert "Most agreed: “We talk openly.”" in page
        assert page.count("Time together") == 4
    to_olga = [mail for mail in _mails(app) if "olga@client.example" in mail["To"]]
    assert any("We talk openly. 4.0" in mail.get_content() for mail in to_olga)
    assert visit(acme.actor["coach"]).get(f"{at}/result").status_code == 404
    again = hr.post(f"{at}/repeat").location
    assert "is ready to ask 4 people" in hr.get(again).text


def test_a_draft_can_be_worded_differently_emptied_and_dropped(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    typed = {"name": "A", "closes_on": "2026-12-04", "statements": "One."}
    at = hr.submit("/feedback/pulses/new", typed, follow=False).location.removesuffix("/people")
    assert "needs at least 3 people" in hr.get(at).text
    hr.submit(f"{at}/people", {"people": [encode(acme.person["peer_1"])]})
    changed = {**typed, "statements": "Two.\nThree.", "shows_names": "y"}
    assert hr.submit(f"{at}/words", changed, follow=False).location == at
    page = hr.get(at).text
    assert "<li>Two.</li><li>Three.</li>" in page
    assert "HR sees who has answered." in page
    removal = re.search(r"/feedback/pulses/people/\w+/remove", page)
    assert removal is not None
    hr.post(removal[0])
    assert "Petra Kline" not in hr.get(at).text
    assert hr.post(f"{at}/drop").location == "/feedback/pulses"
    assert hr.get(at).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Give the pulse a name."),
        ({"statements": " \n "}, "Write at least one statement."),
        ({"statements": "Same.\nSame."}, "The same statement stands here twice."),
        ({"statements": "\n".join(f"{n}." for n in range(11))}, "between one and 10 statements"),
        ({"statements": "a" * 201}, "keep each statement under 201 characters"),
        ({"closes_on": "2026-11-19"}, "Give a day that is not in the past."),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field_and_what_was_typed_stays(
    visit: Visit, acme: SmallOrganisation, typed: dict[str, str], sentence: str
) -> None:
    hr = visit(acme.actor["hr"])
    data = {"name": "Team", "closes_on": "2026-12-04", "statements": "One.", **typed}
    answer = hr.submit("/feedback/pulses/new", {**data, "question": "Kept as typed?"})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept as typed?" in answer.text


def test_the_promise_stands_before_the_questions(app: Flask, links: dict[str, str]) -> None:
    page = _anybody(app).get(links["peer_1"]).text
    assert "The result is read by HR and by everybody who was asked." in page
    assert "from at least 3 people, and only once: at the end." in page
    assert "HR sees how many have answered, not who." in page
    assert "Your answers are deleted as soon as the result is out." in page
    assert page.index("HR sees how many") < page.index("We talk openly.")


def test_answers_are_there_again_and_can_be_changed_until_it_closes(
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    pulse: RunningPulse,
    links: dict[str, str],
) -> None:
    phone, laptop, link = _anybody(app), _anybody(app), links["peer_1"]
    assert phone.submit(link, {**_BOTH, "q_words": "Mine"}, follow=False).status_code == 303
    page = laptop.get(link).text
    assert re.search(r'name="a_s1"[^>]*value="4" checked', page)
    assert re.search(r'name="a_s2"[^>]*value="no" checked', page)
    assert re.search(r">\s*Mine</textarea>", page)
    assert laptop.submit(link, {"a_s1": "2"}, follow=False).location == f"{link}/thanks"
    with database.writing(acme.id) as session:
        finish(session, pulse.id, clock.now())
    for address in (link, f"{link}/thanks"):
        assert phone.get(address).status_code == 404
    late = phone.post(link, data={**_BOTH, "q_words": "Typed too late"})
    assert (late.status_code, "no open questionnaire" in late.text) == (404, True)
    assert "Typed too late" in late.text


def test_nothing_at_all_is_no_answer(app: Flask, database: Database, links: dict[str, str]) -> None:
    for data in ({}, {"q_words": "   "}):
        answer = _anybody(app).post(links["peer_1"], data=data)
        assert answer.status_code == 422
        assert "Answer at least one statement before you send." in answer.text
    wrong = _anybody(app).post(links["peer_1"], data={"a_s1": "9", "q_words": "Kept"})
    assert (wrong.status_code, "Kept" in wrong.text) == (422, True)
    long = _anybody(app).post(links["peer_1"], data={"a_s1": "4", "q_words": "a" * 5_000})
    assert "Please shorten this to 4,000 characters" in long.text
    assert _sizes(database)["pulse_response"] == 0


def test_telling_words_are_pointed_out_once_before_anything_is_sent(
    app: Flask, database: Database, links: dict[str, str]
) -> None:
    person, link = _anybody(app), links["peer_1"]
    typed = {**_BOTH, "q_words": "As her specialist, petra@example.org, I would know."}
    first = person.post(link, data=typed)
    assert first.status_code == 422
    assert "This may tell that it was you: petra@example.org" in first.text
    assert _sizes(database)["pulse_comment"] == 0
    looked = re.search(r'name="looked"[^>]*value="(\w+)"', first.text)
    assert looked is not None
    second = person.post(link, data={**typed, "looked": looked[1]})
    assert second.location == f"{link}/thanks"
    assert _sizes(database)["pulse_comment"] == 1


@pytest.mark.parametrize("words", ["=1+1", "<b>bold</b> & more", "مرحبا", "👩‍🚀 fine"])
def test_words_are_shown_as_they_were_typed_and_mean_nothing_to_the_page(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    pulse: RunningPulse,
    words: str,
) -> None:
    with database.writing(acme.id) as session:
        for person in ("peer_1", "peer_2", "leader"):
            answer_to(session, pulse, person, 4, clock.now(), words=words)
        finish(session, pulse.id, clock.now())
    page = visit(acme.actor["leader"]).get(f"/feedback/pulses/{encode(pulse.id)}/result").text
    assert page.count(words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) == 3


def test_answering_leaves_no_trace_outside_the_tables_of_answers(
    app: Flask,
    database: Database,
    links: dict[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = _sizes(database)
    with caplog.at_level(logging.DEBUG):
        person, link = _anybody(app), links["peer_1"]
        answer = person.submit(link, {**_BOTH, "q_words": "Marked words"}, follow=False)
        thanks = person.get(answer.location)
        twice = person.post(link, data={**_BOTH, "q_words": "Marked words"})
    after = _sizes(database)
    assert twice.status_code == 303
    assert {table: after[table] - before[table] for table in _TABLES} == {
        **dict.fromkeys(_TABLES, 0),
        "pulse_answer": 2,
        "pulse_comment": 1,
        "pulse_response": 1,
    }
    assert link.removeprefix("/p/") not in caplog.text
    assert "Marked words" not in caplog.text
    assert {"ETag", "Last-Modified"}.isdisjoint(thanks.headers)
    assert thanks.headers["Cache-Control"] == "no-store"


def test_somebody_signed_in_comes_to_their_own_questions_only(
    visit: Visit,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    pulse: RunningPulse,
    links: dict[str, str],
) -> None:
    leader = visit(acme.actor["leader"])
    own = f"/feedback/pulses/asked/{encode(pulse.invitation['leader'])}"
    assert own in leader.get("/feedback").text
    assert leader.get(own).location == links["leader"]
    for stranger in (acme.actor["manager"], acme.actor["hr"], rival.actor["leader"]):
        assert visit(stranger).get(own).status_code == 404
    passed_on = leader.get(links["peer_1"])
    assert (passed_on.status_code, "sent to somebody else" in passed_on.text) == (404, True)
    leader.post(links["leader"], data=_BOTH)
    assert "Sent" in leader.get("/feedback").text


def test_sending_takes_as_many_statements_whatever_is_answered(
    app: Flask, database: Database, links: dict[str, str]
) -> None:
    person, link = _anybody(app), links["peer_1"]
    person.post(link, data={**_BOTH, "q_words": "Once"})
    with counted(database.engine) as statements:
        assert person.post(link, data={**_BOTH, "q_words": "Twice"}).status_code == 303
    assert len(statements) == 13


@pytest.fixture
def report(database: Database, acme: SmallOrganisation, clock: SetClock) -> str:
    """A report that the leader has."""
    with database.writing(acme.id) as session:
        cycle = closed(session, acme, clock.now())
        cycles.pass_on(session, acme.actor["coach"], cycle.subject_id, now=clock.now())
        return f"/feedback/reports/{encode(session.scalars(select(Release.id)).one())}"


def test_a_leader_asks_back_and_reads_what_was_written_at_the_end(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    report: str,
) -> None:
    leader = visit(acme.actor["leader"])
    assert f"{report}/questions" in leader.get(report).text
    assert "Nothing was asked yet." in leader.get(f"{report}/questions").text
    offered = re.search(r'<option value="(\w+)">Coaching others', leader.get(f"{report}/ask").text)
    assert offered is not None
    typed = {"about": offered[1], "question": "What would help?", "closes_on": "2026-12-01"}
    asked = leader.submit(f"{report}/ask", typed, follow=False)
    assert asked.location == f"{report}/questions"
    found = re.search(r"/feedback/questions/\w+", leader.get(asked.location).text)
    assert found is not None
    assert "no count of answers" in leader.get(found[0]).text
    run_jobs(app)
    links = _links_in_mails(app)
    assert len(links) == 8
    for number, link in enumerate(links[:5]):
        rater = _anybody(app)
        page = rater.get(link).text
        assert "About: Coaching others" in page
        assert "Nobody is told whether you answered." in page
        assert rater.post(link, data={"q_words": ""}).status_code == 422
        assert rater.post(link, data={"q_words": f"Marked {number}"}).status_code == 303
    assert "Marked" not in leader.get(found[0]).text
    clock.instant = clock.instant.replace(month=12, day=2)
    run_jobs(app)
    for reader in ("leader", "coach"):
        page = visit(acme.actor[reader]).get(found[0]).text
        assert [page.count(f"Marked {number}") for number in range(5)] == [1] * 5
    for stranger in ("hr", "manager", "sponsor", "other_coach"):
        assert visit(acme.actor[stranger]).get(found[0]).status_code in (403, 404)


def test_the_cycles_page_asks_how_it_was_and_shows_what_came_of_it(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    running: RunningCycle,
) -> None:
    hr = visit(acme.actor["hr"])
    at = f"/feedback/cycles/{encode(running.id)}"
    assert "Ask them when it closes" in hr.get(at).text
    hr.post(f"{at}/ask-about")
    assert "Do not ask them" in hr.get(at).text
    hr.post(f"{at}/leave-alone")
    hr.post(f"{at}/ask-about")
    with database.writing(acme.id) as session:
        answered_by(session, running, ["peer_1", "peer_2", "peer_3"], clock.now())
    hr.post(f"{at}/close")
    run_jobs(app)
    page = hr.get(at).text
    assert "8 people are asked until 4 Dec 2026" in page
    assert "Fewer than 3 people could be asked, so nobody was." in page
