"""The CSV file of the catalogue as it comes in: a row a course, with the columns that go out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ldtrack.courses.domain import CourseFormat
from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.reading import RowReader, number_of
from ldtrack.exchange.table import missing, read_table

_NEEDED = ("code", "title")
_BETWEEN = re.compile(r"(?<=\))\s*;")
_PITCHED = re.compile(r"(.*\S)\s*\(\s*(\S(?:[^()]*\S)?)\s*\)")
_MOST_HOURS, _MOST_MONTHS, _MOST_COST = 5_000, 600, 10_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseLine:
    """One row as far as it can be read by itself.

    `develops` pairs the words for a competency with those for a level.
    """

    reader: RowReader
    code: str
    title: str
    format: CourseFormat | None
    mode: str
    provider: str
    hours: float | None
    valid_months: int | None
    owner: str
    develops: tuple[tuple[str, str], ...]
    description: str
    cost_cents: int | None
    currency: str


def parse_courses(
    raw: bytes, *, limits: Limits = BROWSER
) -> tuple[list[CourseLine], list[Problem]]:
    """The rows of a file, and what spoils the whole of it; each row keeps what is wrong with it."""
    try:
        table = read_table(raw, limits=limits)
    except Unreadable as error:
        return [], [error.problem]
    problems = table.problems + missing(table, _NEEDED)
    if any(problem.line <= table.header_line for problem in problems):
        return [], problems
    first: dict[str, int] = {}
    lines = []
    for row in table.all_rows:
        line = _line(RowReader(table, row))
        before = first.setdefault(line.code.casefold(), row.line)
        if row.spoilt:
            continue
        if line.code and before != row.line:
            line.reader.complain("code", f"The course on line {before} has this code.")
        lines.append(line)
    return lines, problems


def _line(reader: RowReader) -> CourseLine:
    line = CourseLine(
        reader=reader,
        code=reader.words("code", most=60, required="Give the course a code of its own."),
        title=reader.words("title", most=200, required="Give the course a title."),
        format=reader.read("format", _format),
        mode=reader.words("how_it_is_held", most=60),
        provider=reader.words("provider", most=200),
        hours=reader.read("hours", lambda cell: _number(cell, _MOST_HOURS)),
        valid_months=reader.read("valid_months", _months),
        owner=reader.words("owner", most=320),
        develops=reader.read("develops", _develops) or (),
        description=reader.text("description"),
        cost_cents=reader.read("cost", _cents),
        currency=reader.words("currency", most=3).upper(),
    )
    if (line.cost_cents is None) != (not line.currency) and not reader.problems:
        column, reason = (
            ("cost", "Say how much of this currency it costs.")
            if line.currency
            else ("currency", "Name the currency by its three letters, such as EUR.")
        )
        reader.complain(column, reason)
    if line.currency and not re.fullmatch("[A-Z]{3}", line.currency):
        reader.complain("currency", "Name the currency by its three letters, such as EUR.")
    return line


def _format(cell: str) -> CourseFormat:
    for one in CourseFormat:
        if cell.casefold() in {one.value, one.label.casefold()}:
            return one
    known = ", ".join(one.label for one in CourseFormat)
    raise ValueError(f"“{cell[:60]}” is no format. Write one of these: {known}.")


def _number(cell: str, most: int) -> float:
    found = number_of(cell)
    if not 0 < found <= most:
        raise ValueError(f"Give a number above 0, {most:,} at most.")
    return found


def _months(cell: str) -> int:
    found = number_of(cell)
    if found != int(found) or not 1 <= found <= _MOST_MONTHS:
        raise ValueError(f"Give a whole number of months from 1 to {_MOST_MONTHS}.")
    return int(found)


def _cents(cell: str) -> int:
    found = number_of(cell)
    if not 0 <= found <= _MOST_COST:
        raise ValueError(f"Give a number from 0 to {_MOST_COST:,}.")
    return round(found * 100)


def _develops(cell: str) -> tuple[tuple[str, str], ...]:
    """`Leading others (3); Deciding (2)`."""
    found = []
    for part in _BETWEEN.split(cell):
        if not part.strip():
            continue
        pitched = _PITCHED.fullmatch(part.strip())
        if pitched is None:
            raise ValueError(
                f"“{part.strip()[:60]}” does not read as a competency with a level in brackets, "
                "such as “Deciding (2); Leading (3)”."
            )
        found.append((pitched[1], pitched[2]))
    return tuple(found)
