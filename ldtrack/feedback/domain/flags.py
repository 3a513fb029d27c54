"""Words in a comment that may tell who wrote it or whom it is about; no text is changed here."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_NUMBER = re.compile(r"\+?\d[\d ()/-]{6,}\d")
_PHRASE = re.compile(
    r"\b(?:as (?:his|her|their|your) [\w-]+|in my team|I report to|when I joined|my manager)\b",
    re.IGNORECASE,
)
_SHORTEST_NAME = 3


def telling_words(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Addresses, telephone numbers, phrases about oneself, and any of the names, as written.

    >>> telling_words("As her manager I told Petra, petra@example.org", ["Petra Kline"])
    ('petra@example.org', 'As her manager', 'Petra')
    """
    found = [match for pattern in (_ADDRESS, _NUMBER, _PHRASE) for match in pattern.findall(text)]
    rest = _ADDRESS.sub(" ", text)
    parts = {part for name in names for part in name.split() if len(part) >= _SHORTEST_NAME}
    found += [part for part in sorted(parts) if re.search(rf"\b{re.escape(part)}\b", rest)]
    return tuple(dict.fromkeys(found))
