"""The job that prints a 360 report: from the stored release, once, and not an old edition."""

from __future__ import annotations

from sqlalchemy import select

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.feedback import queries
from ldtrack.feedback.models import Release
from ldtrack.feedback.service import pass_on
from ldtrack.reviews import service
from ldtrack.reviews.models import PrintedReport
from ldtrack.reviews.queries import report_of_print
from tests.infrastructure.feedback import closed
from tests.infrastructure.organisation import SmallOrganisation


def test_the_paper_is_made_from_the_stored_report_and_only_until_there_is_a_file(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        pass_on(session, coach, running.subject_id, now=clock.now())
        release_id = session.scalars(select(Release.id)).one()
        service.ask_for_report(session, coach, release_id, now=clock.now())
        printed = session.scalars(select(PrintedReport)).one()
        paper = report_of_print(session, printed.id)
        shown = queries.report(session, coach, release_id)
        assert paper is not None
        assert (paper.person, paper.organisation, paper.closed_on) == (
            shown.person,
            "Acme",
            shown.report.closed_on,
        )
        assert [line.others.text for line in paper.feedback.lines if line.others] == [
            result.others.figure.text
            for result in shown.report.release.competencies
            if result.others
        ]
        service.report_printed(session, printed.id, "a" * 64)
        assert report_of_print(session, printed.id) is None
        service.report_not_printed(session, printed.id)
        assert printed.content_hash == "a" * 64


def test_a_report_that_waits_for_the_coach_is_not_printed(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        closed(session, acme, clock.now())
        printed = PrintedReport(release_id=session.scalars(select(Release.id)).one())
        session.add(printed)
        session.flush()
        assert report_of_print(session, printed.id) is None
