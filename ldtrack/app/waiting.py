"""What of rooms above HR's first page waits for HR."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from ldtrack.access.domain import Actor
from ldtrack.dashboards.queries import Beside
from ldtrack.exchange.queries import FILES_FOR_A_YES, files_for_a_yes
from ldtrack.ui.dates import count_of


def register(app: Flask) -> None:
    """Let the page of today tell of files."""
    app.extensions["ldtrack.beside_today"] = beside_today


def beside_today(actor: Actor, now: datetime) -> tuple[Beside, ...]:
    """The files that somebody sent and nobody said yes to; they are kept for a day."""
    return (
        Beside(
            word=FILES_FOR_A_YES,
            statement=files_for_a_yes(actor, now),
            text=lambda n: f"{count_of(n, 'file waits', 'files wait')} for a yes",
            note="nothing of it is stored yet, and a file is kept for a day",
            act="Look",
            endpoint="exchange.imports",
        ),
    )
