"""What makes a PDF more than paper: scripts, programs it would start, files within."""

from __future__ import annotations

import re

_NO_LETTER = rb"(?![A-Za-z0-9#])"


def _spelt(name: str) -> bytes:
    """A name of a PDF however it is spelt: each letter may be written as its number, too."""
    letters = (
        rb"(?:%s|#%02X|#%02x)" % (letter.encode(), ord(letter), ord(letter)) for letter in name
    )
    return b"".join(letters)


_ACTIVE = re.compile(
    rb"/(?:" + b"|".join(map(_spelt, ("JavaScript", "Launch", "EmbeddedFile"))) + rb")" + _NO_LETTER
)


def pdf_problem(raw: bytes) -> str | None:
    """Why a PDF is refused, as a sentence; `None` if it looks like paper.

    What is packed within it is not looked at: a reader of PDFs guards against that.
    """
    if _ACTIVE.search(raw):
        return "It holds a script or other files. Please print it to a new PDF."
    return None
