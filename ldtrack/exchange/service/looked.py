"""What a look at a file found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ldtrack.access.domain import Actor
from ldtrack.exchange.domain import Tally
from ldtrack.exchange.problem import Problem

FIRST_ROWS = 20
"""Rows that are shown as they were understood."""


class Unmatched(Exception):
    """Columns that are needed are missing: somebody has to say which of the file's own they are."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = problems
        super().__init__()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who brings a file in, when, and what they told beside it.

    `person_id` is the sender's own: nobody says of themselves by a file that they have left.
    """

    actor: Actor
    now: datetime
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def person_id(self) -> int | None:
        """Who the sender is."""
        return self.actor.person_id

    @property
    def today(self) -> date:
        """The day."""
        return self.now.date()


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What storing the file would do, beyond its parts and problems."""

    tally: Tally = field(default_factory=Tally)
    skipped: int = 0
    n_leavers: int = 0
    notes: tuple[str, ...] = ()
    first_rows: tuple[tuple[str, ...], ...] = ()
    would: Mapping[str, Any] = field(default_factory=dict)
