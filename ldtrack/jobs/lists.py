"""The job that writes a long list."""

from __future__ import annotations

from functools import partial

from ldtrack.exchange.service.long_lists import write_list
from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service.work import JobTicket


def write(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """Write it and keep the file."""
    with workshop.database.reading(ticket.organisation_id) as session:
        now = workshop.now(session)
    write_list(
        partial(workshop.database.reading, ticket.organisation_id),
        partial(workshop.database.writing, ticket.organisation_id),
        ticket.thing_id,
        now=now,
        progress=progress,
    )
