"""What is wrong with a file, said so that its owner can mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One fault: the line of the file (0 for the file as a whole), the column, and a sentence."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        """The whole of it on one line.

        >>> str(Problem(line=3, column="email", reason="There is no mail address."))
        'Line 3, email: There is no mail address.'
        """
        where = f"Line {self.line}" if self.line else "The file"
        return f"{where}{', ' if self.column else ''}{self.column}: {self.reason}"


class Unreadable(Exception):
    """The file cannot be read at all; the message says why and what to do about it."""

    def __init__(self, reason: str, line: int = 0) -> None:
        self.problem = Problem(line=line, column="", reason=reason)
        super().__init__(reason)
