"""A 360 report as a PDF: asked for, waited for and opened by whoever may read the report."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import queries, service
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.models import Job
from ldtrack.reviews.models import PrintedReport
from ldtrack.reviews.service import report_not_printed, report_printed
from ldtrack.reviews.shelf import Shelf
from tests.infrastructure.feedback import closed
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit, Visitor
from tests.web.reviews.conftest import STAND_IN


@pytest.fixture
def report(database: Database, acme: SmallOrganisation, clock: SetClock) -> str:
    """The address of a report that is out."""
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        service.pass_on(session, acme.actor["coach"], running.subject_id, now=clock.now())
        (row,) = queries.released_reports(session, acme.actor["leader"], acme.person["leader"])
    return f"/feedback/reports/{encode(row.release_id)}"


def finish(app: Flask, database: Database, acme: SmallOrganisation) -> None:
    """Give the report its file, as the job would."""
    kept = Shelf(app.extensions["ldtrack.settings"].documents).put(STAND_IN)
    with database.writing(acme.id) as session:
        for id_ in session.scalars(select(PrintedReport.id)):
            report_printed(session, id_, kept)


def progress(visitor: Visitor, report: str) -> dict[str, Any]:
    return dict(visitor.get(f"{report}/print/progress").get_json())


def test_it_is_printed_once_for_everybody_who_may_read_it(
    app: Flask, visit: Visit, database: Database, acme: SmallOrganisation, report: str
) -> None:
    leader, coach = visit(acme.actor["leader"]), visit(acme.actor["coach"])
    assert leader.get(f"{report}/print").status_code == 404
    assert leader.post(f"{report}/print").location.endswith("/print")
    coach.post(f"{report}/print")
    with database.reading(acme.id) as session:
        jobs = select(Job.id).where(Job.kind == "reviews.print_report")
        assert len(session.scalars(jobs).all()) == 1
    assert "being laid out" in leader.get(f"{report}/print").text
    assert progress(leader, report)["state"] == "waiting"
    assert leader.get(f"{report}/feedback.pdf").status_code == 404
    finish(app, database, acme)
    assert "ready to be printed" in leader.get(f"{report}/print").text
    assert progress(leader, report)["next_url"].endswith("/print")
    for reader in (leader, coach):
        file = reader.get(f"{report}/feedback.pdf")
        assert (file.data, file.mimetype) == (STAND_IN, "application/pdf")


def test_who_may_not_read_the_report_may_not_print_it(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    report: str,
) -> None:
    visit(acme.actor["leader"]).post(f"{report}/print")
    finish(app, database, acme)
    others = {**acme.actor, "rival": rival.actor["leader"], "rival_coach": rival.actor["coach"]}
    for role in others.keys() - {"leader", "coach"}:
        stranger = visit(others[role])
        for address in (f"{report}/print", f"{report}/print/progress", f"{report}/feedback.pdf"):
            assert stranger.get(address).status_code in (403, 404), (role, address)
        assert stranger.post(f"{report}/print").status_code in (403, 404), role


def test_opening_the_file_leaves_a_trace(
    app: Flask, visit: Visit, database: Database, acme: SmallOrganisation, report: str
) -> None:
    coach = visit(acme.actor["coach"])
    coach.post(f"{report}/print")
    finish(app, database, acme)
    coach.get(f"{report}/feedback.pdf")
    with database.reading(acme.id) as session:
        told = select(AuditEvent.person_id).where(
            AuditEvent.action == "feedback.release:download",
            AuditEvent.account_id == acme.actor["coach"].account_id,
        )
        assert session.scalars(told).all() == [acme.person["leader"]]


def test_what_could_not_be_printed_can_be_tried_again(
    visit: Visit, database: Database, acme: SmallOrganisation, report: str
) -> None:
    leader = visit(acme.actor["leader"])
    leader.post(f"{report}/print")
    with database.writing(acme.id) as session:
        report_not_printed(session, session.scalars(select(PrintedReport.id)).one())
    assert "could not be printed" in leader.get(f"{report}/print").text
    leader.post(f"{report}/print")
    assert "being laid out" in leader.get(f"{report}/print").text


def test_what_no_runner_lived_to_print_can_be_tried_again(
    visit: Visit, database: Database, acme: SmallOrganisation, report: str
) -> None:
    leader = visit(acme.actor["leader"])
    leader.post(f"{report}/print")
    with database.writing(acme.id) as session:
        session.execute(update(Job).values(state=JobState.FAILED))
    assert "could not be printed" in leader.get(f"{report}/print").text
    assert progress(leader, report)["state"] == "failed"
    leader.post(f"{report}/print")
    assert "being laid out" in leader.get(f"{report}/print").text
