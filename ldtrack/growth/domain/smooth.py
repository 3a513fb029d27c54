"""The past as it looks with all that is known now; never what was known then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ldtrack.growth.domain.fold import Step, Trajectory


@dataclass(frozen=True, kw_only=True, slots=True)
class SmoothedPoint:
    """The belief about one past day in the light of later evidence."""

    on: date
    mean: float
    variance: float


def smoothed(trajectory: Trajectory) -> tuple[SmoothedPoint, ...]:
    """One point for each step, oldest first: the backward pass of Rauch, Tung and Striebel.

    C = P / P_before(next); m + C * (m_smooth(next) - m_before(next)) and
    P + C^2 * (P_smooth(next) - P_before(next)). The last point is the last belief itself. After
    a pass or fail the belief is taken to be normal, as it is in the forward pass.
    """
    if not trajectory.steps:
        return ()
    points = [_last_point(trajectory.steps[-1])]
    for later, step in pairwise(reversed(trajectory.steps)):
        points.append(_point(step, points[-1], later))
    return tuple(reversed(points))


def _last_point(step: Step) -> SmoothedPoint:
    return SmoothedPoint(on=step.on, mean=step.after.mean, variance=step.after.variance)


def _point(step: Step, next_point: SmoothedPoint, later: Step) -> SmoothedPoint:
    pull = step.after.variance / later.before.variance
    return SmoothedPoint(
        on=step.on,
        mean=step.after.mean + pull * (next_point.mean - later.before.mean),
        variance=step.after.variance + pull**2 * (next_point.variance - later.before.variance),
    )
