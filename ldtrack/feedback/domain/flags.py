"""Words in a comment that may tell who wrote it or whom it is about; no text is changed here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from unicodedata import normalize

from ldtrack.feedback.domain.telling_patterns import OF_ONESELF, days_in

# It begins where a word does, or a long word would be gone through once for each of its signs.
_ADDRESS = re.compile(r"(?<![^\s@])[^\s@]+@[^\s@]+\.[^\s@]+")
_NUMBER = re.compile(r"\+?\d[\d ()/-]{6,}\d")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau|Mme|Monsieur)\.? [^\W\d_][\w’'-]+")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SHORTEST_NAME = 3
_MOST_WORDS = 500
_POSSESSIVE = re.compile(r"[’']s?$")


def telling_words(text: str, names: Iterable[str], roles: Iterable[str] = ()) -> tuple[str, ...]:
    """Addresses, telephone numbers, dates, phrases about oneself, names and roles, as written.

    >>> telling_words("As her manager I told Petra on 3 May 2026.", ["Petra Kline"])
    ('As her manager', '3 May', 'Petra')
    >>> telling_words("The head of sales said so on 3 March.", [], ["Head of Sales"])
    ('3 March', 'head of sales')
    """
    # An accent may be a sign of its own, and a line may break anywhere.
    text = " ".join(normalize("NFC", text).split())
    found = [match for kind in (_ADDRESS, _NUMBER) for match in kind.findall(text)]
    rest = _ADDRESS.sub(" ", text)
    found += [*OF_ONESELF.findall(rest), *days_in(rest), *_TITLED.findall(rest)]
    parts = {
        part
        for name in names
        for part in normalize("NFC", name).split()
        if len(part) >= _SHORTEST_NAME
    }
    found += [part for part in sorted(parts) if re.search(rf"\b{re.escape(part)}\b", rest)]
    for role in sorted(set(filter(None, roles)), key=len, reverse=True):
        if match := re.search(rf"\b{re.escape(role)}\b", rest, re.IGNORECASE):
            found.append(match[0])
    return _without_parts(found)


def possible_names(texts: Iterable[str], besides: Collection[str] = ()) -> frozenset[str]:
    """The words that could be somebody's name, to be looked up; `besides` need no mention.

    >>> sorted(possible_names(["Ask Petra, not me. Petra's view helped."], ["Ask"]))
    ['Petra']
    """
    known = {part.casefold() for name in besides for part in name.split()}
    found: dict[str, None] = {}
    for text in texts:
        for word in _WORD.findall(text):
            name = _POSSESSIVE.sub("", word)
            if len(name) >= _SHORTEST_NAME and name[0].isupper() and name.casefold() not in known:
                found[name] = None
                if len(found) == _MOST_WORDS:
                    return frozenset(found)
    return frozenset(found)


def _without_parts(found: Iterable[str]) -> tuple[str, ...]:
    """Each once, and none that another one already contains."""
    once = list(dict.fromkeys(found))
    return tuple(
        word for word in once if not any(word != other and word in other for other in once)
    )
