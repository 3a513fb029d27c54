"""A level over time with its range, its target and the evidence behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from ldtrack.charts.series.scale import Absent, Estimate, Scale, require_finite
from ldtrack.charts.series.words import (
    count_words,
    day_words,
    level_words,
    month_words,
    target_words,
)
from ldtrack.charts.table import Table

_MONTH = timedelta(days=30)
_ANY_DAY = date(2000, 1, 1)
"""Stands for the days of a chart without any; it is never named."""


class Source(Enum):
    """Where a piece of evidence came from; each source has a marker of its own."""

    COURSE = "Course"
    COACHING = "Coaching"
    ASSIGNMENT = "Assignment"
    FEEDBACK = "360 feedback"
    REFLECTION = "Reflection"
    OTHER = "Other"


@dataclass(frozen=True, kw_only=True)
class LevelPoint(Estimate):
    """The estimate as it stood on one day."""

    on: date


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A day after which numbers mean something else, such as a change of framework."""

    on: date
    label: str


@dataclass(frozen=True, kw_only=True)
class EvidenceDot:
    """One piece of evidence at the level it spoke for."""

    on: date
    level: float
    source: Source
    label: str = ""

    def __post_init__(self) -> None:
        require_finite(self.level)


@dataclass(frozen=True, kw_only=True)
class LineBand:
    """A trajectory. `points` holds one estimate a day of evidence, oldest first."""

    title: str
    scale: Scale
    points: tuple[LevelPoint, ...]
    target: float | None = None
    marks: tuple[Mark, ...] = ()
    evidence: tuple[EvidenceDot, ...] = ()

    def __post_init__(self) -> None:
        require_finite(self.target)
        days = [point.on for point in self.points]
        if days != sorted(days):
            raise ValueError("The points of a line must come oldest first.")

    @property
    def shown(self) -> tuple[LevelPoint, ...]:
        """The points as drawn, clipped to the scale."""
        return tuple(point.within(self.scale) for point in self.points)

    @property
    def has_trend(self) -> bool:
        """One observation is a point with a range, never a line."""
        return len(self.points) > 1

    @property
    def days(self) -> tuple[date, ...]:
        """Every day on which something happened, oldest first."""
        days = {point.on for point in self.points} | {mark.on for mark in self.marks}
        return tuple(sorted(days | {dot.on for dot in self.evidence}))

    @property
    def span(self) -> tuple[date, date]:
        """The days to draw between; fewer than two days stand in the middle of two months."""
        days = self.days or (_ANY_DAY,)
        if len(days) > 1:
            return days[0], days[-1]
        return days[0] - _MONTH, days[0] + _MONTH

    @property
    def sources(self) -> tuple[Source, ...]:
        present = {dot.source for dot in self.evidence}
        return tuple(source for source in Source if source in present)

    def reading(self) -> str:
        """The chart in a sentence or two.

        >>> LineBand(title="Delegating", scale=Scale(), points=()).reading()
        'Delegating: not yet assessed.'
        """
        clauses = [self._movement()]
        if self.target is not None:
            clauses.append(f"target {target_words(self.target)}")
        sentences = [f"{self.title}: {'; '.join(clauses)}."]
        sentences += [f"{mark.label}: {month_words(mark.on)}." for mark in self.marks]
        if self.evidence:
            counted = Counter(dot.source for dot in self.evidence)
            listed = ", ".join(f"{source.value} {counted[source]}" for source in self.sources)
            pieces = count_words(len(self.evidence), "piece")
            sentences.append(f"{pieces} of evidence ({listed}).")
        return " ".join(sentences)

    def _movement(self) -> str:
        if not self.shown:
            return Absent.NOT_ASSESSED.value
        first, last = self.shown[0], self.shown[-1]
        say = month_words if month_words(first.on) != month_words(last.on) else day_words
        likely = f"range {level_words(last.low)} to {level_words(last.high)}"
        if not self.has_trend:
            return f"{level_words(last.level)} in {month_words(last.on)}; {likely}"
        began = f"from {level_words(first.level)} {_at(first.on, say(first.on))}"
        now = f"to {level_words(last.level)} {_at(last.on, say(last.on))}"
        return f"{began} {now}; {likely}"

    def rows(self) -> Table:
        lines = sorted(self._lines(), key=lambda line: line[0])
        return Table(
            header=("Date", "What", "Level", "Range from", "Range to"),
            rows=tuple((day_words(on), *cells) for on, cells in lines),
            numeric=frozenset({2, 3, 4}),
        )

    def _lines(self) -> Iterator[tuple[date, tuple[str, str, str, str]]]:
        for dot in self.evidence:
            what = f"{dot.source.value}: {dot.label}" if dot.label else dot.source.value
            yield dot.on, (what, level_words(self.scale.clip(dot.level)), "", "")
        for mark in self.marks:
            yield mark.on, (mark.label, "", "", "")
        for point in self.shown:
            low, high = level_words(point.low), level_words(point.high)
            yield point.on, ("Estimated level", level_words(point.level), low, high)


def _at(day: date, said: str) -> str:
    """ "in" a month, "on" a day."""
    return f"in {said}" if said == month_words(day) else f"on {said}"
