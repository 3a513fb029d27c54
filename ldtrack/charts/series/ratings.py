"""Competencies as seen by the person, their manager and others: as bars, or as the gap between."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.charts.series.scale import Absent, Scale, require_finite
from ldtrack.charts.series.words import level_words, target_words
from ldtrack.charts.table import Table


@dataclass(frozen=True, kw_only=True)
class Mean:
    """A mean never stands without the number of raters it was taken over.

    `or_more` says that there were at least so many, where the exact number would tell too much.
    """

    value: float
    n_raters: int
    or_more: bool = False

    def __post_init__(self) -> None:
        require_finite(self.value)


@dataclass(frozen=True, kw_only=True)
class CompetencyRatings:
    """One competency's ratings; `verdict` is the caller's word for the gap, if it has one.

    `usual` is the band of what is usual for others, from a norm that the caller names. `roughly`
    are the caller's words for others where their mean is known only roughly.
    """

    competency: str
    own: float | Absent
    manager: Mean | Absent
    others: Mean | Absent
    target: float | None = None
    verdict: str = ""
    usual: tuple[float, float] | None = None
    roughly: str = ""

    def __post_init__(self) -> None:
        require_finite(self.target, None if isinstance(self.own, Absent) else self.own)
        require_finite(*(self.usual or ()))

    def views(self) -> tuple[tuple[str, float | Absent], ...]:
        """The three views with their names, in the order in which every chart draws them."""
        return (
            ("Self", self.own),
            ("Manager", _value(self.manager)),
            ("Others", _value(self.others)),
        )

    def cells(self) -> tuple[str, str, str]:
        own = self.own.value if isinstance(self.own, Absent) else level_words(self.own)
        return own, _mean_words(self.manager), self.roughly or _mean_words(self.others)

    def missing(self) -> tuple[tuple[str, str], ...]:
        """The views that cannot be drawn, each with what is said in its place."""
        return tuple(
            (name, self.roughly if value is Absent.ROUGH and self.roughly else value.brief)
            for name, value in self.views()
            if isinstance(value, Absent)
        )

    def usual_words(self) -> str:
        """A band from 3.3 to 3.9 is "3.3 to 3.9"; without one nothing is said."""
        return " to ".join(level_words(level) for level in self.usual or ())

    def sentence(self, *, with_manager: bool = True) -> str:
        own, manager, others = self.cells()
        between = f", manager {manager}" if with_manager else ""
        said = f"{self.competency}: self {own}{between}, others {others}"
        if self.target is not None:
            said += f", target {target_words(self.target)}"
        if self.usual is not None:
            said += f", usual {self.usual_words()}"
        return f"{said} ({self.verdict})." if self.verdict else f"{said}."


@dataclass(frozen=True, kw_only=True)
class ProfileBars:
    """The competency profile: three bars and a target for each competency."""

    title: str
    scale: Scale
    competencies: tuple[CompetencyRatings, ...]

    def reading(self) -> str:
        return _together(self.title, [line.sentence() for line in self.competencies])

    def rows(self) -> Table:
        return Table(
            header=("Competency", "Self", "Manager", "Others", "Target"),
            rows=tuple(
                (
                    line.competency,
                    *line.cells(),
                    "" if line.target is None else target_words(line.target),
                )
                for line in self.competencies
            ),
            numeric=frozenset({1, 2, 3, 4}),
        )


@dataclass(frozen=True, kw_only=True)
class Dumbbell:
    """Awareness: how far the person's own view lies from the manager's and from others'.

    `with_manager` is off where no one manager can have a view, as for many people together.
    """

    title: str
    scale: Scale
    competencies: tuple[CompetencyRatings, ...]
    with_manager: bool = True

    def reading(self) -> str:
        said = [each.sentence(with_manager=self.with_manager) for each in self.competencies]
        return _together(self.title, said)

    @property
    def views(self) -> tuple[str, ...]:
        """The views that are drawn."""
        return ("Self", "Manager", "Others") if self.with_manager else ("Self", "Others")

    @property
    def has_usual(self) -> bool:
        """Whether any competency has a band of what is usual."""
        return any(line.usual is not None for line in self.competencies)

    def rows(self) -> Table:
        usual = ("Usual",) if self.has_usual else ()
        header = ("Competency", *self.views, *usual, "Reading")
        return Table(
            header=header,
            rows=tuple(self._row(line) for line in self.competencies),
            numeric=frozenset(range(1, len(header) - 1)),
        )

    def _row(self, line: CompetencyRatings) -> tuple[str, ...]:
        own, manager, others = line.cells()
        views = (own, manager, others) if self.with_manager else (own, others)
        usual = (line.usual_words(),) if self.has_usual else ()
        return (line.competency, *views, *usual, line.verdict)


def _together(title: str, said: list[str]) -> str:
    return " ".join([f"{title}.", *said]) if said else f"{title}: {Absent.NOT_RATED.value}."


def _value(mean: Mean | Absent) -> float | Absent:
    return mean if isinstance(mean, Absent) else mean.value


def _mean_words(mean: Mean | Absent) -> str:
    """A mean of 3.6 over 5 raters is "3.6 (n 5)", over at least 3 "3.6 (n 3 or more)"."""
    if isinstance(mean, Absent):
        return mean.value
    more = " or more" if mean.or_more else ""
    return f"{level_words(mean.value)} (n {mean.n_raters}{more})"
