"""Writing tables as spreadsheets, whose text is text and never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import BinaryIO

import xlsxwriter

from ldtrack.exchange.cells import guarded

MOST_ROWS = 1_000_000
"""Rows that a spreadsheet holds, less a few."""


class TooManyRows(Exception):
    """More rows than were to be written."""


def write_xlsx(
    file: BinaryIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    most: int = MOST_ROWS,
) -> None:
    """Write a table to a file, row by row; raises `TooManyRows` beyond `most`.

    Days are days, numbers numbers, yes and no words. Text that looks like a formula is guarded as
    in CSV, because a sheet may be saved as one.
    """
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        a_day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for place, title in enumerate(columns):
            sheet.write_string(0, place, title, book.add_format({"bold": True}))
        sheet.set_column(0, len(columns) - 1, 18)
        for number, row in enumerate(rows, start=1):
            if number > most:
                raise TooManyRows
            for place, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_string(number, place, "yes" if value else "no")
                elif isinstance(value, date):
                    at = datetime.combine(value, time())
                    sheet.write_datetime(number, place, at, a_day)
                elif isinstance(value, int | float):
                    sheet.write_number(number, place, value)
                elif value not in (None, ""):
                    sheet.write_string(number, place, str(guarded(value)))
