"""What something pitched at a level would do to a level if it were passed or failed today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ldtrack.growth.domain.settings import FoldSettings
from ldtrack.growth.domain.state import State, predict, update_threshold


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """Where the level would be, by how much it would move, and how much the piece would count."""

    mean: float
    move: float
    """In levels; signed."""
    weight: float
    """K: the share of the doubt that the piece would take away, in 0..1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """Something pitched at a level, passed and failed."""

    level: int
    passed: Shift
    failed: Shift


def outlooks(
    state: State, levels: Collection[int], noise: float, *, on: date, settings: FoldSettings
) -> tuple[Outlook, ...]:
    """For each level what a pass and what a fail would do to the belief on a day.

    The same arithmetic as of evidence that is there: the belief is carried to the day, then updated
    with the noise variance R. K = 1 - P after / P before.

    >>> known = State(mean=3.5, variance=0.25, on=date(2026, 1, 1))
    >>> [one] = outlooks(known, [3], 0.36, on=date(2026, 1, 1), settings=FoldSettings())
    >>> round(one.passed.mean, 4), round(one.failed.move, 4)
    (3.6408, -0.3986)
    """
    before = predict(state, on, settings)
    return tuple(
        Outlook(
            level=level,
            passed=_shift(before, update_threshold(before, True, level, noise)),
            failed=_shift(before, update_threshold(before, False, level, noise)),
        )
        for level in sorted(levels)
    )


def _shift(before: State, after: State) -> Shift:
    return Shift(
        mean=after.mean,
        move=after.mean - before.mean,
        weight=1.0 - after.variance / before.variance,
    )
