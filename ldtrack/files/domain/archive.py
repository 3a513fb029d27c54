"""What makes a document, which is an archive inside, one that nobody should open."""

from __future__ import annotations

import io
import zipfile
import zlib

MOST_PARTS = 2_000
MOST_UNPACKED = 200_000_000
"""Bytes that all parts may come to."""
MOST_RATIO = 100
"""How many times larger than packed the parts may be, taken together."""
_MACROS = ("vbaproject.bin", "basic/")
_INSIDE = (".zip", ".7z", ".rar", ".gz", ".xz", ".exe", ".js", ".vbs", ".bat", ".cmd", ".scr")
_STEP = 1_000_000


def archive_problem(raw: bytes) -> str | None:
    """Why an archive is refused, as a sentence; `None` if it is not, or if it is no archive.

    Sizes are counted by unpacking, a part at a time and no further than the limit, because what
    an archive says of itself may be a lie.
    """
    if not raw.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                return f"It holds more than {MOST_PARTS:,} parts."
            names = [part.filename.casefold() for part in parts]
            if any(sign in name for name in names for sign in _MACROS):
                return "It holds macros. Please save it without them, or as a PDF."
            if any(name.endswith(_INSIDE) for name in names):
                return "It holds other archives or programs."
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                return "It would be far too large when it is opened."
            return _too_large(archive, parts, len(raw))
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, NotImplementedError):
        return "It cannot be read. Is it protected by a password, or damaged?"
    except zlib.error:
        return "It is damaged."


def _too_large(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], n_packed: int) -> str | None:
    unpacked = 0
    most = min(MOST_UNPACKED, MOST_RATIO * n_packed)
    for part in parts:
        with archive.open(part) as inside:
            while step := inside.read(_STEP):
                unpacked += len(step)
                if unpacked > most:
                    return "It would be far too large when it is opened."
    return None
