"""The distributions against scipy and against values that can be written down."""

from __future__ import annotations

import doctest
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ldtrack.core import distributions
from ldtrack.core.distributions import (
    cdf,
    hazard,
    hazard_fall,
    log_cdf,
    normal_quantile,
    pdf,
    t_cdf,
    t_quantile,
)

ACROSS = (-500.0, -40.0, -30.001, -29.999, -10.0, -1.5, 0.0, 0.3, 2.0, 8.0, 30.0)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(distributions).failed == 0


@pytest.mark.parametrize("z", ACROSS)
def test_the_normal_agrees_with_scipy_in_both_tails(z: float) -> None:
    assert pdf(z) == pytest.approx(stats.norm.pdf(z), rel=1e-12)
    assert cdf(z) == pytest.approx(stats.norm.cdf(z), rel=1e-12)
    assert log_cdf(z) == pytest.approx(stats.norm.logcdf(z), rel=1e-12)


@pytest.mark.parametrize("z", ACROSS)
def test_the_hazard_is_density_over_chance(z: float) -> None:
    expected = math.exp(stats.norm.logpdf(z) - stats.norm.logcdf(z))
    assert hazard(z) == pytest.approx(expected, rel=1e-9)


def test_the_hazard_survives_forty_standard_deviations() -> None:
    expected = 40 + 1 / 40 - 2 / 40**3 + 10 / 40**5 - 74 / 40**7 + 706 / 40**9
    assert hazard(-40.0) == pytest.approx(expected, rel=1e-13)


def test_the_hazard_at_the_middle_is_twice_the_density() -> None:
    assert hazard(0.0) == pytest.approx(2 / math.sqrt(2 * math.pi))


@given(st.floats(-1e9, 1e9))
@settings(deadline=None)
def test_a_cut_takes_between_nothing_and_all_of_the_variance(z: float) -> None:
    assert 0.0 <= hazard_fall(z) <= 1.0


@given(st.floats(-50, 30), st.floats(0.001, 5))
@settings(deadline=None)
def test_the_hazard_falls_as_z_grows(z: float, further: float) -> None:
    assert hazard(z + further) < hazard(z)


@given(st.floats(-20, 5))
@settings(deadline=None)
def test_the_fall_of_the_hazard_is_its_slope(z: float) -> None:
    slope = (hazard(z + 1e-5) - hazard(z - 1e-5)) / 2e-5
    assert hazard_fall(z) == pytest.approx(-slope, abs=1e-6)


@pytest.mark.parametrize("share", [1e-9, 0.05, 0.5, 0.9, 0.975])
def test_the_normal_quantile_undoes_the_chance(share: float) -> None:
    assert cdf(normal_quantile(share)) == pytest.approx(share, rel=1e-9)


@pytest.mark.parametrize("df", [0.7, 1, 2, 3.5, 4, 9, 30, 200, 10_000])
@pytest.mark.parametrize("share", [0.01, 0.4, 0.5, 0.51, 0.9, 0.95, 0.975, 0.9999])
def test_students_t_agrees_with_scipy(share: float, df: float) -> None:
    expected = float(stats.t.ppf(share, df))
    assert t_quantile(share, df) == pytest.approx(expected, rel=1e-8, abs=1e-9)
    assert t_cdf(expected, df) == pytest.approx(share, rel=1e-8)


def test_t_with_one_degree_of_freedom_is_the_cauchy_distribution() -> None:
    assert t_quantile(0.75, 1) == pytest.approx(1.0)
    assert t_quantile(0.25, 1) == pytest.approx(-1.0)


def test_t_with_nine_degrees_of_freedom_leaves_a_twentieth_above_1_8331() -> None:
    assert round(t_quantile(0.95, 9), 4) == 1.8331


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, math.nan])
def test_a_quantile_of_no_share_is_refused(share: float) -> None:
    with pytest.raises(ValueError):
        t_quantile(share, 9)


def test_t_without_degrees_of_freedom_is_refused() -> None:
    with pytest.raises(ValueError):
        t_cdf(1.0, 0)
