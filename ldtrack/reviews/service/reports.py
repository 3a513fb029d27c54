"""Having a 360 report printed: once for all who may read it, from what was stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.queries import report
from ldtrack.outbox.queries import latest_job
from ldtrack.outbox.service import ask
from ldtrack.reviews.domain.kinds import PrintState
from ldtrack.reviews.models import PrintedReport
from ldtrack.reviews.queries.reports import PRINT_REPORT, state_of


def ask_for_report(session: Session, actor: Actor, release_id: int, *, now: datetime) -> None:
    """Leave the printing as a job, unless it is done or under way; for whoever may read it."""
    if report(session, actor, release_id).newer_id is not None:
        raise NotVisible
    found = session.scalars(
        select(PrintedReport).where(PrintedReport.release_id == release_id)
    ).first()
    if found is not None:
        job = latest_job(session, kind=PRINT_REPORT, thing_id=found.id)
        if state_of(found, job) is not PrintState.FAILED:
            return
    else:
        found = PrintedReport(release_id=release_id)
        session.add(found)
    found.state = PrintState.WAITING
    session.flush()
    ask(session, kind=PRINT_REPORT, thing_id=found.id, due_at=now)


def report_printed(session: Session, printed_report_id: int, content_hash: str) -> None:
    """Give it its file; twice does no harm."""
    found = session.get(PrintedReport, printed_report_id, with_for_update=True)
    if found is not None and found.state != PrintState.READY:
        found.state, found.content_hash = PrintState.READY, content_hash
    session.flush()


def report_not_printed(session: Session, printed_report_id: int) -> None:
    """Say that it could not be made this time."""
    found = session.get(PrintedReport, printed_report_id, with_for_update=True)
    if found is not None and found.state == PrintState.WAITING:
        found.state = PrintState.FAILED
    session.flush()
