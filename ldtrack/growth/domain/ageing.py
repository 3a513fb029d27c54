"""How long evidence counts, for the question that everybody asks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ldtrack.growth.domain.settings import FoldSettings


@dataclass(frozen=True, kw_only=True, slots=True)
class Ageing:
    """Where the estimate settles when like evidence keeps coming at one pace."""

    weight: float
    """K of every new piece."""
    variance: float
    """P after every new piece, in squared levels."""
    half_life_pieces: float
    """Further pieces until one has lost half of its weight."""
    half_life_years: float


def ageing(noise_variance: float, years_between: float, settings: FoldSettings) -> Ageing:
    """The steady state of pieces with noise R that come every `years_between` years (> 0).

    With d = q * years, the variance before a piece solves M^2 = d * M + d * R. A coach's rating
    (R 0.25) each quarter settles at K 0.3195 and loses half its weight in 0.45 year. Without
    drift nothing ever settles: `ValueError`.
    """
    drift = settings.drift_variance_per_year * years_between
    if drift <= 0:
        raise ValueError("without drift the weight of new evidence falls for ever")
    before = (drift + math.sqrt(drift**2 + 4 * drift * noise_variance)) / 2
    weight = before / (before + noise_variance)
    half_life = math.log(0.5) / math.log1p(-weight)
    return Ageing(
        weight=weight,
        variance=weight * noise_variance,
        half_life_pieces=half_life,
        half_life_years=half_life * years_between,
    )
