"""What may be shown next to something already shown: a second release, a change between cycles.

Raters are named by whatever key tells people apart in both sets; a corrected answer counts as one
rater taken away and another, with a new key, added.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from enum import StrEnum

from ldtrack.feedback.domain.anonymity import meets_floor
from ldtrack.feedback.domain.audit import Aggregate, audit


class Comparison(StrEnum):
    """What two cycles of one group may show side by side."""

    CHANGE = "change"
    BANDS = "bands"
    NOTHING = "nothing"


def second_release_allowed(
    before: Mapping[str, frozenset[int]], after: Mapping[str, frozenset[int]], k: int
) -> bool:
    """Whether a second release of the same cycle hides every single answer behind k others.

    `before` and `after` hold the raters of every visible cell. Each cell that changed needs at
    least k raters added, and 0 or at least k removed; and the old and new cells together must
    pass the audit, because a rater may have moved between cells.

    >>> peers = frozenset({1, 2, 3})
    >>> second_release_allowed({"peer": peers}, {"peer": peers | {4}}, k=3)
    False
    >>> second_release_allowed({"peer": peers}, {"peer": peers | {4, 5, 6}}, k=3)
    True
    """
    nobody = frozenset[int]()
    for key in {**before, **after}:
        old, new = before.get(key, nobody), after.get(key, nobody)
        if old != new and not _enough_change(old, new, k):
            return False
    history = [
        Aggregate.over(key, raters)
        for cells in (before, after)
        for key, raters in cells.items()
        if raters
    ]
    return audit(history, k).passed


def change_between_cycles(before: Set[object], after: Set[object], k: int) -> Comparison:
    """What may be said of one group's change from one cycle to the next.

    The change itself needs k raters in both cycles, and the raters added and removed to be each
    0 or at least k: with one joiner and the others unmoved, 4.00 from three and then 3.25 from
    four is the joiner's 1. Otherwise both levels are shown in bands, or nothing under k.

    >>> change_between_cycles(frozenset({1, 2, 3}), frozenset({1, 2, 3, 4}), k=3).value
    'bands'
    """
    if not (meets_floor(len(before), k) and meets_floor(len(after), k)):
        return Comparison.NOTHING
    moved = (len(after - before), len(before - after))
    hides = all(_nobody_or_enough(n, k) for n in moved)
    return Comparison.CHANGE if hides else Comparison.BANDS


def _enough_change(old: frozenset[int], new: frozenset[int], k: int) -> bool:
    return meets_floor(len(new - old), k) and _nobody_or_enough(len(old - new), k)


def _nobody_or_enough(n: int, k: int) -> bool:
    return n == 0 or meets_floor(n, k)
