"""A file without its content, and what it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from ldtrack.files.domain.kinds import FileKind
from ldtrack.files.domain.uses import FileUse

_ODD = re.compile(r"[^\w .,()+-]+")
_LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """A file without its content."""

    id: int
    person_id: int
    name: str
    kind: FileKind
    use: FileUse
    size: int
    kept_at: datetime


def plain_file_name(name: str, kind: FileKind) -> str:
    """A name that is harmless wherever it is stored, and that ends as the content asks for.

    >>> plain_file_name("../..\\\\evil<script>.exe", FileKind.PDF)
    'evil script.pdf'
    """
    last = re.split(r"[/\\]", name)[-1]
    stem = last.rpartition(".")[0] or last
    plain = " ".join(_ODD.sub(" ", stem).split()).strip(". ")[:_LONGEST].strip(". ")
    return f"{plain or 'file'}.{kind.ending}"
