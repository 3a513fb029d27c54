"""What makes a picture one that nobody should open: more dots than a screen could ever show."""

from __future__ import annotations

import struct

from ldtrack.files.domain.kinds import FileKind

MOST_DOTS = 60_000_000
"""Width times height; a photo of a good camera has less than half of that many."""
_MOST_TEXT = 100_000
"""Bytes of packed words in a picture, which may come to a thousand times as many."""
_PACKED_WORDS = (b"zTXt", b"iTXt")
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
"""The parts of a JPEG that say how large it is."""
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""Marks of a JPEG that nothing belongs to."""
_DAMAGED = "This picture is damaged."
_TOO_LARGE = f"This picture has more than {MOST_DOTS // 1_000_000} million dots."


def picture_problem(raw: bytes, kind: FileKind) -> str | None:
    """Why a picture is refused, as a sentence; `None` if it can be opened.

    Only what it says of itself is read: nothing is unpacked.
    """
    try:
        return _png_problem(raw) if kind is FileKind.PNG else _jpeg_problem(raw)
    except struct.error:
        return _DAMAGED


def _png_problem(raw: bytes) -> str | None:
    at, first = 8, True
    while at < len(raw):
        size, name = struct.unpack_from(">I4s", raw, at)
        if first is not (name == b"IHDR"):
            return _DAMAGED
        if first and (problem := _dots_problem(*struct.unpack_from(">II", raw, at + 8))):
            return problem
        if name in _PACKED_WORDS and size > _MOST_TEXT:
            return "This picture holds too much text."
        at, first = at + 12 + size, False
        if name == b"IEND":
            return "This picture goes on after its end." if at < len(raw) else _whole(raw, at)
    return _DAMAGED


def _whole(raw: bytes, ends_at: int) -> str | None:
    return None if ends_at == len(raw) else _DAMAGED


def _jpeg_problem(raw: bytes) -> str | None:
    at = 2
    while at < len(raw):
        fill, mark = struct.unpack_from(">BB", raw, at)
        if fill != 0xFF:
            return _DAMAGED
        if mark == 0xFF or mark in _ALONE:
            at += 1 if mark == 0xFF else 2
            continue
        if mark in _FRAMES:
            height, width = struct.unpack_from(">HH", raw, at + 5)
            return _dots_problem(width, height)
        (size,) = struct.unpack_from(">H", raw, at + 2)
        at += 2 + max(size, 2)
    return _DAMAGED


def _dots_problem(width: int, height: int) -> str | None:
    if not width or not height:
        return _DAMAGED
    return _TOO_LARGE if width * height > MOST_DOTS else None
