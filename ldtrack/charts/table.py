"""The data table behind a chart, as words; its HTML lives in the chart component."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Table:
    """Cells are ready to print; columns in `numeric` (counted from 0) line up on the right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
