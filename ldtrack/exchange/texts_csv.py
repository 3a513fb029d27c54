"""A questionnaire's texts in one language as a table that a translator can work with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ldtrack.exchange.export_csv import csv_file
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.table import Row, missing, read_table
from ldtrack.feedback.domain.wording import Text

COLUMNS = ("key", "place", "original", "translation")
_NEEDED = ("key", "translation")


@dataclass(kw_only=True)
class ReadTexts:
    """The translations of a file by key, and what is wrong with it."""

    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def write_texts(texts: Iterable[Text]) -> bytes:
    """The file: one line for each text, the translation beside the original."""
    return csv_file(COLUMNS, [(t.key, t.place, t.original, t.translation) for t in texts])


def read_texts(raw: bytes, known: Mapping[str, str], *, longest: int) -> ReadTexts:
    """The translations in a file; `known` has the original of each key.

    A line whose original reads otherwise than today's was translated from an old text: a problem,
    for nobody would notice later. An empty translation is none.
    """
    read = ReadTexts()
    try:
        table = read_table(raw)
    except Unreadable as unreadable:
        read.problems.append(unreadable.problem)
        return read
    read.problems += [*missing(table, _NEEDED), *table.problems]
    if missing(table, _NEEDED):
        return read
    for row in table.rows:
        reason = _reason(row, known, read.texts, longest)
        if reason:
            column, sentence = reason
            read.problems.append(Problem(line=row.line, column=column, reason=sentence))
        elif row.cells.get("translation", "").strip():
            read.texts[row.cells["key"]] = row.cells["translation"].strip()
    return read


def _reason(
    row: Row, known: Mapping[str, str], seen: Mapping[str, str], longest: int
) -> tuple[str, str] | None:
    key, translation = row.cells.get("key", ""), row.cells.get("translation", "")
    if not key:
        return "key", "There is no key here; leave this column as it was."
    if key not in known:
        return "key", f"The questionnaire has no text “{key[:60]}”."
    if key in seen:
        return "key", "This key was on an earlier line."
    if len(translation) > longest:
        return "translation", f"Keep a text under {longest:,} characters."
    if "original" in row.cells and row.cells["original"].strip() != known[key].strip():
        return "original", "The original reads differently today; take a fresh file."
    return None
