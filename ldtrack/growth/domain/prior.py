"""What is believed of a person before any evidence: where a trajectory starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean, variance

from ldtrack.evidence.domain import Scale
from ldtrack.growth.domain.settings import FoldSettings
from ldtrack.growth.domain.state import State


class PriorOrigin(StrEnum):
    """Where a starting point was taken from."""

    SCALE = "scale"
    """The middle of the scale."""
    ROLE = "role"
    """The average of people in the same role when they came in."""
    CARRIED = "carried"
    """The person's own level on an earlier edition of the framework."""

    @property
    def label(self) -> str:
        """The words people see."""
        return _LABELS[self]


_LABELS = {
    PriorOrigin.SCALE: "Middle of the scale",
    PriorOrigin.ROLE: "Average of people new to this role",
    PriorOrigin.CARRIED: "Carried from before",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Prior:
    """The belief a trajectory starts from; it is no evidence unless it was carried."""

    state: State
    origin: PriorOrigin

    @property
    def is_carried(self) -> bool:
        """Whether earlier evidence stands behind it."""
        return self.origin is PriorOrigin.CARRIED


def prior_of_scale(scale: Scale, settings: FoldSettings, on: date | None = None) -> Prior:
    """The midpoint of the scale; `on` is the day of entry, or None for the first evidence."""
    state = State(mean=scale.midpoint, variance=settings.prior_variance, on=on)
    return Prior(state=state, origin=PriorOrigin.SCALE)


def prior_of_role(
    levels_at_entry: Sequence[float],
    scale: Scale,
    settings: FoldSettings,
    on: date | None = None,
) -> Prior:
    """The average of people in the same role at their entry, if there are enough of them.

    The variance is that of the group (n - 1) plus 0.25. With fewer than `role_minimum` people
    it is the midpoint of the scale instead.

    >>> prior = prior_of_role([3, 4] * 5, Scale(1, 5), FoldSettings())
    >>> prior.state.mean, round(prior.state.variance, 4)
    (3.5, 0.5278)
    """
    if len(levels_at_entry) < max(2, settings.role_minimum):
        return prior_of_scale(scale, settings, on)
    spread = variance(levels_at_entry) + settings.role_extra_variance
    state = State(mean=fmean(levels_at_entry), variance=spread, on=on)
    return Prior(state=state, origin=PriorOrigin.ROLE)
