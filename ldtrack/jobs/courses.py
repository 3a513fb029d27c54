"""Jobs of courses: asking record stores for statements, telling of completions that end."""

from __future__ import annotations

from datetime import timedelta

from ldtrack.courses import service
from ldtrack.courses.service import statements
from ldtrack.exchange.record_store import NotAnswered, Page, Store, pages_since
from ldtrack.exchange.xapi import parse_statements
from ldtrack.jobs.work import Progress, Workshop
from ldtrack.outbox.service import ask
from ldtrack.outbox.service.work import JobTicket

_AT_A_TIME = 100
"""Courses in one transaction."""


def every_day(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """Tell everybody whose completion ends soon, place what is known by now; again tomorrow."""
    with workshop.database.reading(ticket.organisation_id) as session:
        courses = service.courses_to_renew(session)
    for start in range(0, len(courses), _AT_A_TIME):
        some = courses[start : start + _AT_A_TIME]
        with workshop.database.writing(ticket.organisation_id) as session:
            service.remind_of(
                session, some, now=workshop.now(session), base_url=workshop.settings.site
            )
        progress(start + len(some), len(courses))
    with workshop.database.writing(ticket.organisation_id) as session:
        actor = statements.for_source(session, "What is known by now")
        statements.look_again(session, actor, now=workshop.now(session))
        tomorrow = workshop.now(session) + timedelta(days=1)
        ask(session, kind=service.DAILY, thing_id=ticket.organisation_id, due_at=tomorrow)


def pull(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
    """Ask a store for what is new, keep each page as it comes, and plan the next time.

    A store that does not answer is no failed job: HR reads what was wrong, and it is asked again.
    """
    with workshop.database.reading(ticket.organisation_id) as session:
        wanted = statements.store_to_ask(session, ticket.thing_id)
    if wanted is None:
        return
    store = Store(
        address=wanted.address,
        username=wanted.username,
        secret=wanted.secret,
        trusted=workshop.settings.trusted_stores,
    )
    problem = ""
    n_bad = n_pages = 0
    try:
        for page in pages_since(store, wanted.since):
            n_bad += _keep(workshop, ticket, wanted.name, page)
            n_pages += 1
            progress(n_pages, 0)
    except NotAnswered as error:
        problem = str(error)
    if n_bad and not problem:
        problem = f"{n_bad} statements could not be read and were left out."
    with workshop.database.writing(ticket.organisation_id) as session:
        statements.store_asked(session, ticket.thing_id, problem=problem, now=workshop.now(session))


def _keep(workshop: Workshop, ticket: JobTicket, name: str, page: Page) -> int:
    """Store a page together with how far it leads. Returns how many of it could not be read."""
    with workshop.database.writing(ticket.organisation_id) as session:
        now = workshop.now(session)
        parsed = parse_statements(page.statements, now=now)
        actor = statements.for_source(session, name)
        done = statements.take_statements(
            session, actor, parsed.rows, parsed.voided, source=name, now=now, clashes=False
        )
        statements.store_told(session, ticket.thing_id, n_new=done.new, until=page.until)
    return len(parsed.problems) + done.clashing
