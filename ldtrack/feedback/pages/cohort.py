"""The profile of a whole cycle as a page and as rows of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ldtrack.charts.series import Absent, CompetencyRatings, Dumbbell, Mean, Scale
from ldtrack.feedback.domain.cycle_reliability import CompetencyReliability
from ldtrack.feedback.domain.item_lists import leading
from ldtrack.feedback.domain.profile import EVERYBODY, CohortProfile, Measure, ProfileCell
from ldtrack.feedback.domain.reliability import Floor
from ldtrack.feedback.queries.summaries import Cohort

NOTHING = "–"
_FIRST = 3


@dataclass(frozen=True, kw_only=True)
class CutLine:
    """One competency in every cut: others' mean over so many leaders."""

    competency: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ReliabilityLine:
    """One competency's reliability in words and numbers; `is_grey` marks few leaders."""

    competency: str
    n_leaders: int
    single: str
    mean: str
    alpha: str
    method: str
    is_grey: bool


@dataclass(frozen=True, kw_only=True)
class CohortPage:
    """Everything the page shows."""

    cohort: Cohort
    chart: Dumbbell | None
    strengths: tuple[str, ...]
    needs: tuple[str, ...]
    important: tuple[tuple[str, str], ...]
    cuts: tuple[str, ...]
    lines: tuple[CutLine, ...]
    reliability: tuple[ReliabilityLine, ...]

    @property
    def profile(self) -> CohortProfile:
        """The profile as far as the reader may see it."""
        return self.cohort.profile

    @property
    def n_hidden(self) -> int:
        """Cells of the table that may not be shown to this reader."""
        return sum(not text for line in self.lines for text, _ in line.cells)


def cohort_page(cohort: Cohort) -> CohortPage:
    """The page for one reader."""
    profile = cohort.profile
    others = _cells(profile, Measure.OTHERS)
    return CohortPage(
        cohort=cohort,
        chart=_chart(profile),
        strengths=_names(profile, leading(others, _most(others), lambda c: -(c.mean or 0))),
        needs=_names(profile, leading(others, _most(others), lambda c: c.mean or 0)),
        important=tuple(
            (_name(profile, cell), cell.share.value.replace("of the others", "of the leaders"))
            for cell in _cells(profile, Measure.IMPORTANCE)
            if cell.share is not None
        ),
        cuts=profile.cuts,
        lines=tuple(_line(profile, c.id, c.name) for c in profile.competencies),
        reliability=tuple(_reliability(profile, one) for one in cohort.reliability),
    )


def rows_of_cohort(cohort: Cohort) -> Iterator[tuple[str, ...]]:
    """Head and rows; names of units and competencies are HR's own words."""
    yield ("Cut", "Competency", "What", "Leaders", "Figure")
    for cell in cohort.profile.cells:
        figure = cell.share.value if cell.share else _text(cell.mean)
        what = {"self": "Self", "others": "Others"}.get(cell.measure.value, "Chosen by self")
        name = _name(cohort.profile, cell)
        yield (_harmless(cell.cut), _harmless(name), what, str(len(cell.people)), figure)


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in "=+-@\t\r\n" and text else text


def _cells(profile: CohortProfile, measure: Measure) -> list[ProfileCell]:
    found = (profile.cell(EVERYBODY, c.id, measure) for c in profile.competencies)
    return [cell for cell in found if cell is not None]


def _most(cells: list[ProfileCell]) -> int:
    return min(_FIRST, len(cells) // 2)


def _names(profile: CohortProfile, cells: list[ProfileCell]) -> tuple[str, ...]:
    return tuple(f"{_name(profile, cell)} {_text(cell.mean)}" for cell in cells)


def _name(profile: CohortProfile, cell: ProfileCell) -> str:
    return next(c.name for c in profile.competencies if c.id == cell.competency_id)


def _line(profile: CohortProfile, competency_id: int, name: str) -> CutLine:
    cells = [profile.cell(cut, competency_id, Measure.OTHERS) for cut in profile.cuts]
    return CutLine(
        competency=name,
        cells=tuple(
            (_text(cell.mean), f"n {len(cell.people)}") if cell else ("", "") for cell in cells
        ),
    )


def _text(mean: float | None) -> str:
    return "" if mean is None else f"{mean:.1f}"


def _chart(profile: CohortProfile) -> Dumbbell | None:
    rows = tuple(
        CompetencyRatings(
            competency=competency.name,
            own=_level(profile.cell(EVERYBODY, competency.id, Measure.SELF)),
            manager=Absent.NOT_RATED,
            others=_mean(profile.cell(EVERYBODY, competency.id, Measure.OTHERS)),
        )
        for competency in profile.competencies
    )
    if all(isinstance(row.others, Absent) for row in rows):
        return None
    scale = profile.scale
    return Dumbbell(
        title="Self and others, all leaders together",
        scale=Scale(low=scale.lo, high=scale.hi, words=profile.scale_words),
        competencies=rows,
        with_manager=False,
    )


def _level(cell: ProfileCell | None) -> float | Absent:
    return Absent.HIDDEN if cell is None or cell.mean is None else cell.mean


def _mean(cell: ProfileCell | None) -> Mean | Absent:
    if cell is None or cell.mean is None:
        return Absent.HIDDEN
    return Mean(value=cell.mean, n_raters=len(cell.people))


def _reliability(profile: CohortProfile, one: CompetencyReliability) -> ReliabilityLine:
    found = one.ratings if one.floor is not Floor.HIDDEN else None
    return ReliabilityLine(
        competency=next(c.name for c in profile.competencies if c.id == one.competency_id),
        n_leaders=one.n_leaders,
        single=_two(found.single) if found else NOTHING,
        mean=f"{_two(found.mean)} (k {found.k:.1f})" if found else NOTHING,
        alpha=NOTHING if one.alpha is None else _two(one.alpha),
        method=found.method.value if found else "",
        is_grey=one.floor is Floor.GREY,
    )


def _two(value: float) -> str:
    return f"{value:.2f}"
