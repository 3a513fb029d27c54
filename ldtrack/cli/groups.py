"""The commands in the order in which help lists them."""

from __future__ import annotations

import click

from ldtrack.cli import database, doctor, jobs, setup

GROUPS: tuple[click.Command, ...] = (
    setup.group,
    database.group,
    jobs.group,
    doctor.command,
)
