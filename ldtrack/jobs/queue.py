"""The queue that wakes workers. It carries no work: the rows do, and losing it loses nothing."""

from __future__ import annotations

import logging
import sqlite3
import threading
from pathlib import Path
from typing import Any

from huey import SqliteHuey, crontab
from huey.consumer import Consumer

from ldtrack.db.statistics import refresh
from ldtrack.jobs.days import plan_days
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.returned import look_into_folder
from ldtrack.jobs.tidying import tidy_up
from ldtrack.jobs.work import Workshop, work_off

log = logging.getLogger("ldtrack.jobs")


class Queue:
    """Wakes a worker when there is work, and once a minute for what was forgotten.

    Once an hour it sees to it that the work of each day is planned, and that SQLite knows how
    large its tables are; at night it tidies up. If the settings name a folder for mails that come
    back, it looks there every five minutes.
    """

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self._stopping = threading.Event()
        path: Path = workshop.settings.instance / "queue.db"
        self._huey = SqliteHuey("ldtrack", filename=str(path), results=False)
        self._wake = self._huey.task()(self._work_off)
        self._huey.periodic_task(crontab(), name="sweep")(self._work_off)
        self._huey.periodic_task(crontab(minute="7"), name="days")(self._plan_days)
        self._huey.periodic_task(crontab(minute="37", hour="3"), name="tidy")(self._tidy_up)
        if workshop.settings.bounces:
            self._huey.periodic_task(crontab(minute="*/5"), name="bounces")(self._read_bounces)

    def nudge(self) -> None:
        """Have a worker look now; called after commits that left work.

        What was committed stands whether or not this succeeds: the work is found within a minute.
        """
        try:
            self._wake()
        except sqlite3.Error as error:
            log.warning("workers not woken: %s", type(error).__name__)

    def consumer(self, *, workers: int) -> Consumer:
        """A consumer to start inside another process, whose signals it leaves alone.

        It looks at once for what an earlier one left behind, and once it is to stop it takes
        nothing new.
        """
        self._stopping.clear()
        self.nudge()
        return _QuietConsumer(
            self._huey,
            self._stopping,
            workers=workers,
            initial_delay=0.05,
            max_delay=0.5,
            check_worker_health=True,
        )

    def _plan_days(self) -> None:
        plan_days(self.workshop)
        with self.workshop.database.writing() as session:
            refresh(session.connection())

    def _tidy_up(self) -> None:
        tidy_up(self.workshop)

    def _read_bounces(self) -> None:
        look_into_folder(self.workshop)

    def _work_off(self) -> None:
        work_off(self.workshop, KINDS, lambda: not self._stopping.is_set())


class _QuietConsumer(Consumer):  # type: ignore[misc]  # huey has no types
    def __init__(self, huey: SqliteHuey, stopping: threading.Event, **options: Any) -> None:
        super().__init__(huey, **options)
        self._told = stopping

    def stop(self, graceful: bool = False) -> None:
        self._told.set()
        super().stop(graceful=graceful)

    def _set_signal_handlers(self, *_args: Any) -> None:
        """The server around it handles signals; the consumer is stopped by it."""
