"""A runner in a process of its own that is killed before a statement of the test's choice."""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.db.engine import engine_for
from ldtrack.db.session import Database
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off


def main(url: str, instance: str, instant: str, last: str) -> None:
    """Do what is due at the instant, but for the statement of that number and all after it."""
    settings = Settings(instance=Path(instance), secret_key="for tests", rater_key="for tests")
    engine, left = engine_for(url), [int(last)]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", count)
    clock = SetClock(datetime.fromisoformat(instant))
    work_off(Workshop(settings=settings, database=Database(engine), clock=clock), KINDS)


if __name__ == "__main__":
    main(*sys.argv[1:])
