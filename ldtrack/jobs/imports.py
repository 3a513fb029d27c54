"""Jobs of files that are brought in: looking at them, storing them, taking them back."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from ldtrack.exchange.service import carrying_out, looking
from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service.work import JobTicket


def look(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """Read a file and write down what it would do."""
    looking.look(
        partial(workshop.database.writing, ticket.organisation_id),
        ticket.thing_id,
        now=_now(workshop, ticket),
        progress=progress,
    )


def go_on(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """Store what is left of a file, or take back what is left of it."""
    carrying_out.go_on(
        partial(workshop.database.writing, ticket.organisation_id),
        ticket.thing_id,
        _now(workshop, ticket),
        progress,
    )


def _now(workshop: Workshop, ticket: JobTicket) -> datetime:
    with workshop.database.reading(ticket.organisation_id) as session:
        return workshop.now(session)
