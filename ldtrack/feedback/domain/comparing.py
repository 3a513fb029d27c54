"""Whether two cycles of one leader may be compared, from who answered in each.

After close nobody can say which answers are whose. What is known is who was asked in each group
and whether they answered, and how many answers stand behind each printed figure. So a change is
shown only where every one of those people is known to be in the figure: as many answers as people
who answered. In doubt the two levels are shown as bands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ldtrack.feedback.domain.answers import Key
from ldtrack.feedback.domain.rereleases import Comparison, change_between_cycles


@dataclass(frozen=True, kw_only=True)
class CountedItem:
    """An item, how many raters are in a cell's printed figure on it, and how much it counts."""

    item_id: Key
    n: int
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class CountedFigure:
    """A competency and the number of raters in a cell's printed figure on it.

    `full` of them answered every item; `items` are its items, whose n is 0 where no figure is
    printed.
    """

    competency_id: Key
    n: int
    full: int = 0
    items: tuple[CountedItem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CountedCell:
    """A visible cell of anonymous raters: its groups, and how many answers each figure is of.

    `n` raters are in the cell itself, 0 where that was not kept; `apart` are items that belong to
    no competency; of `n_chose` the choices of what matters most were told.
    """

    group_keys: tuple[str, ...]
    counted: tuple[CountedFigure, ...]
    n: int = 0
    apart: tuple[CountedItem, ...] = ()
    n_chose: int = 0

    def n_on(self, competency_id: Key) -> int:
        """How many raters are in the cell's printed figure; 0 where none is printed."""
        found = self.figure_on(competency_id)
        return found.n if found else 0

    def figure_on(self, competency_id: Key) -> CountedFigure | None:
        """What is counted of the competency."""
        return next((c for c in self.counted if c.competency_id == competency_id), None)


@dataclass(frozen=True, kw_only=True)
class Turnout:
    """One cycle: its visible cells and, by group, who answered, under one name in every cycle."""

    cells: tuple[CountedCell, ...]
    answered: Mapping[str, frozenset[str]]

    def on(self, competency_id: Key) -> dict[frozenset[str], CountedCell]:
        """The cells that print a figure on the competency, by their groups."""
        return {frozenset(cell.group_keys): cell for cell in self.cells if cell.n_on(competency_id)}

    def people_in(self, cell: CountedCell) -> frozenset[str]:
        """Who answered in the cell's groups."""
        return frozenset().union(*(self.answered.get(key, frozenset()) for key in cell.group_keys))


def comparisons(
    before: Turnout | None, after: Turnout, competency_ids: Sequence[Key], k: int
) -> tuple[tuple[Key, Comparison], ...]:
    """What may be said of each competency; `before` is None where nobody knows who answered."""
    return tuple((id_, _comparison(before, after, id_, k)) for id_ in competency_ids)


def _comparison(before: Turnout | None, after: Turnout, id_: Key, k: int) -> Comparison:
    if before is None:
        return Comparison.BANDS
    old, new = before.on(id_), after.on(id_)
    if old.keys() != new.keys():
        return Comparison.BANDS
    found = {_of_cell(before, old[key], after, new[key], id_, k) for key in new}
    for worse in (Comparison.NOTHING, Comparison.BANDS):
        if worse in found:
            return worse
    return Comparison.CHANGE


def _of_cell(
    before: Turnout, old: CountedCell, after: Turnout, new: CountedCell, id_: Key, k: int
) -> Comparison:
    then, now = before.people_in(old), after.people_in(new)
    comparison = change_between_cycles(then, now, k)
    known = len(then) == old.n_on(id_) and len(now) == new.n_on(id_)
    if comparison is Comparison.CHANGE and not known:
        return Comparison.BANDS
    return comparison
