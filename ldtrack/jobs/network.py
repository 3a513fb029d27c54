"""The job of triads: reminding, telling the others, forgetting what ended."""

from __future__ import annotations

from datetime import timedelta

from ldtrack.jobs.work import Progress, Workshop
from ldtrack.network.links import seat_links
from ldtrack.network.service import DAILY, Sender, look_after
from ldtrack.outbox.service import ask
from ldtrack.outbox.service.work import JobTicket


def every_day(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Look after them; again tomorrow."""
    with workshop.database.writing(ticket.organisation_id) as session:
        now = workshop.now(session)
        look_after(session, sender=Sender(links=seat_links(workshop.settings), now=now))
        ask(session, kind=DAILY, thing_id=ticket.organisation_id, due_at=now + timedelta(days=1))
