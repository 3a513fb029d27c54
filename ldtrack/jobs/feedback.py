"""Jobs of 360 cycles: ending one, making its reports, forgetting its answers years later."""

from __future__ import annotations

from ldtrack.feedback import service
from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service.work import JobTicket


def close(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """End whatever of the cycle is past its last day; twice does no harm."""
    with workshop.database.writing(ticket.organisation_id) as session:
        service.close_if_due(
            session, ticket.thing_id, workshop.settings.rater_key, workshop.clock.now()
        )


def release(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """Make the reports of an ended cycle, a few in each transaction."""
    with workshop.database.reading(ticket.organisation_id) as session:
        total = left = service.left_to_do(session, ticket.thing_id)
    while left:
        with workshop.database.writing(ticket.organisation_id) as session:
            left = service.release_some(
                session,
                ticket.thing_id,
                now=workshop.clock.now(),
                base_url=workshop.settings.site,
            )
        progress(total - left, total)
    with workshop.database.writing(ticket.organisation_id) as session:
        service.sum_up(session, ticket.thing_id, now=workshop.clock.now())


def forget(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Delete the answers of a cycle that closed long ago."""
    with workshop.database.writing(ticket.organisation_id) as session:
        service.forget_answers(session, ticket.thing_id, now=workshop.clock.now())
