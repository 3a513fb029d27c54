"""The job of journals: reminding whoever wants to write and did not."""

from __future__ import annotations

from datetime import timedelta

from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service import ask
from ldtrack.outbox.service.work import JobTicket
from ldtrack.reflection.service import DAILY, remind_of_takeaways, remind_writers


def every_day(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Remind them; again tomorrow."""
    with workshop.database.writing(ticket.organisation_id) as session:
        now = workshop.now(session)
        remind_writers(session, now=now, base_url=workshop.settings.site)
        remind_of_takeaways(session, now=now, base_url=workshop.settings.site)
        ask(session, kind=DAILY, thing_id=ticket.organisation_id, due_at=now + timedelta(days=1))
