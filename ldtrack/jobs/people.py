"""Jobs of people: what was planned for a day comes when the day comes."""

from __future__ import annotations

from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service.work import JobTicket
from ldtrack.people.service.changes import carry_out_change


def change(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Let somebody join, move, leave or come back; what was taken back meanwhile is nothing."""
    with workshop.database.writing(ticket.organisation_id) as session:
        carry_out_change(session, ticket.thing_id, now=workshop.now(session))
