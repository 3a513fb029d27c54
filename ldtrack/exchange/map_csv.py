"""The competency map as a table: a row for each competency and what develops it."""

from __future__ import annotations

from collections.abc import Iterator

from ldtrack.dashboards.queries import Development, MapRow
from ldtrack.exchange.export_csv import csv_file

COLUMNS = ("competency_id", "competency", "domain", "developed_by", "name", "level")
_NOTHING = "nothing"


def write_map(found: Development) -> bytes:
    """The file. What nothing develops has a row that says so; milestones are only counted."""
    return csv_file(COLUMNS, (line for row in found.rows for line in _lines(row)))


def _lines(row: MapRow) -> Iterator[tuple[object, ...]]:
    first = (row.competency.key, row.competency.name, row.competency.domain)
    if row.is_empty:
        yield (*first, _NOTHING, "", "")
    for vehicle in (*row.courses, *row.openings, *row.steps):
        yield (*first, vehicle.kind.value, vehicle.name, vehicle.level)
    if row.n_milestones:
        yield (*first, "milestones", row.n_milestones, "")
