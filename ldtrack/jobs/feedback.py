"""Jobs of 360 cycles: asking, reminding, ending, making reports, forgetting answers years later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.feedback import service
from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service.work import JobTicket


def invite(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """Ask the raters of everybody whose questionnaires have opened."""

    def some(session: Session) -> int:
        return service.invite_some(
            session, ticket.thing_id, now=workshop.now(session), delivery=delivery
        )

    hour = ticket.details.get(service.HOUR_OF_ALL)
    delivery = replace(_delivery(workshop), hour=hour and datetime.fromisoformat(hour))

    with workshop.database.reading(ticket.organisation_id) as session:
        total = service.left_to_invite(session, ticket.thing_id)
    _in_parts(workshop, ticket, progress, some, total)


def remind(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """Send the reminders that are planned for today."""

    def some(session: Session) -> int:
        return service.remind_some(
            session, ticket.thing_id, now=workshop.now(session), delivery=_delivery(workshop)
        )

    _in_parts(workshop, ticket, progress, some)


def close(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """End whatever of the cycle is past its last day; twice does no harm."""
    with workshop.database.reading(ticket.organisation_id) as session:
        total = service.left_to_close(session, ticket.thing_id, workshop.now(session))
    more = True
    while more:
        with workshop.database.writing(ticket.organisation_id) as session:
            now = workshop.now(session)
            more = service.close_if_due(session, ticket.thing_id, workshop.settings.rater_key, now)
            left = service.left_to_close(session, ticket.thing_id, now)
        progress(max(total - left, 0), total)


def end(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """Go on ending a large cycle that was closed by hand."""

    def some(session: Session) -> int:
        return service.end_some(
            session, ticket.thing_id, workshop.settings.rater_key, workshop.now(session)
        )

    _in_parts(workshop, ticket, progress, some)


def release(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """Make the reports of ended questionnaires, a few in each transaction.

    A report that cannot be made because of a fault keeps nobody else's from being made; the job
    fails after the others, and is tried again like every other.
    """
    not_made: dict[int, service.ReportNotMade] = {}

    def some(session: Session) -> int:
        return service.release_some(
            session,
            ticket.thing_id,
            now=workshop.now(session),
            base_url=workshop.settings.site,
            but=not_made,
        )

    with workshop.database.reading(ticket.organisation_id) as session:
        total = left = service.left_to_do(session, ticket.thing_id)
    while left:
        try:
            _in_parts(workshop, ticket, progress, some, total)
            left = 0
        except service.ReportNotMade as fault:
            not_made[fault.subject_id] = fault
    if not_made:
        raise next(iter(not_made.values()))
    with workshop.database.reading(ticket.organisation_id) as session:
        summary = service.summary_of(session, ticket.thing_id)
    if summary is not None:
        with workshop.database.writing(ticket.organisation_id) as session:
            service.keep_summary(session, ticket.thing_id, summary, now=workshop.now(session))


def forget(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Delete the answers of a cycle that closed long ago."""
    with workshop.database.writing(ticket.organisation_id) as session:
        service.forget_answers(session, ticket.thing_id, now=workshop.now(session))


def _delivery(workshop: Workshop) -> service.Delivery:
    return service.Delivery(rater_key=workshop.settings.rater_key, base_url=workshop.settings.site)


def _in_parts(
    workshop: Workshop,
    ticket: JobTicket,
    progress: Progress,
    some: Callable[[Session], int],
    total: int = 0,
) -> None:
    """Do some in each transaction until none are left, and say how far it is."""
    left = 1
    while left:
        with workshop.database.writing(ticket.organisation_id) as session:
            left = some(session)
        total = max(total, left)
        progress(total - left, total)
