"""The jobs of assignments: links for those without an account, and outcomes that waited."""

from __future__ import annotations

from datetime import timedelta

from ldtrack.assignments.links import links_for
from ldtrack.assignments.service import DAILY, count_what_waited, mail_links
from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service import ask
from ldtrack.outbox.service.work import JobTicket


def every_day(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Let outcomes count for which nobody looked back in time; again tomorrow."""
    with workshop.database.writing(ticket.organisation_id) as session:
        now = workshop.now(session)
        count_what_waited(session, now=now)
        ask(session, kind=DAILY, thing_id=ticket.organisation_id, due_at=now + timedelta(days=1))


def mail_the_links(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Mail the links of one placement."""
    with workshop.database.writing(ticket.organisation_id) as session:
        links = links_for(workshop.settings)
        mail_links(session, ticket.thing_id, links, now=workshop.now(session))
