"""A leader's year, and the workshop in which jobs are done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.reviews import service
from ldtrack.reviews.domain.kinds import Audience
from ldtrack.reviews.domain.rows import AskForReview
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.reviews.lived import Lived, live

Ask = Callable[..., int]


@pytest.fixture
def lived(database: Database, acme: SmallOrganisation, clock: SetClock) -> Lived:
    """A year with a little of everything; the agreement names every part."""
    with database.writing(acme.id) as session:
        return live(session, acme, clock.now())


@pytest.fixture
def workshop(database: Database, clock: SetClock, tmp_path: Path) -> Workshop:
    """Jobs write their files into a folder of the test."""
    settings = Settings(instance=tmp_path / "instance", secret_key="a", rater_key="b")
    settings.instance.mkdir()
    return Workshop(settings=settings, database=database, clock=clock)


@pytest.fixture
def work(workshop: Workshop) -> Callable[[], int]:
    """Do everything that is due."""
    return lambda: work_off(workshop, KINDS)


@pytest.fixture
def ask(database: Database, acme: SmallOrganisation, clock: SetClock) -> Ask:
    """Have a review of the leader made: `ask()`, `ask(Audience.SPONSOR, by="hr")`."""

    def asked(audience: Audience = Audience.LEADER, *, by: str = "leader") -> int:
        command = AskForReview(person_id=acme.person["leader"], audience=audience)
        with database.writing(acme.id) as session:
            return service.ask_for_review(session, acme.actor[by], command, now=clock.now())

    return asked
