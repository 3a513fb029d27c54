"""The settings of the estimate and what they refuse."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from ldtrack.core.errors import RuleBroken
from tests.unit.growth.makers import USUAL


def test_the_usual_settings_are_the_published_ones() -> None:
    assert (USUAL.drift_variance_per_year, USUAL.prior_variance) == (0.15, 1.0)
    assert (USUAL.band_share, USUAL.review_band_share) == (0.80, 0.90)
    assert (USUAL.met_chance, USUAL.not_yet_chance) == (0.80, 0.20)
    assert (USUAL.confirm_chance, USUAL.confirm_days) == (0.65, 90)
    assert USUAL.surprise_sds == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("drift_variance_per_year", -0.1),
        ("drift_variance_per_year", math.inf),
        ("drift_variance_per_year", math.nan),
        ("prior_variance", 0.0),
        ("prior_variance", math.inf),
        ("band_share", 1.0),
        ("met_chance", 0.2),
        ("confirm_chance", 0.0),
        ("surprise_sds", 0.0),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(field: str, value: Any) -> None:
    with pytest.raises(RuleBroken) as caught:
        replace(USUAL, **{field: value})
    assert caught.value.field == field
