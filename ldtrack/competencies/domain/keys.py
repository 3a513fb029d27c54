"""Keys: short words by which the things of an edition are known from one edition to the next."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 80
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def free_key(name: str, taken: Collection[str]) -> str:
    """A key made from a name that none of the others has.

    >>> free_key("Coaching others", {"coaching-others"})
    'coaching-others-2'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "competency"
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def is_key(text: str) -> bool:
    """Whether a text can be one: letters, digits, dots, hyphens and underscores.

    >>> is_key("coaching-others"), is_key("coaching others")
    (True, False)
    """
    return _KEY.fullmatch(text) is not None
