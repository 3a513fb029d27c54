"""What the audit of a release said: how much was cleared, what was hidden and why; no figures.

It is read off the printed release, so it can tell no more than the release does. It is stored
with it and shown to the coach and, as counts, to HR.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ldtrack.feedback.domain.document import GroupFigure, Release
from ldtrack.feedback.domain.figures import Shown
from ldtrack.feedback.domain.reasons import Reason


@dataclass(frozen=True, kw_only=True)
class HiddenCells:
    """So many cells of the report have no figure, or only a band, for one reason."""

    reason: Reason
    n: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`figures` were cleared by the audit, beside `earlier` ones that had been shown before.

    `elsewhere` counts figures of other cycles that it was put beside, `rough` the bands among
    what is hidden, `pooled` groups that are shown together.
    """

    passed: bool = True
    k: int = 3
    figures: int = 0
    earlier: int = 0
    elsewhere: int = 0
    rough: int = 0
    hidden: tuple[HiddenCells, ...] = ()
    left_out: tuple[str, ...] = ()
    pooled: tuple[str, ...] = ()

    @property
    def n_hidden(self) -> int:
        """How many cells are hidden in all."""
        return sum(cells.n for cells in self.hidden)


def verdict_of(release: Release, *, figures: int, earlier: int, elsewhere: int = 0) -> Verdict:
    """The record of a release that passed: counts of hidden cells by reason, in a fixed order."""
    counted = Counter(cell.figure.reason for cell in cells_of(release) if _is_hidden(cell))
    return Verdict(
        k=release.k,
        figures=figures,
        earlier=earlier,
        elsewhere=elsewhere,
        rough=sum(cell.figure.shown is Shown.ROUGH for cell in cells_of(release)),
        hidden=tuple(
            HiddenCells(reason=reason, n=counted[reason], text=reason.sentence(release.k))
            for reason in Reason
            if counted[reason]
        ),
        left_out=tuple(
            group.name for group in release.left_out if group.reason is Reason.TOO_FEW_RATERS
        ),
        pooled=tuple(group.name for group in release.groups if len(group.group_names) > 1),
    )


def cells_of(release: Release) -> Iterator[GroupFigure]:
    """Every figure of a group that the release prints or hides."""
    for result in release.competencies:
        yield from result.groups
        for item in result.items:
            yield from item.groups
    for item in release.derailers:
        yield from item.groups


def _is_hidden(cell: GroupFigure) -> bool:
    return cell.figure.reason not in (None, Reason.NOT_OBSERVED)
