"""Two editions of a framework side by side, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from ldtrack.competencies.domain.rows import Edition, IndicatorRow, Level


class Fate(StrEnum):
    """What became of a competency from one edition to the next."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One line that differs: what it is, and its text in either edition, '' where it is not."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class CompetencyChange:
    """A competency that differs, by the name that it has last."""

    name: str
    fate: Fate
    lines: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Differences:
    """All that differs; `same` counts the competencies that do not."""

    levels: tuple[Change, ...]
    competencies: tuple[CompetencyChange, ...]
    same: int


def compare(before: Edition, after: Edition) -> Differences:
    """Every line that differs. Competencies are matched by key, which a copied edition keeps.

    An indicator whose words changed stands beside the one in its place at the same level; moved
    ones are no difference.

    >>> compare(edition, edition).competencies
    ()
    """
    old = {row.key: _lines(before, row.id) for row in before.competencies}
    new = {row.key: _lines(after, row.id) for row in after.competencies}
    names = {row.key: row.name for row in (*before.competencies, *after.competencies)}
    found = []
    for key in (*new, *(key for key in old if key not in new)):
        lines = tuple(_changes(old.get(key), new.get(key)))
        if lines:
            fate = Fate.NEW if key not in old else Fate.CHANGED if key in new else Fate.GONE
            found.append(CompetencyChange(name=names[key], fate=fate, lines=lines))
    return Differences(
        levels=tuple(_levels(before.scale.levels, after.scale.levels)),
        competencies=tuple(found),
        same=len(new) - sum(one.fate is not Fate.GONE for one in found),
    )


@dataclass(frozen=True, kw_only=True)
class _Lines:
    """The lines of one competency: single ones by what they are, indicators by level."""

    single: Mapping[str, str]
    at_level: Mapping[str, tuple[str, ...]]


_NOTHING = _Lines(single={}, at_level={})


def _lines(edition: Edition, competency_id: int) -> _Lines:
    row = next(row for row in edition.competencies if row.id == competency_id)
    at_level: dict[str, tuple[str, ...]] = {}
    for indicator in edition.indicators.get(competency_id, ()):
        what = f"At level {indicator.level}"
        at_level[what] = (*at_level.get(what, ()), _text(indicator))
    single = {"Name": row.name, "Domain": row.domain, "Definition": row.definition}
    return _Lines(single=single, at_level=at_level)


def _text(indicator: IndicatorRow) -> str:
    if not indicator.ineffective:
        return indicator.effective
    return f"{indicator.effective} And not: {indicator.ineffective}".strip()


def _changes(before: _Lines | None, after: _Lines | None) -> Iterator[Change]:
    before, after = before or _NOTHING, after or _NOTHING
    for what in dict.fromkeys((*before.single, *after.single)):
        old, new = before.single.get(what, ""), after.single.get(what, "")
        if old != new:
            yield Change(what=what, before=old, after=new)
    for what in sorted({*before.at_level, *after.at_level}):
        yield from _unmatched(what, before.at_level.get(what, ()), after.at_level.get(what, ()))


def _unmatched(what: str, before: Iterable[str], after: Iterable[str]) -> Iterator[Change]:
    old, new = list(before), list(after)
    for text in tuple(old):
        if text in new:
            old.remove(text)
            new.remove(text)
    for one, other in zip_longest(old, new, fillvalue=""):
        yield Change(what=what, before=one, after=other)


def _levels(before: Iterable[Level], after: Iterable[Level]) -> Iterator[Change]:
    old = {level.value: _level_text(level) for level in before}
    new = {level.value: _level_text(level) for level in after}
    for value in sorted({*old, *new}):
        if old.get(value) != new.get(value):
            yield Change(what=f"Level {value}", before=old.get(value, ""), after=new.get(value, ""))


def _level_text(level: Level) -> str:
    return f"{level.label}: {level.meaning}" if level.meaning else level.label
