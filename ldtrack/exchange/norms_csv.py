"""The CSV file of a norm: one row a competency, its mean and where the middle half lies."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.reading import RowReader
from ldtrack.exchange.table import missing, read_table

COLUMNS = ("competency_id", "mean", "low", "high")


@dataclass(frozen=True, kw_only=True, slots=True)
class NormRow:
    """One competency by its key in the framework, in levels."""

    line: int
    competency: str
    mean: float
    low: float
    high: float


def parse_norms(raw: bytes, *, limits: Limits = BROWSER) -> tuple[list[NormRow], list[Problem]]:
    """The rows that can be read, and what is wrong with the others."""
    try:
        table = read_table(raw, limits=limits)
    except Unreadable as error:
        return [], [error.problem]
    problems = table.problems + missing(table, COLUMNS)
    if any(problem.line <= table.header_line for problem in problems):
        return [], problems
    rows: list[NormRow] = []
    lines: dict[str, int] = {}
    for row in table.rows:
        reader = RowReader(table, row)
        found = _row(reader)
        first = lines.setdefault(found.competency, found.line)
        if first != found.line:
            reader.complain("competency_id", f"This competency is on line {first} already.")
        problems += reader.problems
        if not reader.problems:
            rows.append(found)
    return rows, sorted(problems, key=lambda problem: problem.line)


def _row(reader: RowReader) -> NormRow:
    competency = reader.words("competency_id", most=100, required="There is no competency.")
    mean, low, high = (_level(reader, column) for column in ("mean", "low", "high"))
    if not low <= high:
        reader.complain("low", "The middle half begins above where it ends.")
    return NormRow(line=reader.row.line, competency=competency, mean=mean, low=low, high=high)


def _level(reader: RowReader, column: str) -> float:
    level = reader.number(column)
    if level is None and not reader.raw(column):
        reader.complain(column, "There is no level.")
    return 0.0 if level is None else level
