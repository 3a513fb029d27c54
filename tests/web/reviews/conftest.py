"""A leader with a year behind them, and reviews whose file is a stand-in for a printed one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from ldtrack.core import ids
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.reviews import queries, service
from ldtrack.reviews.domain.kinds import Audience
from ldtrack.reviews.domain.rows import AskForReview
from ldtrack.reviews.links import links_for
from ldtrack.reviews.shelf import Shelf
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.reviews.lived import live

STAND_IN = b"%PDF-1.7 a stand-in"
PrintIt = Callable[[int], None]


@pytest.fixture
def year(database: Database, acme: SmallOrganisation, clock: SetClock) -> None:
    """A little of everything, and an agreement that names every part."""
    with database.writing(acme.id) as session:
        live(session, acme, clock.now())


@pytest.fixture
def print_it(app: Flask, database: Database, acme: SmallOrganisation, clock: SetClock) -> PrintIt:
    """Give a review its file, as the job would."""
    settings = app.extensions["ldtrack.settings"]

    def printed(review_id: int) -> None:
        with database.reading(acme.id) as session:
            wanted = queries.order(session, review_id)
        assert wanted is not None
        kept = Shelf(settings.documents).put(STAND_IN + (wanted.note or "").encode())
        with database.writing(acme.id) as session:
            service.printed(
                session,
                review_id,
                kept,
                was_agreed=wanted.agreed_on is not None,
                links=links_for(settings),
                now=clock.now(),
            )

    return printed


@pytest.fixture
def waiting(database: Database, acme: SmallOrganisation, clock: SetClock, year: None) -> int:
    """A sponsor report that was asked for and has no file yet."""
    command = AskForReview(person_id=acme.person["leader"], audience=Audience.SPONSOR)
    with database.writing(acme.id) as session:
        return service.ask_for_review(session, acme.actor["leader"], command, now=clock.now())


@pytest.fixture
def draft(waiting: int, print_it: PrintIt) -> int:
    """A sponsor report that waits for the leader's answer."""
    print_it(waiting)
    return waiting


@pytest.fixture
def shared(
    database: Database, acme: SmallOrganisation, clock: SetClock, draft: int, print_it: PrintIt
) -> int:
    """A sponsor report to which the leader said yes."""
    with database.writing(acme.id) as session:
        service.agree(session, acme.actor["leader"], draft, "Open a door.", now=clock.now())
    print_it(draft)
    return draft


def address(review_id: int, rest: str = "") -> str:
    """The address of a review's page, or of something beneath it."""
    return f"/reviews/{ids.encode(review_id)}{rest}"
