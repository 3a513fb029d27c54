"""Which files are taken, told by what is in them; where they are kept lives elsewhere."""

from ldtrack.files.domain.kinds import ENDINGS, FileKind, kind_of
from ldtrack.files.domain.problems import problem_of
from ldtrack.files.domain.rows import FileRow, plain_file_name
from ldtrack.files.domain.uses import FileUse

__all__ = [
    "ENDINGS",
    "FileKind",
    "FileRow",
    "FileUse",
    "kind_of",
    "plain_file_name",
    "problem_of",
]
