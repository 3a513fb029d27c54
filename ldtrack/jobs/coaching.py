"""The jobs of coaching: reminders of sessions and agreements, and choices that run out."""

from __future__ import annotations

from ldtrack.coaching.service import (
    LOOK_AFTER,
    REMIND,
    REMIND_TO_SIGN,
    Sender,
    look_after_choice,
    remind,
    remind_to_sign,
)
from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service import ask
from ldtrack.outbox.service.work import JobTicket


def remind_both(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Remind them a day before; later, if it was moved meanwhile."""
    with workshop.database.writing(ticket.organisation_id) as session:
        now = workshop.now(session)
        later = remind(session, ticket.thing_id, now=now, base_url=workshop.settings.site)
        if later is not None:
            ask(session, kind=REMIND, thing_id=ticket.thing_id, due_at=later)


def remind_signers(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Remind those who have not signed, every few days for a while."""
    with workshop.database.writing(ticket.organisation_id) as session:
        now = workshop.now(session)
        again = remind_to_sign(session, ticket.thing_id, now=now, base_url=workshop.settings.site)
        if again is not None:
            ask(session, kind=REMIND_TO_SIGN, thing_id=ticket.thing_id, due_at=again)


def look_after(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Let run out what waits in the choice of a coach; again tomorrow, until it is over."""
    settings = workshop.settings
    sender = Sender(address=settings.mail_address, base_url=settings.site)
    with workshop.database.writing(ticket.organisation_id) as session:
        now = workshop.now(session)
        again = look_after_choice(session, ticket.thing_id, now=now, sender=sender)
        if again is not None:
            ask(session, kind=LOOK_AFTER, thing_id=ticket.thing_id, due_at=again)
