"""Why a file of a kind that is taken is refused all the same."""

from __future__ import annotations

from ldtrack.files.domain.archive import archive_problem
from ldtrack.files.domain.kinds import FileKind
from ldtrack.files.domain.paper import pdf_problem
from ldtrack.files.domain.pictures import picture_problem

_ARCHIVE_ENDS = b"PK\x05\x06"
_WITHIN = 66_000
"""Bytes before the end of an archive where its last mark may stand: a comment follows it."""


def problem_of(raw: bytes, kind: FileKind) -> str | None:
    """What is wrong with the file, as a sentence; `None` if it can be kept."""
    if kind in (FileKind.PDF, FileKind.PNG, FileKind.JPEG) and _ARCHIVE_ENDS in raw[-_WITHIN:]:
        return "It is two kinds of file at once."
    if kind is FileKind.PDF:
        return pdf_problem(raw)
    if kind in (FileKind.PNG, FileKind.JPEG):
        return picture_problem(raw, kind)
    return archive_problem(raw)
