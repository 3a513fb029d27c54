"""What was done beside what was shown: two bars that are never merged into one."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.charts.series.words import count_words
from ldtrack.charts.table import Table


@dataclass(frozen=True, kw_only=True)
class Portion:
    """So many of so many; `noun` is singular, with a plain plural in s."""

    count: int
    of: int
    noun: str

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.of:
            raise ValueError("A portion counts from none to all.")

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else 0.0

    def words(self) -> str:
        """4 of 9 steps, or "no steps set" where there is nothing to count."""
        return (
            f"{self.count} of {count_words(self.of, self.noun)}"
            if self.of
            else f"no {self.noun}s set"
        )


@dataclass(frozen=True, kw_only=True)
class ProgressPair:
    title: str
    done: Portion
    shown: Portion

    def bars(self) -> tuple[tuple[str, Portion], tuple[str, Portion]]:
        return ("Done", self.done), ("Shown", self.shown)

    def reading(self) -> str:
        """ "Stage 2: done 4 of 9 steps; shown 1 of 3 targets." """
        said = "; ".join(f"{name.lower()} {portion.words()}" for name, portion in self.bars())
        return f"{self.title}: {said}."

    def rows(self) -> Table:
        return Table(
            header=("Progress", "Count", "Of"),
            rows=tuple(
                (f"{name} ({portion.noun}s)", str(portion.count), str(portion.of))
                for name, portion in self.bars()
            ),
            numeric=frozenset({1, 2}),
        )
