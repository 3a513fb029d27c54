"""Text that a spreadsheet would take for a formula, made harmless and brought back.

A cell that begins with one of the dangerous signs is written with an apostrophe before it. So that
reading restores every text exactly, a text that itself begins with apostrophes before such a sign
gets one more.
"""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")


def guarded(value: object) -> object:
    """The value as it may stand in a table; numbers stay numbers.

    >>> guarded("=1+1"), guarded(-3), guarded("-3")
    ("'=1+1", -3, "'-3")
    """
    if isinstance(value, str) and _DANGEROUS.match(value):
        return f"'{value}"
    return value


def restored(cell: str) -> str:
    """The text behind a cell that `guarded` wrote; any other cell as it is.

    >>> restored("'=1+1"), restored("O'Neill")
    ('=1+1', "O'Neill")
    """
    return cell[1:] if _GUARDED.match(cell) else cell
