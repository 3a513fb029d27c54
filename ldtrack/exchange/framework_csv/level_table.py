"""A row for each competency and a column for each level, as review tools write it."""

from __future__ import annotations

from ldtrack.competencies.domain import Level, NewIndicator, Silence, WholeEdition
from ldtrack.exchange.framework_csv.gathering import HIGHEST, Gathered, named
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.reading import RowReader
from ldtrack.exchange.table import Table

_NAMES = ("competency", "competency_name", "competencies", "name", "skill")
_MEANINGS = ("description", "definition", "competency_description")
_DOMAINS = ("domain", "category", "group", "area", "competency_group", "competency_area")
_CODES = ("code", "competency_code")
_BULLETS = " \t-–•*·"


def is_level_table(table: Table) -> bool:
    """Whether it names competencies and has at least two columns that can be levels."""
    return _first(table, _NAMES) != "" and len(_levels(table)) > 1


def read_level_table(table: Table, title: str) -> tuple[WholeEdition | None, Gathered]:
    """The edition: levels from low to high as the columns stand, a behaviour for each line."""
    gathered = Gathered()
    columns = _levels(table)
    name, meaning = _first(table, _NAMES), _first(table, _MEANINGS)
    if len(columns) > HIGHEST:
        reason = f"There are more than {HIGHEST} columns that could be levels."
        gathered.problems.append(Problem(line=1, column="", reason=reason))
        return None, gathered
    for value, column in enumerate(columns, start=1):
        label = table.title(column)[:200]
        gathered.levels[value] = Level(value=value, label=label, meaning="")
    for row in table.rows:
        reader = RowReader(table, row)
        _row(reader, gathered, columns, title)
        if _repeats(reader, gathered, name):
            reader.complain(name, "There is a competency of this name already.")
        gathered.problems += reader.problems
    silent = {Silence.MEANINGS}
    silent |= set() if meaning else {Silence.DEFINITIONS}
    silent |= set() if _first(table, _CODES) else {Silence.CODES}
    return gathered.edition(title, "1", silent) if title else None, gathered


def _row(row: RowReader, gathered: Gathered, columns: list[str], title: str) -> None:
    table = row.table
    name_column, domain_column = _first(table, _NAMES), _first(table, _DOMAINS)
    name = row.words(name_column, most=300, required="Say which competency this is.")
    domain = (row.words(domain_column, most=300) if domain_column else "") or title
    meaning, code = _first(table, _MEANINGS), _first(table, _CODES)
    if row.problems or not domain:
        return
    new = named(
        name,
        gathered.domain(domain),
        row.text(meaning) if meaning else "",
        row.words(code, most=60) if code else "",
    )
    key = gathered.competency(row, name_column, new)
    for value, column in enumerate(columns, start=1):
        for line in row.text(column).split("\n"):
            if text := line.strip(_BULLETS):
                gathered.behaviour(key, NewIndicator(level=value, effective=text[:5_000]))


def _repeats(row: RowReader, gathered: Gathered, column: str) -> bool:
    key = gathered.names.get(row.words(column, most=300).casefold())
    return key is not None and gathered.lines[key] != row.row.line


def _first(table: Table, names: tuple[str, ...]) -> str:
    return next((name for name in names if name in table.columns), "")


def _levels(table: Table) -> list[str]:
    known = {_first(table, names) for names in (_NAMES, _MEANINGS, _DOMAINS, _CODES)}
    return [column for column in table.columns if column and column not in known]
