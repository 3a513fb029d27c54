"""What makes a document, which is an archive inside, one that nobody should open."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from ldtrack.files.domain.kinds import MOST_PARTS, has_too_many_parts

MOST_UNPACKED = 200_000_000
"""Bytes that all parts may come to, those of documents within it counted too."""
MOST_RATIO = 100
"""How many times larger than packed the parts may be, taken together."""
MOST_DEEP = 1
"""How deep documents may lie in documents: a chart in a text brings its table along."""
MOST_WITHIN = 10_000_000
"""Bytes of a document within a document."""
_ARCHIVE = b"PK\x03\x04"
_MACROS = ("vbaproject.bin", "basic/", "scripts/")
_INSIDE = (".zip", ".7z", ".rar", ".gz", ".xz", ".exe", ".js", ".vbs", ".bat", ".cmd", ".scr")
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"Rar!",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"\xfd7zXZ",
    # The older container of office documents: nobody looks into it here.
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_WORDS = (
    (re.compile(rb"<!ENTITY|<\0!\0E\0N\0T\0I\0T\0Y|\0<\0!\0E\0N\0T\0I\0T\0Y"), "names of its own"),
    (re.compile(rb"macroEnabled|ms-office\.vbaProject"), "macros"),
    (
        re.compile(
            rb"""<Relationship\b(?=[^>]*/attachedTemplate["'])(?=[^>]*Target=["'](?:https?:|\\\\))"""
        ),
        "a template from elsewhere",
    ),
)
"""What the text of a part may not say, and what it would bring along."""
_STEP = 1_000_000
_BEGINNING = 8
"""Bytes that tell what a part is."""
_LONGEST = 2_000
"""Bytes of such words: what lies across two steps is found, too."""
_LARGE = "It would be far too large when it is opened."
_OTHERS = "It holds other archives or programs."
_UNREADABLE = "It cannot be read. Is it protected by a password, or damaged?"


@dataclass
class _Room:
    """How many bytes may still be unpacked."""

    left: int


def archive_problem(raw: bytes) -> str | None:
    """Why an archive is refused, as a sentence; `None` if it is not, or if it is no archive.

    Sizes are counted by unpacking, a part at a time and no further than the limit, because what
    an archive says of itself may be a lie.
    """
    if not raw.startswith(_ARCHIVE):
        return None
    return _problem(raw, _Room(min(MOST_UNPACKED, MOST_RATIO * len(raw))), deep=0)


def _problem(raw: bytes, room: _Room, *, deep: int) -> str | None:
    if has_too_many_parts(raw):
        return f"It holds more than {MOST_PARTS:,} parts."
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if problem := _listed_problem(parts):
                return problem
            found = (_part_problem(archive, part, room, deep=deep) for part in parts)
            return next((problem for problem in found if problem), None)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, NotImplementedError):
        return _UNREADABLE
    except zlib.error:
        return "It is damaged."


def _listed_problem(parts: list[zipfile.ZipInfo]) -> str | None:
    """What the list of its parts gives away."""
    names = [part.filename.casefold() for part in parts]
    if len(set(names)) < len(names):
        return "It holds two parts of one name."
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        return "One of its parts would leave its folder."
    if any(sign in name for name in names for sign in _MACROS):
        return "It holds macros. Please save it without them, or as a PDF."
    if any(name.endswith(_INSIDE) for name in names):
        return _OTHERS
    if any(part.compress_type not in _PACKED for part in parts):
        return "It is packed in a way that documents are not."
    return _LARGE if sum(part.file_size for part in parts) > MOST_UNPACKED else None


def _part_problem(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: _Room, *, deep: int
) -> str | None:
    begins, last, within = b"", b"", io.BytesIO()
    is_text = part.filename.casefold().endswith((".xml", ".rels", ".rdf"))
    for step in _steps(archive, part):
        room.left -= len(step)
        begins = begins or step[:_BEGINNING]
        if room.left < 0:
            return _LARGE
        if begins.startswith(_PROGRAMS):
            return _OTHERS
        if begins.startswith(_ARCHIVE):
            within.write(step)
        if within.tell() > (MOST_WITHIN if deep < MOST_DEEP else 0):
            return _OTHERS
        if is_text and (said := _said(last + step)):
            return f"It holds {said}. Please save it as a PDF."
        last = step[-_LONGEST:]
    return _problem(within.getvalue(), room, deep=deep + 1) if within.tell() else None


def _steps(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as inside:
        while step := inside.read(_STEP):
            yield step


def _said(text: bytes) -> str | None:
    return next((brings for words, brings in _WORDS if words.search(text)), None)
