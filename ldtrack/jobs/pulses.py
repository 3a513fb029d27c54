"""Jobs of pulses: asking about a cycle that has closed, ending a pulse, making its one result."""

from __future__ import annotations

from ldtrack.feedback.service import Delivery
from ldtrack.feedback.service.pulses import (
    close_pulse_if_due,
    make_pulse_result,
    open_process_pulses,
)
from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service.work import JobTicket


def ask_about_process(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Ask raters and leaders about the cycle; those who were asked are not asked again."""
    with workshop.database.writing(ticket.organisation_id) as session:
        open_process_pulses(
            session, ticket.thing_id, now=workshop.now(session), delivery=_delivery(workshop)
        )


def close(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """End the pulse if its last day is over; twice does no harm."""
    with workshop.database.writing(ticket.organisation_id) as session:
        close_pulse_if_due(
            session, ticket.thing_id, workshop.settings.rater_key, workshop.now(session)
        )


def make_result(workshop: Workshop, ticket: JobTicket, _progress: Progress) -> None:
    """Make the result of a pulse that has closed; one that is there is left alone."""
    with workshop.database.writing(ticket.organisation_id) as session:
        make_pulse_result(
            session, ticket.thing_id, now=workshop.now(session), delivery=_delivery(workshop)
        )


def _delivery(workshop: Workshop) -> Delivery:
    settings = workshop.settings
    return Delivery(rater_key=settings.rater_key, base_url=settings.site)
