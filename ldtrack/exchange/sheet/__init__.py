"""The only door to spreadsheets: the bytes of an XLSX file go in, rows of text come out.

A file is first weighed: by what its archive says of itself, then by what is really in it. Only then
a child process reads it, in so much time and memory and no more, because a sheet of three cells
may name one at its far corner, and every library would lay out all that lies between. Formulas give
the values that the sheet shows; nothing is ever calculated.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from ldtrack.exchange.limits import Limits
from ldtrack.exchange.problem import Unreadable

ZIP = b"PK\x03\x04"
TOO_MANY_ROWS, NO_ROWS = 3, 4
"""How the child says why it ends."""
MEGABYTES, SECONDS = 2_000, 60

_PACKAGE_HOME = Path(__file__).resolve().parents[3]
_KEPT = ("PATH", "HOME", "TMPDIR", "LANG", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
_MOST_PARTS = 2_000
_MOST_UNPACKED = 600_000_000
_MOST_RATIO = 250
"""Repetitive sheets shrink to a fiftieth; bombs to a thousandth."""
_STEP = 1_000_000
_NOT_WHOLE = "This spreadsheet is damaged. Please save it again as .xlsx or CSV."
_NO_SHEET = "This archive is no spreadsheet that can be read. Please save it as .xlsx or CSV."
_BOMB = "Unpacked, this file would be far too large. Nothing of it was read."


def rows_of_sheet(raw: bytes, limits: Limits) -> Iterator[list[str]]:
    """The rows of the first sheet that is not hidden, from the top of the sheet.

    Raises `Unreadable`.
    """
    if len(raw) > limits.most_bytes:
        raise Unreadable(f"The file is larger than {limits.most_bytes // 1_000_000} MB.")
    _weigh(raw)
    environ = {name: os.environ[name] for name in _KEPT if name in os.environ}
    command = [sys.executable, "-m", "ldtrack.exchange.sheet", str(limits.most_rows)]
    try:
        child = subprocess.run(
            [*command, str(MEGABYTES), str(SECONDS)],
            input=raw,
            capture_output=True,
            timeout=SECONDS,
            env=environ | {"PYTHONPATH": str(_PACKAGE_HOME)},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(_BOMB) from error
    if child.returncode == TOO_MANY_ROWS:
        raise Unreadable(f"The file has more than {limits.most_rows:,} rows.")
    if child.returncode == NO_ROWS:
        raise Unreadable("The first sheet is empty.")
    if child.returncode < 0:
        raise Unreadable(
            "This sheet takes too much memory. Is there a cell far to the right or far below? "
            "Please save it as CSV and bring that in."
        )
    if child.returncode:
        raise Unreadable(_NOT_WHOLE)
    return map(json.loads, child.stdout.splitlines())


def _weigh(raw: bytes) -> None:
    try:
        parts = zipfile.ZipFile(BytesIO(raw)).infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError) as error:
        raise Unreadable(_NOT_WHOLE) from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unreadable(_NO_SHEET)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("This spreadsheet is protected by a password. Please take it off first.")
    said = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or said > min(_MOST_UNPACKED, _MOST_RATIO * len(raw) + _STEP):
        raise Unreadable(_BOMB)
    for part in parts:
        _weigh_part(raw, part)


def _weigh_part(raw: bytes, part: zipfile.ZipInfo) -> None:
    """Unpack a part bit by bit, only to see that it is no larger than it says."""
    head = raw[part.header_offset : part.header_offset + 30]
    if len(head) < 30 or head[:4] != ZIP:
        raise Unreadable(_NOT_WHOLE)
    names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    start = part.header_offset + 30 + names
    packed = memoryview(raw)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        found = len(packed)
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        found = _size_of(packed, part.file_size)
    else:
        raise Unreadable(_NO_SHEET)
    if found > part.file_size:
        raise Unreadable(_BOMB)


def _size_of(packed: memoryview, most: int) -> int:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    found, rest = 0, bytes(packed)
    try:
        while rest and found <= most and not unpacker.eof:
            found += len(unpacker.decompress(rest, _STEP))
            rest = unpacker.unconsumed_tail
    except zlib.error as error:
        raise Unreadable(_NOT_WHOLE) from error
    return found
