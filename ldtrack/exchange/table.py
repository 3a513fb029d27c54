"""From the text of a table to rows by column, whatever the separator and the order of columns."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ldtrack.exchange.cells import restored
from ldtrack.exchange.limits import BROWSER, MOST_CELL, MOST_COLUMNS, Limits
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.text_file import text_of

_SEPARATORS = ",;\t"
_SAID_SEPARATOR = re.compile(r'"?sep=(.)"?\n')
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row: the line it begins on, and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(kw_only=True)
class Table:
    """A file as a table: its columns by their plain names, its rows, what could not be read."""

    columns: tuple[str, ...]
    titles: Mapping[str, str]
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def title(self, column: str) -> str:
        """The column as the file calls it."""
        return self.titles.get(column, column)


def plain_name(title: str) -> str:
    """The name by which a column is known: small letters, one underscore between words.

    >>> plain_name(" External ID ")
    'external_id'
    """
    return _NOT_WORD.sub("_", title.casefold()).strip("_")


def read_table(raw: bytes, *, limits: Limits = BROWSER) -> Table:
    """The table in a CSV file; raises `Unreadable` if there is none."""
    text = text_of(raw, limits=limits)
    first_line = 1
    said = _SAID_SEPARATOR.match(text)
    if said:
        text, first_line = text[said.end() :], 2
    separator = said[1] if said else _separator(text)
    lines = _lines(text, separator, first_line)
    _, header = next(lines, (1, []))
    table = _headed(header, first_line)
    for line, cells in lines:
        if not any(cells):
            continue
        if len(table.rows) == limits.most_rows:
            raise Unreadable(f"The file has more than {limits.most_rows:,} rows.", line)
        _add(table, line, cells)
    return table


def missing(table: Table, required: tuple[str, ...]) -> list[Problem]:
    """A problem for each required column that the table lacks."""
    return [
        Problem(line=1, column=column, reason="This column is missing.")
        for column in required
        if column not in table.columns
    ]


def _separator(text: str) -> str:
    first = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    return max(_SEPARATORS, key=first.count)


def _lines(text: str, separator: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + first_line
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(_reason(str(error)), line) from error
        yield line, cells


def _reason(error: str) -> str:
    if "field larger" in error:
        return f"A cell here is longer than {MOST_CELL:,} letters. Is a quotation mark missing?"
    return "A quotation mark that was opened here is not closed, or not followed by a separator."


def _headed(header: list[str], line: int) -> Table:
    if len(header) > MOST_COLUMNS:
        raise Unreadable(f"The file has more than {MOST_COLUMNS} columns.", line)
    names = tuple(plain_name(title) for title in header)
    if not any(names):
        raise Unreadable("The first line does not name the columns.", line)
    table = Table(
        columns=names,
        titles={name: title.strip() for name, title in zip(names, header, strict=True)},
    )
    table.problems += [
        Problem(line=line, column=table.title(name), reason="This column is there twice.")
        for name, times in Counter(names).items()
        if name and times > 1
    ]
    return table


def _add(table: Table, line: int, cells: list[str]) -> None:
    def refuse(column: str, reason: str) -> None:
        title = table.title(column) if column else ""
        table.problems.append(Problem(line=line, column=title, reason=reason))

    if any(cells[len(table.columns) :]):
        refuse("", "This row has more cells than there are columns.")
        return
    named = dict(zip(table.columns, cells, strict=False))
    if max(map(len, cells)) > MOST_CELL:
        longest = max(named, key=lambda name: len(named[name]))
        refuse(longest, f"This cell has more than {MOST_CELL:,} letters.")
        return
    kept = {name: restored(cell.strip()) for name, cell in named.items() if name}
    table.rows.append(Row(line=line, cells=kept))
