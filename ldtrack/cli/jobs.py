"""`ldtrack jobs`: work in the background, for installations that run consumers of their own."""

from __future__ import annotations

import signal
import threading

import click

from ldtrack.cli.installation import workshop
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.queue import Queue
from ldtrack.jobs.work import work_off


@click.group("jobs")
def group() -> None:
    """Do the work that requests left behind."""


@group.command()
@click.option("--workers", default=2, show_default=True, help="How many pieces at once.")
def run(workers: int) -> None:
    """Work until told to stop; what is in hand is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    consumer = Queue(workshop()).consumer(workers=workers)
    consumer.start()
    click.echo(f"Working with {workers} workers.", err=True)
    stop.wait()
    consumer.stop(graceful=True)


@group.command()
def once() -> None:
    """Do everything that is due now, then end."""
    count = work_off(workshop(), KINDS)
    click.echo(f"Did {count} pieces of work.", err=True)
