"""Reading one cell of a table: words, addresses, days, yes and no, each with its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from ldtrack.exchange.problem import Problem
from ldtrack.exchange.table import Row, Table
from ldtrack.people.domain import same_address
from ldtrack.ui.cleaning import clean_line, clean_text

T = TypeVar("T")

_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?")
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}([.,][0-9]{1,12})?")
_YES = frozenset({"yes", "y", "true", "1", "active"})
_NO = frozenset({"no", "n", "false", "0", "inactive"})
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


@dataclass
class RowReader:
    """Reads the cells of one row and gathers what is wrong with them."""

    table: Table
    row: Row
    problems: list[Problem] = field(default_factory=list)

    def has(self, column: str) -> bool:
        """Whether the file has the column at all."""
        return column in self.table.columns

    def raw(self, column: str) -> str:
        """The cell as it stands."""
        return self.row.cells.get(column, "")

    def complain(self, column: str, reason: str) -> None:
        """Note a problem with a cell."""
        self.problems.append(
            Problem(line=self.row.line, column=self.table.title(column), reason=reason)
        )

    def words(self, column: str, *, most: int, required: str = "") -> str:
        """One line of text; `required` is the sentence for when there is none."""
        cell = self.raw(column)
        plain = cell.isascii() and cell.isprintable() and "  " not in cell
        text = cell if plain else clean_line(cell)
        if len(text) > most:
            self.complain(column, f"This is longer than {most} letters.")
        if not text and required:
            self.complain(column, required)
        return text

    def text(self, column: str) -> str:
        """Several lines of text."""
        return clean_text(self.raw(column))

    def address(self, column: str, *, required: str = "") -> str:
        """A mail address, in the form in which addresses are compared."""
        cell = self.raw(column)
        address = cell.lower().strip() if cell.isascii() else same_address(cell)
        if not address:
            if required:
                self.complain(column, required)
        elif len(address) > 254 or not _ADDRESS.fullmatch(address) or not address.isprintable():
            self.complain(column, f"“{address[:80]}” is not a mail address.")
        return address

    def yes_or_no(self, column: str, *, blank: bool) -> bool:
        """Yes or no, in one of the usual words."""
        word = self.raw(column).casefold()
        if word not in _YES | _NO and word:
            self.complain(column, f"“{word[:80]}” is neither yes nor no.")
        return word in _YES if word else blank

    def day(self, column: str, *, required: str = "") -> date | None:
        """A day written as year-month-day."""
        return self._read(column, day_of, required)

    def number(self, column: str, *, nothing: frozenset[str] = frozenset()) -> float | None:
        """A number; a blank cell or one of the words in `nothing` is none."""
        if self.raw(column).casefold() in nothing:
            return None
        return self._read(column, number_of, "")

    def read(self, column: str, how: Callable[[str], T], *, required: str = "") -> T | None:
        """Whatever `how` makes of the cell; its `ValueError` holds the sentence."""
        return self._read(column, how, required)

    def _read(self, column: str, how: Callable[[str], T], required: str) -> T | None:
        cell = self.raw(column)
        if not cell:
            if required:
                self.complain(column, required)
            return None
        try:
            return how(cell)
        except ValueError as error:
            self.complain(column, str(error))
            return None


def day_of(cell: str) -> date:
    """The day that a cell names as year-month-day, with or without a time after it."""
    found = _ISO_DAY.fullmatch(cell)
    if found is None:
        raise ValueError(f"“{cell[:80]}” is not a day written as year-month-day (2026-01-15).")
    return real_day(*map(int, found.groups()))


def real_day(year: int, month: int, day: int) -> date:
    """The day, if the calendar has it."""
    try:
        found = date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no day {year:04}-{month:02}-{day:02}.") from None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"The year {year} cannot be right.")
    return found


def number_of(cell: str) -> float:
    """The number that a cell names, with a point or a comma before its decimals."""
    if not _NUMBER.fullmatch(cell):
        raise ValueError(f"“{cell[:80]}” is not a number.")
    return float(cell.replace(",", "."))
