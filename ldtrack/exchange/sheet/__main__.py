"""The child process that reads a spreadsheet: bytes come in, a line of JSON a row goes out."""

from __future__ import annotations

import json
import resource
import sys
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

from ldtrack.exchange.sheet import NO_ROWS, TOO_MANY_ROWS


def main() -> None:
    """Read one sheet under the limits that the command names, and end."""
    most_rows, megabytes, seconds = map(int, sys.argv[1:4])
    raw = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, megabytes * 1_000_000))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import python_calamine  # lazy: only under these limits

    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(raw))
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible is python_calamine.SheetVisibleEnum.Visible
        and sheet.typ is python_calamine.SheetTypeEnum.WorkSheet
    ]
    sheet = book.get_sheet_by_name(shown[0]) if shown else None
    if sheet is None or sheet.end is None:
        sys.exit(NO_ROWS)
    if sheet.end[0] > most_rows + 100:
        sys.exit(TOO_MANY_ROWS)
    for row in sheet.iter_rows():
        sys.stdout.write(json.dumps([_text(cell) for cell in row]) + "\n")


def _text(cell: object) -> str:
    """A cell as a table of text would hold it: days as year-month-day, whole numbers without .0."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        return f"{Decimal(f'{cell:.15g}'):f}"
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


main()
