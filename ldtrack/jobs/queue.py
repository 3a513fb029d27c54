"""The queue that wakes workers. It carries no work: the rows do, and losing it loses nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from huey import SqliteHuey, crontab
from huey.consumer import Consumer

from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off


class Queue:
    """Wakes a worker when there is work, and once a minute for what was forgotten."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        path: Path = workshop.settings.instance / "queue.db"
        self._huey = SqliteHuey("ldtrack", filename=str(path), results=False)
        self._wake = self._huey.task()(self._work_off)
        self._huey.periodic_task(crontab(), name="sweep")(self._work_off)

    def nudge(self) -> None:
        """Have a worker look now; called after commits that left work."""
        self._wake()

    def consumer(self, *, workers: int) -> Consumer:
        """A consumer to start inside another process, whose signals it leaves alone."""
        return _QuietConsumer(
            self._huey, workers=workers, initial_delay=0.05, max_delay=0.5, check_worker_health=True
        )

    def _work_off(self) -> None:
        work_off(self.workshop, KINDS)


class _QuietConsumer(Consumer):  # type: ignore[misc]  # huey has no types
    def _set_signal_handlers(self, *_args: Any) -> None:
        """The server around it handles signals; the consumer is stopped by it."""
