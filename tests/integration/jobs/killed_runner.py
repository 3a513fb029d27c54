"""A runner in a process of its own, whose every job and letter kills it on the spot."""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.db.engine import engine_for
from ldtrack.db.session import Database
from ldtrack.jobs.mail import FolderTransport
from ldtrack.jobs.work import Progress, Workshop, work_off
from ldtrack.outbox.service.work import JobTicket


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _job(_workshop: Workshop, _ticket: JobTicket, _progress: Progress) -> None:
    _die()


def main(url: str, instance: str, instant: str) -> None:
    """Do what is due at the instant."""
    settings = Settings(instance=Path(instance), secret_key="for tests", rater_key="for tests")
    FolderTransport.send = _die  # type: ignore[assignment]  # the point of this runner
    workshop = Workshop(
        settings=settings,
        database=Database(engine_for(url)),
        clock=SetClock(datetime.fromisoformat(instant)),
    )
    work_off(workshop, {"count": _job})


if __name__ == "__main__":
    main(*sys.argv[1:])
