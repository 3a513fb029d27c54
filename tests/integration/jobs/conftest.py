"""Jobs are tested in a workshop of their own, with a clock that stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.jobs.work import Workshop
from tests.infrastructure.feedback import RATER_KEY


@pytest.fixture
def workshop(database: Database, clock: SetClock, tmp_path: Path) -> Workshop:
    settings = Settings(instance=tmp_path, secret_key="for tests", rater_key=RATER_KEY)
    return Workshop(settings=settings, database=database, clock=clock)
