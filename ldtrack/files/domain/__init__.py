"""Which files are taken, told by what is in them; where they are kept lives elsewhere."""

from ldtrack.files.domain.archive import archive_problem
from ldtrack.files.domain.kinds import FileKind, kind_of
from ldtrack.files.domain.rows import MOST_BYTES, MOST_EACH, FileRow, plain_file_name

__all__ = [
    "MOST_BYTES",
    "MOST_EACH",
    "FileKind",
    "FileRow",
    "archive_problem",
    "kind_of",
    "plain_file_name",
]
