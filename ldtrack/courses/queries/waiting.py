"""What of courses waits for HR, at a glance."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select

from ldtrack.access.domain import Actor
from ldtrack.courses.queries.certificates import WAITING as CERTIFICATES
from ldtrack.courses.queries.certificates import waiting_figure
from ldtrack.courses.queries.renewals import ENDING, ending_figure
from ldtrack.courses.queries.statements import PARKED, parked_figure

__all__ = ["CERTIFICATES", "ENDING", "PARKED", "figures"]


def figures(actor: Actor, today: date) -> tuple[Select[str, int], ...]:
    """Statements for a word and a count each, to be asked together with those of other rooms."""
    return parked_figure(actor), waiting_figure(actor), ending_figure(actor, today)
