"""The report: who may open it and when, what can leak into it, what it costs to show."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.rows import Sharing
from ldtrack.feedback.models import Release, Response
from tests.infrastructure.feedback import RATER_KEY, USUAL_SCORES, RunningCycle, answer, opened
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit

_NAMES = ("Petra", "Kline", "petra.kline@example.org", "Rosa", "Diaz", "rosa.diaz@example.org")


@pytest.fixture
def closed(
    database: Database, acme: SmallOrganisation, clock: SetClock, running: RunningCycle
) -> RunningCycle:
    """Everybody answered and wrote marked words; the coach has the report."""
    with database.writing(acme.id) as session:
        for rater, score in USUAL_SCORES.items():
            words = {
                "keep": WrittenComment(text=f"Shown words {score}"),
                "less": WrittenComment(text=f"Coach words {rater}", sharing=Sharing.COACH_ONLY),
            }
            answer(session, running, rater, score, clock.now(), comments=words)
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
    return running


def release_id(database: Database, acme: SmallOrganisation) -> str:
    with database.reading(acme.id) as session:
        return encode(session.scalars(select(Release.id)).one())


def test_competencies_asked_about_by_one_statement_each_share_a_table(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now(), per_competency=1)
        for rater, score in USUAL_SCORES.items():
            answer(session, running, rater, score, clock.now())
        service.close_cycle(session, running.id, RATER_KEY, clock.now())

    preview = f"/feedback/debriefs/{encode(running.subject_id)}/preview"
    page = visit(acme.actor["coach"]).get(preview).text

    assert page.count('<span class="result-name">') == len(acme.competency)
    assert (page.count(", by group</caption>"), page.count("Altogether")) == (1, 0)


def test_each_role_reads_the_report_at_its_time(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    closed: RunningCycle,
) -> None:
    report = f"/feedback/reports/{release_id(database, acme)}"
    debrief = f"/feedback/debriefs/{encode(closed.subject_id)}"
    actors = {**acme.actor, "rival": rival.actor["coach"], "rival_hr": rival.actor["hr"]}
    visitors = {role: visit(actor) for role, actor in actors.items()}

    def may(address: str) -> set[str]:
        return {role for role, v in visitors.items() if v.get(address).status_code == 200}

    assert may(debrief) == {"coach"}
    assert may(report) == may(f"{report}.csv") == set()
    refused = [
        v.post(f"{debrief}/pass-on").status_code for r, v in visitors.items() if r != "coach"
    ]
    assert set(refused) <= {403, 404}
    assert may(report) == set()
    assert visitors["coach"].post(f"{debrief}/pass-on").status_code == 303
    assert may(report) == may(f"{report}.csv") == {"leader", "coach"}
    assert may(debrief) == {"coach"}


def test_names_and_held_words_are_on_no_page_and_in_no_file(
    visit: Visit, database: Database, acme: SmallOrganisation, closed: RunningCycle
) -> None:
    coach, leader = visit(acme.actor["coach"]), visit(acme.actor["leader"])
    debrief = f"/feedback/debriefs/{encode(closed.subject_id)}"
    prepared = coach.get(debrief).text
    assert "Coach words report_1" in prepared
    assert [name for name in _NAMES if name in prepared] == []
    coach.post(f"{debrief}/pass-on")
    assert "Coach words" not in coach.get(debrief).text
    report = f"/feedback/reports/{release_id(database, acme)}"
    for text in (leader.get(report).text, leader.get(f"{report}.csv").text):
        assert "Shown words 4" in text
        assert "Coach words" not in text
        assert [name for name in _NAMES if name in text] == []
        assert not [id_ for id_ in closed.invitation.values() if encode(id_) in text]
        assert not [id_ for id_ in closed.invitation.values() if str(id_) in text]


def test_no_comment_is_a_formula_in_the_file_and_page_and_file_hold_it_as_it_was_written(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    formula = '=HYPERLINK("http://evil.example","x") <b>&'
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        for rater, score in USUAL_SCORES.items():
            said = {"keep": WrittenComment(text=formula)} if rater.startswith("peer") else {}
            answer(session, running, rater, score, clock.now(), comments=said)
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
    visit(acme.actor["coach"]).post(f"/feedback/debriefs/{encode(running.subject_id)}/pass-on")
    leader = visit(acme.actor["leader"])
    report = f"/feedback/reports/{release_id(database, acme)}"
    cells = [row[4] for row in csv.reader(io.StringIO(leader.get(f"{report}.csv").text)) if row]
    assert cells.count("'" + formula) == 4
    assert formula not in cells
    assert leader.get(report).text.count("=HYPERLINK(&#34;http://evil.example&#34;") == 4


def test_page_and_file_say_the_same(
    visit: Visit, database: Database, acme: SmallOrganisation, closed: RunningCycle
) -> None:
    visit(acme.actor["coach"]).post(f"/feedback/debriefs/{encode(closed.subject_id)}/pass-on")
    leader = visit(acme.actor["leader"])
    report = f"/feedback/reports/{release_id(database, acme)}"
    page, file = leader.get(report).text, leader.get(f"{report}.csv").text
    assert "Coaching others,,Peers,4.0,3 or more,raters agree" in file
    assert "Coaching others,,Others together,3.6,7 or more," in file
    assert "Others 3.6 (" in page
    assert "from 7 or more; self 5.0." in page


def test_reading_and_downloading_leave_a_trace_and_raters_none(
    visit: Visit, database: Database, acme: SmallOrganisation, closed: RunningCycle
) -> None:
    coach = visit(acme.actor["coach"])
    debrief = f"/feedback/debriefs/{encode(closed.subject_id)}"
    coach.get(debrief)
    coach.post(f"{debrief}/pass-on")
    report = f"/feedback/reports/{release_id(database, acme)}"
    coach.get(report)
    coach.get(f"{report}.csv")
    with database.reading(acme.id) as session:
        events = session.execute(
            select(AuditEvent.action, AuditEvent.account_id, AuditEvent.person_id).where(
                AuditEvent.account_id == acme.actor["coach"].account_id
            )
        ).all()
        assert sorted(action for action, _, _ in events) == [
            "feedback.cycle:pass_on",
            "feedback.release:download",
            "feedback.release:read",
            "feedback.release:read_first",
        ]
        assert {person for _, _, person in events} == {acme.person["leader"]}
        raters = session.scalar(
            select(func.count())
            .select_from(AuditEvent)
            .where(AuditEvent.account_id == acme.actor["manager"].account_id)
        )
        assert raters == 0


@pytest.mark.parametrize("n_cycles", [1, 3])
def test_a_report_takes_eight_statements_whatever_the_history(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    closed: RunningCycle,
    n_cycles: int,
) -> None:
    with database.writing(acme.id) as session:
        coach = acme.actor["coach"]
        service.pass_on(session, coach, closed.subject_id, now=clock.now())
        for number in range(1, n_cycles):
            more = opened(session, acme, clock.now(), name=f"Cycle {number}")
            for rater, score in USUAL_SCORES.items():
                answer(session, more, rater, score, clock.now())
            service.close_cycle(session, more.id, RATER_KEY, clock.now())
            service.pass_on(session, coach, more.subject_id, now=clock.now())
        rows = queries.released_reports(session, coach, acme.person["leader"])
        assert len(rows) == n_cycles
    leader = visit(acme.actor["leader"])
    leader.get("/feedback")
    with counted(database.engine) as statements:
        assert leader.get(f"/feedback/reports/{encode(rows[0].release_id)}").status_code == 200
    assert len(statements) <= 8


def test_the_stored_report_is_what_is_shown_whatever_happens_to_answers(
    visit: Visit, database: Database, acme: SmallOrganisation, closed: RunningCycle
) -> None:
    visit(acme.actor["coach"]).post(f"/feedback/debriefs/{encode(closed.subject_id)}/pass-on")
    leader = visit(acme.actor["leader"])
    report = f"/feedback/reports/{release_id(database, acme)}.csv"
    before = leader.get(report).text
    with database.writing(acme.id) as session:
        service.forget_answers(session, closed.id, now=datetime(2099, 1, 1, tzinfo=UTC))
        assert session.scalars(select(Response.id)).all() == []
    assert leader.get(report).text == before
