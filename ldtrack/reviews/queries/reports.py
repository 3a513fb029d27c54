"""Printed 360 reports: where the printing of one stands, and what the job prints."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.core.errors import NotVisible
from ldtrack.feedback.queries import ShownReport
from ldtrack.feedback.queries.reports import report_to_print
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.queries import JobRow, latest_job
from ldtrack.people.queries import organisation_name
from ldtrack.reviews.domain.kinds import PrintState
from ldtrack.reviews.domain.report_paper import ReportPaper, report_paper
from ldtrack.reviews.models import PrintedReport

PRINT_REPORT = "reviews.print_report"
"""The job that prints one."""


@dataclass(frozen=True, kw_only=True)
class PrintedRow:
    """Where the printing of a report stands; `done` counts the parts of the job that are over."""

    id: int
    state: PrintState
    done: int
    content_hash: str


def printed_report(session: Session, shown: ShownReport) -> PrintedRow:
    """The print of a report that the reader may see, if it was asked for; else `NotVisible`.

    Of an edition whose place another took nothing is printed any more.
    """
    found = session.scalars(
        select(PrintedReport).where(PrintedReport.release_id == shown.release_id)
    ).first()
    if found is None or shown.newer_id is not None:
        raise NotVisible
    job = latest_job(session, kind=PRINT_REPORT, thing_id=found.id)
    return PrintedRow(
        id=found.id,
        state=state_of(found, job),
        done=job.done if job else 0,
        content_hash=found.content_hash,
    )


def state_of(found: PrintedReport, job: JobRow | None) -> PrintState:
    """Where it stands; it has failed too if every runner of its job died before it could say so."""
    if found.state == PrintState.WAITING and job is not None and job.state is JobState.FAILED:
        return PrintState.FAILED
    return PrintState(found.state)


def report_of_print(session: Session, printed_report_id: int) -> ReportPaper | None:
    """What is to be printed; None if there is nothing to do."""
    found = session.get(PrintedReport, printed_report_id)
    shown = report_to_print(session, found.release_id) if found is not None else None
    if found is None or shown is None or found.state == PrintState.READY:
        return None
    return report_paper(
        shown.report,
        organisation=organisation_name(session, found.organisation_id),
        person=shown.person,
        release_id=shown.release_id,
        edition=shown.number,
        released_on=shown.released_on,
        held_back=shown.held_back.sentence,
    )
