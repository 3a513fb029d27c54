"""Turns typed text into text that can be stored and compared; decides nothing about forms."""

from __future__ import annotations

import unicodedata
from typing import Literal

_LINE_BREAKS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"}

# Controls break databases and XML; overrides and isolates let a name pose as another; a byte order
# mark and the two last code points of the plane are not text. Joiners and direction marks stay:
# emoji and right-to-left words need them.
_NOT_TEXT = (
    [point for point in range(0xA0) if unicodedata.category(chr(point)) == "Cc"]
    + list(range(0xD800, 0xE000))
    + list(range(0x202A, 0x202F))
    + list(range(0x2066, 0x206A))
    + [0xFEFF, 0xFFFE, 0xFFFF]
)
_DROP_ALL = dict.fromkeys(_NOT_TEXT)
# Normalising takes the square of the number of marks piled on one letter: 80,000 of them would hold
# a request for ten seconds. Unicode's stream-safe format allows 30.
_MOST_MARKS = 30
_DROP_BUT_BREAKS = {point: None for point in _NOT_TEXT if chr(point) not in "\n\t"}


def clean_line(raw: str) -> str:
    """One line: no controls, NFC, runs of white space as one space, trimmed.

    >>> clean_line("  Ada\\x00\\n Lovelace ")
    'Ada Lovelace'
    """
    spaced = " ".join(raw.split())
    return " ".join(_normalised("NFC", spaced.translate(_DROP_ALL)).split())


def clean_text(raw: str) -> str:
    """Several lines: breaks as ``\\n``, tabs kept, other controls gone, NFC, ends trimmed.

    >>> clean_text("one\\r\\ntwo\\x07  ")
    'one\\ntwo'
    """
    text = raw
    for found, wanted in _LINE_BREAKS.items():
        text = text.replace(found, wanted)
    return _normalised("NFC", text.translate(_DROP_BUT_BREAKS)).strip()


def clean_email(raw: str) -> str:
    """An address in the one form that addresses are compared in: NFKC, casefolded, unspaced.

    >>> clean_email(" Ada@Example.ORG ")
    'ada@example.org'
    """
    return clean_line(_normalised("NFKC", raw)).casefold()


def _normalised(form: Literal["NFC", "NFKC"], text: str) -> str:
    if text.isascii():
        return text
    return unicodedata.normalize(form, _without_piles(text))


def _without_piles(text: str) -> str:
    kept = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)
