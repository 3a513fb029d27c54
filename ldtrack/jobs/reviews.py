"""Jobs of reviews: printing one, and printing a 360 report."""

from __future__ import annotations

from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service.work import JobTicket
from ldtrack.reviews import service
from ldtrack.reviews.links import links_for
from ldtrack.reviews.paper import Consent, html_of, html_of_report
from ldtrack.reviews.pdf import Bounds, NotPrinted, pdf_of
from ldtrack.reviews.queries import order, report_of_print
from ldtrack.reviews.shelf import Shelf


def render(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """Print the frozen document and put the file away; a review that has its file is left alone."""
    settings = workshop.settings
    with workshop.database.reading(ticket.organisation_id) as session:
        wanted = order(session, ticket.thing_id)
    if wanted is None:
        return
    progress(1, 3)
    html = html_of(wanted.document, Consent(agreed_on=wanted.agreed_on, note=wanted.note))
    bounds = Bounds(seconds=settings.pdf_seconds, megabytes=settings.pdf_megabytes)
    try:
        content = pdf_of(html, bounds)
    except NotPrinted:
        with workshop.database.writing(ticket.organisation_id) as session:
            service.not_printed(session, ticket.thing_id)
        raise
    progress(2, 3)
    kept = Shelf(settings.documents).put(content)
    with workshop.database.writing(ticket.organisation_id) as session:
        service.printed(
            session,
            ticket.thing_id,
            kept,
            was_agreed=wanted.agreed_on is not None,
            links=links_for(settings),
            now=workshop.now(session),
        )


def print_report(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """Print a stored 360 report and put the file away; one that has its file is left alone."""
    settings = workshop.settings
    with workshop.database.reading(ticket.organisation_id) as session:
        paper = report_of_print(session, ticket.thing_id)
    if paper is None:
        return
    progress(1, 3)
    bounds = Bounds(seconds=settings.pdf_seconds, megabytes=settings.pdf_megabytes)
    try:
        content = pdf_of(html_of_report(paper), bounds)
    except NotPrinted:
        with workshop.database.writing(ticket.organisation_id) as session:
            service.report_not_printed(session, ticket.thing_id)
        raise
    progress(2, 3)
    kept = Shelf(settings.documents).put(content)
    with workshop.database.writing(ticket.organisation_id) as session:
        service.report_printed(session, ticket.thing_id, kept)
