"""Doing what is due, one piece after another, each in transactions of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.config.settings import Settings
from ldtrack.core.clock import Clock
from ldtrack.db.session import Database
from ldtrack.jobs.hold import held
from ldtrack.jobs.mail import Refused, Transport, transport_for, written
from ldtrack.outbox.service import work
from ldtrack.outbox.service.work import JobTicket, Letter
from ldtrack.people.queries import here

log = logging.getLogger("ldtrack.jobs")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """What a job needs to do its work."""

    settings: Settings
    database: Database
    clock: Clock

    def now(self, session: Session) -> datetime:
        """The instant, as the clocks of the session's organisation show it."""
        return here(session, self.clock.now())


Run = Callable[[Workshop, JobTicket, Progress], None]
"""Does a job; safe to run twice, because a runner may die between the work and its receipt."""


def work_off(
    workshop: Workshop, kinds: Mapping[str, Run], go_on: Callable[[], bool] = lambda: True
) -> int:
    """Do everything that is due now, one piece after another for as long as `go_on` says so.

    Letters go first each time, so that none waits behind a long row of jobs. Returns how many
    pieces were done or tried.
    """
    count = 0
    transport = transport_for(workshop.settings)
    while go_on():
        if letter := _take_letter(workshop):
            _deliver(workshop, transport, letter)
        elif ticket := _take_job(workshop):
            _run(workshop, kinds, ticket)
        else:
            break
        count += 1
    return count


def _take_job(workshop: Workshop) -> JobTicket | None:
    with workshop.database.writing() as session:
        return work.take_job(session, workshop.clock.now())


def _take_letter(workshop: Workshop) -> Letter | None:
    with workshop.database.writing() as session:
        return work.take_letter(session, workshop.clock.now())


def _run(workshop: Workshop, kinds: Mapping[str, Run], ticket: JobTicket) -> None:
    def progress(done: int, total: int) -> None:
        with workshop.database.writing() as session:
            work.job_went_on(session, ticket.id, done=done, total=total, now=workshop.clock.now())

    def renew() -> None:
        with workshop.database.writing() as session:
            work.hold_job(session, ticket.id, workshop.clock.now())

    try:
        with held(renew):
            kinds[ticket.kind](workshop, ticket, progress)
    except Exception as error:
        log.exception("job %s failed", ticket.kind)
        with workshop.database.writing() as session:
            # The kind of the error only: its text could quote what a person wrote.
            work.job_failed(session, ticket.id, type(error).__name__, workshop.clock.now())
        return
    with workshop.database.writing() as session:
        work.job_done(session, ticket.id)


def _deliver(workshop: Workshop, transport: Transport, letter: Letter) -> None:
    def renew() -> None:
        with workshop.database.writing() as session:
            work.hold_letter(session, letter.id, workshop.clock.now())

    try:
        with held(renew):
            transport.send(written(letter, workshop.settings))
    except Exception as error:
        # What is wrong with a certificate is both, and can be mended.
        refused = isinstance(error, Refused | ValueError) and not isinstance(error, OSError)
        log.warning("message not delivered: %s", type(error).__name__)
        with workshop.database.writing() as session:
            work.letter_failed(
                session, letter.id, str(error), workshop.clock.now(), for_good=refused
            )
        return
    with workshop.database.writing() as session:
        work.letter_sent(session, letter.id)
