"""Writing tables that every spreadsheet reads as text and numbers, never as formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from ldtrack.exchange.cells import guarded

_BYTE_ORDER_MARK = "\ufeff"
"""By it Excel knows that the file is in UTF-8."""
_PART = 500


def csv_parts(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The file in parts, so that a large one need not be held in memory.

    Text that looks like a formula gets an apostrophe before it, which reading takes away again;
    numbers stay numbers with nine decimals at most, days are written year-month-day, yes and no as
    words, nothing as nothing.
    """
    left = iter(rows)
    yield (_BYTE_ORDER_MARK + _lines([columns])).encode()
    while part := list(islice(left, _PART)):
        yield _lines(part).encode()


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The whole file.

    >>> csv_file(["a", "b"], [["=1", -1]]).decode("utf-8-sig")
    "a,b\\r\\n'=1,-1\\r\\n"
    """
    return b"".join(csv_parts(columns, rows))


def _lines(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.9f}".rstrip("0").rstrip(".")
    return guarded(value)
