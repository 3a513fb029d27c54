"""From a CSV or XLSX file to rows by column, whatever the separator and the order of columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ldtrack.exchange.cells import restored
from ldtrack.exchange.limits import BROWSER, MOST_CELL, MOST_COLUMNS, Limits
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.sheet import ZIP, rows_of_sheet
from ldtrack.exchange.text_file import text_of

NO_MATCH: Mapping[str, str] = {}
_SEPARATORS = ",;\t"
_SAID_SEPARATOR = re.compile(r'"?sep=(.)"?\n')
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row: the line it begins on, and its cells by column.

    A `spoilt` one cannot be taken at its word, and the table's problems say why; but whoever looks
    for what is there twice has to know what it names.
    """

    line: int
    cells: Mapping[str, str]
    spoilt: bool = False


@dataclass(kw_only=True)
class Table:
    """A file as a table: its columns by their plain names, its rows, what could not be read.

    `own` pairs what the file itself calls a column, plainly, with the name it is known by here.
    What is wrong with the line that names the columns spoils the whole of it.
    """

    columns: tuple[str, ...]
    titles: Mapping[str, str]
    own: tuple[tuple[str, str], ...] = ()
    header_line: int = 1
    all_rows: Iterable[Row] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[Row]:
        """Those that can be taken at their word."""
        return (row for row in self.all_rows if not row.spoilt)

    def title(self, column: str) -> str:
        """The column as the file calls it."""
        return self.titles.get(column, column)


def plain_name(title: str) -> str:
    """The name by which a column is known: small letters, one underscore between words.

    >>> plain_name(" External ID ")
    'external_id'
    """
    return _NOT_WORD.sub("_", title.casefold()).strip("_")


def read_table(
    raw: bytes, *, limits: Limits = BROWSER, match: Mapping[str, str] = NO_MATCH
) -> Table:
    """The table in a CSV or XLSX file, read to its end; raises `Unreadable` if there is none."""
    table = open_table(raw, limits=limits, match=match)
    table.all_rows = list(table.all_rows)
    return table


def open_table(
    raw: bytes, *, limits: Limits = BROWSER, match: Mapping[str, str] = NO_MATCH
) -> Table:
    """The same with rows that are read as they are asked for, and with them their problems.

    `match` says which column one of another name stands for.
    """
    is_sheet = raw.startswith(ZIP)
    lines = _lines_of_sheet(raw, limits) if is_sheet else _lines_of_text(raw, limits)
    filled = ((line, cells) for line, cells in lines if (any(cells) if is_sheet else cells))
    line, header = next(filled, (1, []))
    table = _headed(header, line, match)
    table.all_rows = _rows(table, lines, limits)
    return table


def _lines_of_text(raw: bytes, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    text = text_of(raw, limits=limits)
    first_line = 1
    said = _SAID_SEPARATOR.match(text)
    if said:
        text, first_line = text[said.end() :], 2
    return _lines(text, said[1] if said else _separator(text), first_line)


def _lines_of_sheet(raw: bytes, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    return enumerate(rows_of_sheet(raw, limits), start=1)


def _rows(table: Table, lines: Iterator[tuple[int, list[str]]], limits: Limits) -> Iterator[Row]:
    count = 0
    for line, cells in lines:
        if not any(cells):
            continue
        if count == limits.most_rows:
            raise Unreadable(f"The file has more than {limits.most_rows:,} rows.", line)
        count += 1
        yield _row(table, line, cells)


def missing(table: Table, required: tuple[str, ...]) -> list[Problem]:
    """A problem for each required column that the table lacks."""
    return [
        Problem(line=table.header_line, column=column, reason="This column is missing.")
        for column in required
        if column not in table.columns
    ]


def _separator(text: str) -> str:
    first = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    return max(_SEPARATORS, key=first.count)


def _lines(text: str, separator: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_cut(text), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + first_line
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(_reason(str(error)), line) from error
        yield line, cells


def _cut(text: str) -> Iterator[str]:
    """The lines one by one: all of them at once would take as much room again as the file."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _reason(error: str) -> str:
    if "field larger" in error:
        return f"A cell here is longer than {MOST_CELL:,} letters. Is a quotation mark missing?"
    return "A quotation mark that was opened here is not closed, or not followed by a separator."


def _headed(header: list[str], line: int, match: Mapping[str, str]) -> Table:
    if len(header) > MOST_COLUMNS:
        raise Unreadable(f"The file has more than {MOST_COLUMNS} columns.", line)
    own = tuple(plain_name(title) for title in header)
    if not any(own):
        raise Unreadable("The first line does not name the columns.", line)
    names = tuple(match.get(name, name) for name in own)
    table = Table(
        columns=names,
        own=tuple(pair for pair in zip(own, names, strict=True) if pair[0]),
        header_line=line,
        titles={name: title.strip() for name, title in zip(names, header, strict=True)},
    )
    table.problems += [
        Problem(line=line, column=table.title(name), reason="This column is there twice.")
        for name, times in Counter(names).items()
        if name and times > 1
    ]
    return table


def _row(table: Table, line: int, cells: list[str]) -> Row:
    named = dict(zip(table.columns, cells, strict=False))
    spoilt = _spoilt(table, named, cells)
    if spoilt is not None:
        column, reason = spoilt
        title = table.title(column) if column else ""
        table.problems.append(Problem(line=line, column=title, reason=reason))
        named = {name: cell for name, cell in named.items() if len(cell) <= MOST_CELL}
    kept = {name: restored(cell.strip()) for name, cell in named.items() if name}
    return Row(line=line, cells=kept, spoilt=spoilt is not None)


def _spoilt(table: Table, named: Mapping[str, str], cells: list[str]) -> tuple[str, str] | None:
    """The column in which the whole of a row goes wrong, and how."""
    if any(cells[len(table.columns) :]):
        return "", "This row has more cells than there are columns."
    if max(map(len, cells)) > MOST_CELL:
        longest = max(named, key=lambda name: len(named[name]))
        return longest, f"This cell has more than {MOST_CELL:,} letters."
    return None
