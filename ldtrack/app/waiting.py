"""What of rooms above HR's first page waits for HR."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from ldtrack.access.domain import Actor
from ldtrack.dashboards.queries import Beside
from ldtrack.exchange.queries import FILES_FOR_A_YES, LISTS_TO_TAKE, files_for_a_yes, lists_to_take
from ldtrack.ui.dates import count_of


def register(app: Flask) -> None:
    """Let the page of today tell of files."""
    app.extensions["ldtrack.beside_today"] = beside_today


def beside_today(actor: Actor, now: datetime) -> tuple[Beside, ...]:
    """The files that somebody sent and nobody said yes to, and lists that the reader asked for."""
    return (
        Beside(
            word=FILES_FOR_A_YES,
            statement=files_for_a_yes(actor, now),
            text=lambda n: f"{count_of(n, 'file waits', 'files wait')} for a yes",
            note="nothing of it is stored yet, and a file is kept for a day",
            act="Look",
            endpoint="exchange.imports",
        ),
        Beside(
            word=LISTS_TO_TAKE,
            statement=lists_to_take(actor, now),
            text=lambda n: (
                f"{count_of(n, 'list that you asked for is', 'lists that you asked for are')} ready"
            ),
            note="a list is kept for three days",
            act="Take",
            endpoint="exchange.long_lists",
        ),
    )
