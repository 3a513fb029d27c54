"""A running cycle, and the links of its raters as they stand in the mails."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.feedback.domain.keys import link_word
from ldtrack.feedback.models import Subject
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import work_off
from tests.infrastructure.feedback import RATER_KEY, RunningCycle, opened
from tests.infrastructure.organisation import SmallOrganisation

WORD = re.compile(r"/r/([\w-]{43})")


@pytest.fixture
def running(database: Database, acme: SmallOrganisation, clock: SetClock) -> RunningCycle:
    """A cycle about the leader, open."""
    with database.writing(acme.id) as session:
        return opened(session, acme, clock.now())


@pytest.fixture
def words(database: Database, acme: SmallOrganisation, running: RunningCycle) -> dict[str, str]:
    """The word of each rater's link."""
    with database.reading(acme.id) as session:
        key = (
            session.scalars(select(Subject.key).where(Subject.id == running.subject_id)).one()
            or b""
        )
    return {rater: link_word(RATER_KEY, key, id_) for rater, id_ in running.invitation.items()}


def run_jobs(app: Flask) -> None:
    """Do what waits to be done in the background."""
    work_off(app.extensions["ldtrack.queue"].workshop, KINDS)
