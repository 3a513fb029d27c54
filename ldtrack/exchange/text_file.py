"""From the bytes of a file to its text, refusing with a sentence what is no text."""

from __future__ import annotations

import re

from ldtrack.exchange.limits import BROWSER, MOST_LINE, MOST_LINES_A_ROW, Limits
from ldtrack.exchange.problem import Unreadable

_OTHER_KINDS = (
    (b"PK\x03\x04", "a spreadsheet or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
)
_LINE = re.compile(r"[^\n]*")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def text_of(raw: bytes, *, kind: str = "CSV", limits: Limits = BROWSER) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, lines ending in `\\n`.

    Raises `Unreadable` for anything else.
    """
    if len(raw) > limits.most_bytes:
        raise Unreadable(f"The file is larger than {limits.most_bytes // 1_000_000} MB.")
    if not raw.strip():
        raise Unreadable("The file is empty.")
    for start, name in _OTHER_KINDS:
        if raw.startswith(start):
            raise Unreadable(f"This is {name}. Please save it as {kind} and bring that in.")
    if raw.startswith(_UTF_16):
        raise Unreadable(f"This file is written in UTF-16. Please save it as {kind} in UTF-8.")
    if (at := raw.find(b"\x00")) >= 0:
        raise Unreadable(
            f"This file holds signs that are not text. Please save it as {kind} in UTF-8.",
            raw.count(b"\n", 0, at) + 1,
        )
    text = _decoded(raw, kind).replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_LINES_A_ROW * limits.most_rows:
        raise Unreadable("The file has far more lines than rows that are allowed.")
    longest = max(len(line[0]) for line in _LINE.finditer(text))
    # Programs write JSON in one line, whatever its size.
    if longest > MOST_LINE and kind != "JSON":
        raise Unreadable(f"One line has {longest:,} letters; that is no {kind} file.")
    return text


def _decoded(raw: bytes, kind: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"A letter here is not written in UTF-8. Please save the file as {kind} in UTF-8 "
            "(Excel calls it “CSV UTF-8”).",
            raw.count(b"\n", 0, error.start) + 1,
        ) from error
