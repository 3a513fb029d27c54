"""What a level becomes when another edition succeeds its own; who decides lives elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from ldtrack.competencies.domain import LevelMap
from ldtrack.evidence.domain import Entry
from ldtrack.growth.domain.prior import Prior, PriorOrigin
from ldtrack.growth.domain.settings import FoldSettings
from ldtrack.growth.domain.state import State, predict


def carried(last: State, on: date, levels: LevelMap, settings: FoldSettings) -> State:
    """The belief that a person brings along on the day of the change.

    Silence counts until that day; mean and variance are stretched straight onto the new scale;
    then 0.25 is added to the variance, because the words are others.

    >>> same = LevelMap(before_lo=1, before_hi=5, after_lo=1, after_hi=5)
    >>> day = date(2026, 3, 2)
    >>> carried(State(mean=3.6, variance=0.1, on=day), day, same, FoldSettings()).variance
    0.35
    """
    now = predict(last, on, settings)
    variance = levels.ratio**2 * now.variance + settings.carry_variance
    return State(mean=levels.read(now.mean), variance=variance, on=on)


def combined(states: Sequence[State]) -> State:
    """Several beliefs of one day as one, each with the weight of its precision.

    m = sum(m_i / P_i) / sum(1 / P_i) and P = 1 / sum(1 / P_i): 3.0 with variance 0.25 and 4.0 with
    variance 0.75 make 3.25 with 0.1875.
    """
    precision = sum(1 / state.variance for state in states)
    mean = sum(state.mean / state.variance for state in states) / precision
    return replace(states[0], mean=mean, variance=1 / precision)


def prior_carried(states: Sequence[State]) -> Prior:
    """Where a trajectory starts that goes on from one or several others."""
    return Prior(state=combined(states), origin=PriorOrigin.CARRIED)


def read_along(
    entries: Iterable[Entry], after: date, levels: LevelMap, settings: FoldSettings
) -> tuple[Entry, ...]:
    """What was still observed in the words of the earlier edition after that day, as it counts now.

    Value, level and noise are stretched onto the new scale, and the noise grows by the same 0.25 by
    which a carried level does.
    """
    return tuple(_read(one, levels, settings) for one in entries if one.observed_on > after)


def _read(entry: Entry, levels: LevelMap, settings: FoldSettings) -> Entry:
    noise = entry.noise_variance
    return replace(
        entry,
        value=None if entry.value is None else levels.read(entry.value),
        level=None if entry.level is None else levels.read(entry.level),
        noise_variance=None if noise is None else levels.ratio**2 * noise + settings.carry_variance,
    )
