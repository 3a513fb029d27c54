"""Jobs of 360 cycles: closing one after its last day, and forgetting its answers years later."""

from __future__ import annotations

from ldtrack.feedback import service
from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service.work import JobTicket


def close(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Close the cycle if its last day is over; twice does no harm."""
    with workshop.database.writing(ticket.organisation_id) as session:
        service.close_if_due(
            session, ticket.thing_id, workshop.settings.rater_key, workshop.clock.now()
        )


def forget(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Delete the answers of a cycle that closed long ago."""
    with workshop.database.writing(ticket.organisation_id) as session:
        service.forget_answers(session, ticket.thing_id)
