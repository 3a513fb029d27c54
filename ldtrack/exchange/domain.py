"""What becomes of a file that is brought in: its states, its parts, what they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from ldtrack.access.actions import Action
from ldtrack.exchange.problem import Problem

LOOK, STORE, TAKE_BACK = "exchange.look", "exchange.store", "exchange.take_back"
"""Kinds of jobs."""
AT_ONCE = 200_000
"""Bytes of a file that a page looks at and stores while somebody waits; a larger one is left to
a job."""
KEPT_FOR = timedelta(days=1)
"""How long a file waits for the yes to it."""
BACK_FOR = timedelta(days=30)
"""How long what a file did can be taken back."""


WRITE_LIST = "lists.write"
"""Kind of the job that writes a long list."""
ROWS_AT_ONCE = 10_000
"""Rows of a list that goes out while somebody waits; a longer one is left to a job."""
LIST_KEPT_FOR = timedelta(days=3)
"""How long a written list can be taken."""


ROWS = 1_000
"""Rows in a part of a file."""
LEAVERS_SHOWN = 20
"""People on a page of those who are here and not in a file."""


class ListFormat(StrEnum):
    """As what a list is written."""

    CSV = "csv"
    XLSX = "xlsx"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return "CSV" if self is ListFormat.CSV else "Spreadsheet"


@dataclass(frozen=True, kw_only=True)
class LongListRow:
    """A long list that somebody asked for; `finished_at` is None until it is written."""

    id: int
    name: str
    format: ListFormat
    asked_at: datetime
    finished_at: datetime | None
    n_rows: int
    n_bytes: int

    @property
    def file_name(self) -> str:
        """What the file is called."""
        return f"{self.name}-{self.asked_at.date().isoformat()}.{self.format}"

    @property
    def kept_until(self) -> datetime | None:
        """When it is deleted, once it is written."""
        return None if self.finished_at is None else self.finished_at + LIST_KEPT_FOR


class ImportKind(StrEnum):
    """What the rows are."""

    PEOPLE = "people"
    COMPLETIONS = "completions"

    @property
    def action(self) -> Action:
        """What somebody must be allowed to do for it."""
        return Action.WRITE_PERSON if self is ImportKind.PEOPLE else Action.RECORD_COMPLETION

    @property
    def one(self) -> str:
        """A word for one row."""
        return "person" if self is ImportKind.PEOPLE else "completion"

    @property
    def many(self) -> str:
        """A word for several."""
        return "people" if self is ImportKind.PEOPLE else "completions"


class ImportState(StrEnum):
    """Where an import stands."""

    SENT = "sent"
    UNMATCHED = "unmatched"
    LOOKED_AT = "looked_at"
    STORING = "storing"
    STORED = "stored"
    TAKING_BACK = "taking_back"
    TAKEN_BACK = "taken_back"

    @property
    def is_under_way(self) -> bool:
        """Whether something is being done with it."""
        return self in (ImportState.SENT, ImportState.STORING, ImportState.TAKING_BACK)

    @property
    def label(self) -> str:
        """The word on the screen."""
        return {
            ImportState.SENT: "Being read",
            ImportState.UNMATCHED: "Columns to match",
            ImportState.LOOKED_AT: "Waits for your yes",
            ImportState.STORING: "Being stored",
            ImportState.STORED: "Stored",
            ImportState.TAKING_BACK: "Being taken back",
            ImportState.TAKEN_BACK: "Taken back",
        }[self]


class PartKind(StrEnum):
    """What a part of an import does; parts are carried out in order."""

    UNITS = "units"
    ASIDE = "aside"
    PEOPLE = "people"
    LINES = "lines"
    LEAVERS = "leavers"
    COMPLETIONS = "completions"
    WAITING = "waiting"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What came of rows: of a part, or of all of them.

    `waiting` ones are kept until somebody says whom or what they name.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class PartDone:
    """What carrying out a part came to, and what is needed to take it back."""

    tally: Tally = field(default_factory=Tally)
    undo: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    """Of rows that cannot be stored any more, although they could when they were looked at."""


@dataclass(frozen=True, kw_only=True)
class ChangeShown:
    """Somebody whom a file would change: each column as the file calls it, before and after."""

    line: int
    external_id: str
    name: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Would:
    """What storing a file of people would do, by name, as far as it is shown.

    `units` are the first of the new ones, each with one of nearly the same name that is here;
    `n_here` people are here now.
    """

    changes: tuple[ChangeShown, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    n_units: int = 0
    n_here: int = 0


@dataclass(frozen=True, kw_only=True)
class ImportRow:
    """An import as pages show it.

    `tally` tells what it would do until it is stored, then what it did. `n_leavers` people are not
    in the file; they leave only if that is asked for.
    """

    id: int
    kind: ImportKind
    state: ImportState
    name: str
    begun_at: datetime
    by: str
    n_bytes: int
    tally: Tally
    skipped: int
    n_leavers: int
    bad_lines: int
    n_problems: int
    notes: tuple[str, ...]
    told: Mapping[str, Any]
    columns: tuple[tuple[str, str], ...]
    """The file's columns by their plain names, with their titles."""
    n_parts: int
    n_done: int
    first_rows: tuple[tuple[str, ...], ...]
    would: Would

    @property
    def many_leave(self) -> bool:
        """Whether more than a tenth of the people are not in the file."""
        return 0 < self.would.n_here < 10 * self.n_leavers

    @property
    def good(self) -> int:
        """Rows that can be stored."""
        tally = self.tally
        return tally.added + tally.changed + tally.unchanged + tally.waiting

    @property
    def is_small(self) -> bool:
        """Whether a page can do it while somebody waits."""
        return self.n_bytes <= AT_ONCE
