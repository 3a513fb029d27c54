"""The few numbers that an organisation may set for the estimate; noises are set with evidence."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ldtrack.core.errors import RuleBroken


@dataclass(frozen=True, kw_only=True, slots=True)
class FoldSettings:
    """Settings of the estimate; variances are in squared levels, chances and shares in 0..1.

    A drift of 0.15 a year lets a level wander by about 0.39 (one standard deviation) in a year
    without evidence. Raises `RuleBroken` for a setting that makes no sense.
    """

    drift_variance_per_year: float = 0.15
    prior_variance: float = 1.0
    role_minimum: int = 10
    """People in a role before their average is where a newcomer starts."""
    role_extra_variance: float = 0.25
    carry_variance: float = 0.25
    """Doubt added when a level is carried to a new framework version."""
    band_share: float = 0.80
    review_band_share: float = 0.90
    met_chance: float = 0.80
    not_yet_chance: float = 0.20
    confirm_chance: float = 0.65
    confirm_days: int = 90
    surprise_sds: float = 3.0

    def __post_init__(self) -> None:
        for field in ("drift_variance_per_year", "role_extra_variance", "carry_variance"):
            _check(field, getattr(self, field) >= 0)
        for field in ("prior_variance", "surprise_sds", "role_minimum", "confirm_days"):
            _check(field, getattr(self, field) > 0)
        for field in ("band_share", "review_band_share", "confirm_chance"):
            _check(field, 0 < getattr(self, field) < 1)
        _check("met_chance", 0 < self.not_yet_chance < self.met_chance < 1)
        _check("drift_variance_per_year", math.isfinite(self.drift_variance_per_year))
        _check("prior_variance", math.isfinite(self.prior_variance))


def _check(field: str, holds: bool) -> None:
    if not holds:
        raise RuleBroken(field, "This number is outside the range that makes sense here.")
