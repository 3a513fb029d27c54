"""Highest, lowest and most debated items, worked out from the printed release and nothing else.

An item counts as the mean of its printed group figures, weighted as "others" is, to one decimal.
Only items for which every group behind their competency's "others" shows a figure are compared;
the others are counted and left out. Lists never claim more precision than what is printed: a list
holds at most five items and at most half of those compared, and is cut only where the printed
value changes. Items that tie across the cut stay out together, so that a list can be empty: then
nothing stands out. Ties within a list keep the order of the questionnaire.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ldtrack.feedback.domain.answers import Key, Scale
from ldtrack.feedback.domain.document import CompetencyResult, GroupFigure, ItemResult, Release
from ldtrack.feedback.domain.figures import Figure, level_in_totals, number, one_decimal, shielded
from ldtrack.feedback.domain.scores import Weighting

T = TypeVar("T")
LONGEST = 5
DEBATED_FROM = 1.0
"""Two groups at least this far apart, in printed levels, see an item differently."""


@dataclass(frozen=True, kw_only=True)
class ListedItem:
    """An item with its competency and the figure that it is listed for."""

    item_id: Key
    competency_id: Key
    figure: Figure


@dataclass(frozen=True, kw_only=True)
class DebatedItem:
    """An item that two groups see differently, with the group that rates it lowest and highest."""

    item_id: Key
    competency_id: Key
    apart: float
    lowest_group: str
    highest_group: str


@dataclass(frozen=True, kw_only=True)
class ItemLists:
    """The three lists; `n_compared` and `n_left_out` say over how many items they were made."""

    highest: tuple[ListedItem, ...] = ()
    lowest: tuple[ListedItem, ...] = ()
    debated: tuple[DebatedItem, ...] = ()
    n_compared: int = 0
    n_left_out: int = 0


@dataclass(frozen=True, kw_only=True)
class _Compared:
    """An item that can be compared, with the level it is compared by."""

    listed: ListedItem
    level: float
    debated: DebatedItem | None


def item_lists(release: Release) -> ItemLists:
    """The lists of a printed release."""
    found: list[_Compared] = []
    left_out = 0
    for result in release.competencies:
        for item in result.items:
            compared = _compared(result, item, release.scale)
            left_out += compared is None
            found += [compared] if compared else []
    most = min(LONGEST, len(found) // 2)
    debated = [one for one in found if one.debated]
    return ItemLists(
        highest=tuple(one.listed for one in leading(found, most, lambda one: -one.level)),
        lowest=tuple(one.listed for one in leading(found, most, lambda one: one.level)),
        debated=tuple(one.debated for one in leading(debated, LONGEST, _apart) if one.debated),
        n_compared=len(found),
        n_left_out=left_out,
    )


def leading(items: Sequence[T], most: int, by: Callable[[T], float]) -> list[T]:
    """The first by this order, cut where it changes: whole ties or none of them.

    >>> leading([3.1, 3.4, 3.4, 2.0], 2, by=lambda level: -level)
    [3.4, 3.4]
    >>> leading([3.1, 3.4, 3.4, 2.0], 1, by=lambda level: -level)
    []
    """
    ordered = sorted(items, key=by)
    while 0 < most < len(ordered) and by(ordered[most - 1]) == by(ordered[most]):
        most -= 1
    return ordered[:most]


def _apart(one: _Compared) -> float:
    return -one.debated.apart if one.debated else 0.0


def _compared(result: CompetencyResult, item: ItemResult, scale: Scale) -> _Compared | None:
    behind = {g.group_key for g in result.groups if level_in_totals(g.figure, scale) is not None}
    told = [
        (group, level)
        for group in item.groups
        if group.group_key in behind and (level := level_in_totals(group.figure, scale)) is not None
    ]
    if not told or result.others is None or {group.group_key for group, _ in told} != behind:
        return None
    shares = [_share(group, result.others.weighting) for group, _ in told]
    mean = sum(w * level for w, (_, level) in zip(shares, told, strict=True)) / sum(shares)
    anonymous = any(group.count is not None and group.count.at_least > 1 for group, _ in told)
    return _Compared(
        listed=ListedItem(
            item_id=item.item_id,
            competency_id=result.competency_id,
            figure=shielded(mean, scale) if anonymous else number(mean),
        ),
        level=one_decimal(mean),
        debated=_debated(result, item, told),
    )


def _share(group: GroupFigure, weighting: Weighting) -> int:
    counted = group.count.at_least if group.count is not None else 1
    return counted if weighting is Weighting.RATER else 1


def _debated(
    result: CompetencyResult, item: ItemResult, told: Sequence[tuple[GroupFigure, float]]
) -> DebatedItem | None:
    """Low figures have no number, so they say who is far apart only through their band."""
    lowest, low = min(told, key=lambda pair: pair[1])
    highest, high = max(told, key=lambda pair: pair[1])
    apart = one_decimal(high - low)
    if apart < DEBATED_FROM:
        return None
    return DebatedItem(
        item_id=item.item_id,
        competency_id=result.competency_id,
        apart=apart,
        lowest_group=lowest.group_key,
        highest_group=highest.group_key,
    )
