"""How much a file may hold."""

from __future__ import annotations

from dataclasses import dataclass

MOST_CELL = 20_000
"""Letters in one cell."""
MOST_COLUMNS = 500
MOST_LINES_A_ROW = 50
"""Lines for each row that is allowed: cells may hold line breaks, but not without end."""
MOST_LINE = 1_000_000
"""Letters in one line; a longer one is no table that a person made."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bytes and rows that one file may have."""

    most_bytes: int
    most_rows: int


BROWSER = Limits(most_bytes=10_000_000, most_rows=20_000)
"""A file sent by a page."""
CONSOLE = Limits(most_bytes=100_000_000, most_rows=200_000)
"""A file named on the command line."""
LARGE = Limits(most_bytes=100_000_000, most_rows=1_000_000)
"""A file of people or completions sent by a page: it is carried out in parts, in the background."""
