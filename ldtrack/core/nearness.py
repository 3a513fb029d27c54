"""Whether a name that was typed is probably another that is there already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+")
_ALIKE = 0.75
_SHORT = 4
"""Words of fewer letters are alike only if they are the same."""


def nearest(typed: str, names: Iterable[str]) -> str | None:
    """The first name that reads like what was typed, None if one is exactly that, or none does.

    Names are near if they have as many words and each word has one that is alike, whatever their
    order, case and commas. Numbers have to be the same: summer 2025 is not a slip for summer 2026.

    >>> nearest("senior leader summer 2025", ["Senior leaders, summer 2025"])
    'Senior leaders, summer 2025'
    >>> nearest("Senior leaders, summer 2026", ["Senior leaders, summer 2025"]) is None
    True
    >>> nearest("Senior leaders, spring 2025", ["Senior leaders, summer 2025"]) is None
    True
    """
    known = list(names)
    if not typed or typed in known:
        return None
    words = _words(typed)
    return next((name for name in known if words and _are_near(words, _words(name))), None)


def _words(name: str) -> list[str]:
    return sorted(_WORD.findall(name.casefold()))


def _are_near(one: list[str], other: list[str]) -> bool:
    if len(one) != len(other):
        return False
    left = list(other)
    # Words that are the same find each other before those that are merely alike.
    for word in sorted(one, key=lambda each: each not in other):
        match = word if word in left else next((each for each in left if _alike(word, each)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORT or any(map(str.isdigit, one + other)):
        return False
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE
