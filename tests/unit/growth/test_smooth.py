"""The smoothed past against the exact joint distribution, and its properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from ldtrack.evidence.domain import Entry
from ldtrack.growth.domain import fold, smoothed
from tests.unit.growth.makers import MIDDLE, USUAL, graded, histories, starting

unhurried = settings(deadline=None)


def test_no_evidence_gives_no_point() -> None:
    assert smoothed(fold([], MIDDLE, USUAL)) == ()


def test_smoothing_is_the_exact_belief_given_everything() -> None:
    days, values = np.array([0, 40, 200, 700]), np.array([2.0, 4.0, 3.0, 4.5])
    noises = np.array([0.2, 0.5, 0.3, 0.1])
    times = days / 365.25
    prior = 1.0 + 0.15 * np.minimum.outer(times, times)
    gain = prior @ np.linalg.inv(prior + np.diag(noises))
    means, variances = 3 + gain @ (values - 3), np.diag(prior - gain @ prior)
    pieces = zip(days.tolist(), values.tolist(), noises.tolist(), strict=True)
    entries = [graded(n, on, value, noise) for n, (on, value, noise) in enumerate(pieces)]
    points = smoothed(fold(entries, starting(3, 1), USUAL))
    assert [point.mean for point in points] == pytest.approx(means.tolist())
    assert [point.variance for point in points] == pytest.approx(variances.tolist())


@given(histories())
@unhurried
def test_hindsight_never_makes_the_past_less_sure(entries: list[Entry]) -> None:
    trajectory = fold(entries, MIDDLE, USUAL)
    for step, point in zip(trajectory.steps, smoothed(trajectory), strict=True):
        assert 0 < point.variance <= step.after.variance * (1 + 1e-9)


@given(histories(least=1))
@unhurried
def test_the_last_point_is_the_last_belief(entries: list[Entry]) -> None:
    trajectory = fold(entries, MIDDLE, USUAL)
    if trajectory.steps:
        last = smoothed(trajectory)[-1]
        assert (last.mean, last.variance) == (trajectory.last.mean, trajectory.last.variance)
