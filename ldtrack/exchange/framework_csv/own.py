"""Our own columns: a row for each behaviour, and rows without a competency for the scale."""

from __future__ import annotations

from collections.abc import Iterator

from ldtrack.competencies.domain import Level, NewIndicator, Silence, WholeEdition
from ldtrack.exchange.export_csv import csv_file
from ldtrack.exchange.framework_csv.gathering import HIGHEST, Gathered, named
from ldtrack.exchange.reading import RowReader
from ldtrack.exchange.table import Table

COLUMNS = (
    "framework",
    "edition",
    "domain",
    "competency_id",
    "competency",
    "definition",
    "code",
    "level",
    "level_name",
    "level_meaning",
    "behaviour",
    "not_behaviour",
)
NEEDED = ("domain", "competency", "level", "behaviour")
_SILENT = {
    "definition": Silence.DEFINITIONS,
    "code": Silence.CODES,
    "level_meaning": Silence.MEANINGS,
}


def read_own(table: Table, title: str) -> tuple[WholeEdition | None, Gathered]:
    """The edition in a table with our own columns."""
    gathered = Gathered()
    titles, editions = dict[str, None](), dict[str, None]()
    for row in table.rows:
        reader = RowReader(table, row)
        titles.setdefault(reader.words("framework", most=300))
        editions.setdefault(reader.words("edition", most=60))
        if len([one for one in titles if one]) > 1:
            reader.complain("framework", "One file holds one framework.")
        _row(reader, gathered)
        gathered.problems += reader.problems
    title = next((one for one in titles if one), title)
    version = next((one for one in editions if one), "1")
    silent = {silence for column, silence in _SILENT.items() if column not in table.columns}
    silent |= set() if gathered.levels else {Silence.LEVELS}
    return gathered.edition(title, version, silent) if title else None, gathered


def write_own(whole: WholeEdition) -> bytes:
    """The file: the scale first, then every competency with its behaviours."""
    return csv_file(COLUMNS, _rows(whole))


def _row(row: RowReader, gathered: Gathered) -> None:
    value = row.read("level", _level)
    if value is not None:
        level = Level(
            value=value,
            label=row.words("level_name", most=200),
            meaning=row.text("level_meaning")[:2_000],
        )
        gathered.level(row, "level_name", level)
    name = row.words("competency", most=300)
    effective, ineffective = row.text("behaviour"), row.text("not_behaviour")
    if not name:
        if value is None or effective or ineffective:
            row.complain("competency", "Say which competency this is.")
        return
    domain = row.words("domain", most=300, required="Say to which domain it belongs.")
    if row.problems:
        return
    new = named(name, gathered.domain(domain), row.text("definition"), row.words("code", most=60))
    said = row.words("competency_id", most=100)
    key = gathered.competency(row, "competency", new, said_key=said)
    lies_in = gathered.domains[gathered.competencies[key].domain]
    if lies_in.key != new.domain:
        row.complain("domain", f"On line {gathered.lines[key]} it lies in “{lies_in.name}”.")
    for column in ("definition", "behaviour", "not_behaviour"):
        if len(row.text(column)) > 5_000:
            row.complain(column, "This is longer than 5,000 letters.")
    if not effective and not ineffective:
        return
    if value is None:
        row.complain("level", "Say at which level this can be seen.")
        return
    gathered.behaviour(key, NewIndicator(level=value, effective=effective, ineffective=ineffective))


def _level(cell: str) -> int:
    if not cell.isascii() or not cell.isdigit() or not 0 <= int(cell[:9]) <= HIGHEST:
        raise ValueError(f"Give a whole number from 0 to {HIGHEST}.")
    return int(cell)


def _rows(whole: WholeEdition) -> Iterator[tuple[object, ...]]:
    said = {level.value: level.label for level in whole.levels}
    first = (whole.title, whole.version)
    for level in whole.levels:
        yield (*first, "", "", "", "", "", level.value, level.label, level.meaning, "", "")
    names = {one.key: one.name for one in whole.domains}
    for one in whole.competencies:
        own = (*first, names[one.domain], one.key, one.name, one.definition, one.code)
        if not one.indicators:
            yield (*own, "", "", "", "", "")
        for each in one.indicators:
            texts = (each.effective, each.ineffective)
            yield (*own, each.level, said[each.level], "", *texts)
