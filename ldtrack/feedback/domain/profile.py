"""The profile of a whole cycle: means over leaders of what their reports print, and no more.

A cell speaks of at least five leaders, or of the rater floor if that is higher. The cuts are fixed:
everybody, then units, the largest first. All cells together are checked as figures over people:
any part into which they cut the leaders, the remainder of each total included, holds nobody or
enough. It is made once, when the cycle's last report is made, and stored with who is behind each
cell, so that a reader who knows some of the reports is shown only what hides the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import fmean

from ldtrack.feedback.domain.answers import SELF_GROUP, Key, Scale
from ldtrack.feedback.domain.audit import Aggregate, audit
from ldtrack.feedback.domain.document import CompetencyResult, Release
from ldtrack.feedback.domain.figures import level_in_totals, one_decimal
from ldtrack.feedback.domain.importance import Share, share_of

FEWEST_LEADERS = 5
EVERYBODY = "Everybody"


class Measure(StrEnum):
    """What a cell speaks of."""

    SELF = SELF_GROUP
    OTHERS = "others"
    IMPORTANCE = "importance"


@dataclass(frozen=True, kw_only=True)
class ProfiledLeader:
    """A leader's printed report and their unit on the day of the profile."""

    person_id: int
    unit: str
    release: Release


@dataclass(frozen=True, kw_only=True)
class ProfileCell:
    """A mean over the leaders in `people`, in levels; of importance a word for the share."""

    cut: str
    competency_id: int
    measure: Measure
    people: tuple[int, ...]
    mean: float | None = None
    share: Share | None = None

    def figure_without(self, known: Collection[int]) -> Aggregate | None:
        """The cell as a sum over the people whom a reader does not know; None if there are none."""
        people = [person for person in self.people if person not in known]
        item = f"{self.competency_id} {self.measure.value}"
        return Aggregate.over(f"{self.cut} {item}", people, item) if people else None


@dataclass(frozen=True, kw_only=True)
class ProfiledCompetency:
    """A competency under the name it was asked about."""

    id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class CohortProfile:
    """Every cell that may be shown; `floor` is the fewest leaders in one."""

    floor: int
    scale: Scale
    scale_words: tuple[str, ...]
    n_leaders: int
    competencies: tuple[ProfiledCompetency, ...]
    cuts: tuple[str, ...]
    cells: tuple[ProfileCell, ...]

    def cell(self, cut: str, competency_id: int, measure: Measure) -> ProfileCell | None:
        """One cell, or None if it may not be shown."""
        wanted = (cut, competency_id, measure)
        found = (c for c in self.cells if (c.cut, c.competency_id, c.measure) == wanted)
        return next(found, None)


def fewest_leaders(k: int) -> int:
    """Of how many leaders a cell has to speak where nothing is shown of fewer than k raters."""
    return max(k, FEWEST_LEADERS)


def profile_of(
    leaders: Sequence[ProfiledLeader],
    competencies: Sequence[ProfiledCompetency],
    *,
    k: int,
    scale: Scale,
    scale_words: tuple[str, ...] = (),
) -> CohortProfile:
    """Everything that may be shown to a reader who knows none of the reports."""
    floor = fewest_leaders(k)
    cuts = _cuts(leaders)
    cells = _admitted(
        (
            cell
            for cut, people in cuts
            for competency in competencies
            for cell in _cells(cut, people, competency.id, scale)
        ),
        floor,
        known=(),
    )
    shown = {cell.cut for cell in cells}
    return CohortProfile(
        floor=floor,
        scale=scale,
        scale_words=scale_words,
        n_leaders=len(leaders),
        competencies=tuple(competencies),
        cuts=tuple(cut for cut, _ in cuts if cut in shown),
        cells=tuple(cells),
    )


def for_reader(profile: CohortProfile, known: Collection[int]) -> CohortProfile:
    """The same for somebody who knows the reports of some of the leaders.

    What they know can be taken out of every sum, so the cells are checked without it: the others
    in any part are nobody or enough.
    """
    cells = _admitted(profile.cells, profile.floor, known)
    shown = {cell.cut for cell in cells}
    return replace(
        profile, cells=tuple(cells), cuts=tuple(cut for cut in profile.cuts if cut in shown)
    )


def _admitted(
    cells: Iterable[ProfileCell], floor: int, known: Collection[int]
) -> list[ProfileCell]:
    """The cells that are large enough and pass together, one by one in their order."""
    shown: list[ProfileCell] = []
    of: dict[tuple[int, Measure], list[Aggregate]] = {}
    for cell in cells:
        if len(cell.people) < floor:
            continue
        beside = of.setdefault((cell.competency_id, cell.measure), [])
        unknown = cell.figure_without(known)
        if unknown is None:
            shown.append(cell)
        elif audit([*beside, unknown], floor).passed:
            shown.append(cell)
            beside.append(unknown)
    return shown


def _cuts(leaders: Sequence[ProfiledLeader]) -> list[tuple[str, list[ProfiledLeader]]]:
    sizes = Counter(leader.unit for leader in leaders if leader.unit)
    units = sorted(sizes, key=lambda unit: (-sizes[unit], unit))
    return [
        (EVERYBODY, list(leaders)),
        *((unit, [leader for leader in leaders if leader.unit == unit]) for unit in units),
    ]


def _cells(
    cut: str, leaders: Sequence[ProfiledLeader], competency_id: int, scale: Scale
) -> Iterable[ProfileCell]:
    results = [(leader.person_id, _result(leader.release, competency_id)) for leader in leaders]
    own = {p: r.self_figure.value for p, r in results if r and r.self_figure}
    others = {p: level_in_totals(r.others.figure, scale) for p, r in results if r and r.others}
    chose = {p: r.importance.by_self for p, r in results if r and r.importance}
    for measure, levels in ((Measure.OTHERS, others), (Measure.SELF, own)):
        told = {person: level for person, level in levels.items() if level is not None}
        if told:
            yield ProfileCell(
                cut=cut,
                competency_id=competency_id,
                measure=measure,
                people=tuple(sorted(told)),
                mean=one_decimal(fmean(told.values())),
            )
    answered = {person: chosen for person, chosen in chose.items() if chosen is not None}
    if answered:
        yield ProfileCell(
            cut=cut,
            competency_id=competency_id,
            measure=Measure.IMPORTANCE,
            people=tuple(sorted(answered)),
            share=share_of(sum(answered.values()), len(answered)),
        )


def _result(release: Release, competency_id: Key) -> CompetencyResult | None:
    return next((r for r in release.competencies if r.competency_id == competency_id), None)
