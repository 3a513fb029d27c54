"""What is believed of one level at one moment, and the three ways in which the belief moves."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

from ldtrack.core.distributions import hazard, hazard_fall
from ldtrack.growth.domain.settings import FoldSettings

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """A normal belief: `mean` in levels, `variance` in squared levels, held `on` a day.

    A state without a day belongs to the day of whatever comes first.
    """

    mean: float
    variance: float
    on: date | None = None

    @property
    def sd(self) -> float:
        """Standard deviation, in levels."""
        return math.sqrt(self.variance)


def predict(state: State, on: date, settings: FoldSettings) -> State:
    """The belief after silence until `on`: same mean, P + q * years.

    Years are days / 365.25. Raises `ValueError` for a day before the state's own.

    >>> known = State(mean=3.0, variance=0.1, on=date(2026, 1, 1))
    >>> round(predict(known, date(2027, 1, 1), FoldSettings()).variance, 4)
    0.2499
    """
    if state.on is None:
        return replace(state, on=on)
    if on < state.on:
        raise ValueError("a belief cannot be carried backwards")
    years = (on - state.on).days / DAYS_PER_YEAR
    variance = state.variance + settings.drift_variance_per_year * years
    return State(mean=state.mean, variance=variance, on=on)


def update_graded(state: State, value: float, noise: float) -> State:
    """The belief after a value with noise variance R: Kalman's update for a local level.

    K = P / (P + R); m + K * (value - m); (1 - K) * P. The new mean lies between the old one
    and the value; the variance always falls.

    >>> after = update_graded(State(mean=3.0, variance=1.0), 3.5, 0.25)
    >>> after.mean, after.variance
    (3.4, 0.2)
    """
    total = state.variance + noise
    weight = state.variance / total
    mean = state.mean + weight * (value - state.mean)
    return State(mean=mean, variance=weight * noise, on=state.on)


def update_threshold(state: State, passed: bool, level: float, noise: float) -> State:
    """The belief after passing or failing something pitched at a level, with noise variance R.

    With S = P + R, s = +1 for a pass and -1 for a fail, z = s * (m - level) / sqrt(S) and
    h = phi(z) / Phi(z): m + s * P / sqrt(S) * h, and P * (1 - P / S * h * (z + h)). These are
    the exact mean and variance of a normal belief cut by a probit, so a pass never lowers the
    mean, a fail never raises it, and what was to be expected moves little.

    >>> after = update_threshold(State(mean=3.5, variance=0.25), True, 3, 0.36)
    >>> round(after.mean, 4), round(after.variance, 4)
    (3.6408, 0.2013)
    """
    total = state.variance + noise
    root = math.sqrt(total)
    sign = 1 if passed else -1
    z = sign * (state.mean - level) / root
    mean = state.mean + sign * state.variance / root * hazard(z)
    kept = noise + state.variance * (1.0 - hazard_fall(z))
    return State(mean=mean, variance=state.variance * kept / total, on=state.on)
