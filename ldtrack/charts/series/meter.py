"""One level on its scale, with its range and its target."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.charts.series.scale import Absent, Estimate, Scale, require_finite
from ldtrack.charts.series.words import level_words, target_words
from ldtrack.charts.table import Table


@dataclass(frozen=True, kw_only=True)
class LevelMeter:
    """`sureness` and `verdict` are the words of whoever computed the level; charts do not judge."""

    title: str
    scale: Scale
    estimate: Estimate | Absent
    target: float | None = None
    sureness: str = ""
    verdict: str = ""

    def __post_init__(self) -> None:
        require_finite(self.target)

    @property
    def shown(self) -> Estimate | Absent:
        if isinstance(self.estimate, Absent):
            return self.estimate
        return self.estimate.within(self.scale)

    def twin(self) -> str:
        """The same in words, to stand beside the meter.

        A level of 3.56 between 3.21 and 3.92 with target 4 reads
        "3.6 (3.2 to 3.9), fairly sure; target 4: not yet".
        """
        shown = self.shown
        if isinstance(shown, Absent):
            level = shown.value
        else:
            likely = f"{level_words(shown.low)} to {level_words(shown.high)}"
            level = f"{level_words(shown.level)} ({likely})"
        said = ", ".join(filter(None, (level, self.sureness)))
        if self.target is None:
            return said
        aim = ": ".join(filter(None, (f"target {target_words(self.target)}", self.verdict)))
        return f"{said}; {aim}"

    def reading(self) -> str:
        return f"{self.title}: {self.twin()}."

    def rows(self) -> Table:
        shown = self.shown
        if isinstance(shown, Absent):
            numbers = (shown.value, "", "")
        else:
            numbers = (level_words(shown.level), level_words(shown.low), level_words(shown.high))
        target = "" if self.target is None else target_words(self.target)
        return Table(
            header=("Competency", "Level", "Range from", "Range to", "Target"),
            rows=((self.title, *numbers, target),),
            numeric=frozenset({1, 2, 3, 4}),
        )
