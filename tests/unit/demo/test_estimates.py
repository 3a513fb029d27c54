"""What growth makes of made-up evidence: close to the truth, and as sure as it should be."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from random import Random
from statistics import fmean

from ldtrack.demo.chance import chance
from ldtrack.demo.curves import Curve, achieved, made_up
from ldtrack.demo.sightings import OCCASION_SD, answers_of, outcome_seen, rater_of
from ldtrack.evidence.domain import (
    MILESTONE_NOISE,
    Entry,
    EvidenceForm,
    Scale,
    SourceKind,
    outcome_noise,
)
from ldtrack.feedback.domain.scores import (
    GroupScores,
    Weighting,
    group_means,
    mean_of_others,
    noise_variance,
    pooled_spread,
    rater_score,
)
from ldtrack.growth.domain import FoldSettings, Level, fold, prior_of_scale, standing_at

START, TODAY = date(2025, 5, 31), date(2026, 11, 20)
SETTINGS = FoldSettings()
N = 150


def _entry(number: int, kind: SourceKind, form: EvidenceForm, on: date, **said: float) -> Entry:
    return Entry(
        entry_id=number,
        person_id=1,
        competency_id=1,
        source_kind=kind,
        source_id=number,
        form=form,
        observed_on=on,
        recorded_at=None,
        title="made up",
        author=None,
        **said,
    )


def _cycle(random: Random, level: float, lo: int, hi: int) -> tuple[float, float]:
    """The others' view and its noise: a manager, four peers and three reports, two items each."""
    seen = {1: level + random.gauss(0.0, OCCASION_SD)}
    groups = [
        GroupScores(
            key=group,
            scores=tuple(
                score
                for _ in range(n)
                if (
                    score := rater_score(
                        list(
                            answers_of(
                                random, rater_of(random, group), [(1, 1), (2, 1)], seen, lo, hi
                            ).values()
                        )
                    )
                )
                is not None
            ),
        )
        for group, n in (("manager", 1), ("peer", 4), ("direct_report", 3))
    ]
    spread, means = pooled_spread(groups), group_means(groups)
    others = mean_of_others(means, Weighting.PRECISION, spread)
    assert others is not None
    return min(max(others.mean, lo), hi), noise_variance(means, spread.variance)


def _evidence(random: Random, curve: Curve) -> Iterator[Entry]:
    """Two cycles, four milestones near the level, and an assignment for every other person."""
    for number, days in enumerate((180, 425)):
        on = START + timedelta(days=days)
        value, noise = _cycle(random, curve.level_on(on), curve.lo, curve.hi)
        yield _entry(
            number,
            SourceKind.FEEDBACK_RELEASE,
            EvidenceForm.GRADED,
            on,
            value=value,
            noise_variance=noise,
        )
    for number, days in enumerate((130, 260, 380, 500), start=10):
        on = START + timedelta(days=days)
        aimed = round(random.gauss(curve.level_on(on) + 0.1, 0.4))
        level = min(max(aimed, curve.lo), curve.hi)
        met = achieved(random, curve.level_on(on), level)
        yield _entry(
            number,
            SourceKind.MILESTONE,
            EvidenceForm.PASSED if met else EvidenceForm.FAILED,
            on,
            level=level,
            noise_variance=MILESTONE_NOISE,
        )
    if random.random() < 0.5:
        on = START + timedelta(days=460)
        yield _entry(
            20,
            SourceKind.ASSIGNMENT_OUTCOME,
            EvidenceForm.GRADED,
            on,
            value=outcome_seen(random, curve.level_on(on), curve.lo, curve.hi),
            noise_variance=outcome_noise(debriefed=True),
        )


@cache
def _compared(lo: int, hi: int) -> list[tuple[float, Level]]:
    """For many people the true level of today beside the estimate of it."""
    found = []
    for number in range(N):
        random = chance(7, "estimates", lo, hi, number)
        curve = made_up(random, START, lo, hi)
        prior = prior_of_scale(Scale(lo, hi), SETTINGS)
        standing = standing_at(fold(_evidence(random, curve), prior, SETTINGS), TODAY)
        assert isinstance(standing, Level)
        found.append((curve.level_on(TODAY), standing))
    return found


def _root_mean_square(errors: list[float]) -> float:
    return math.sqrt(fmean(error * error for error in errors))


def test_estimates_lie_close_to_the_truth() -> None:
    for lo, hi in ((1, 5), (1, 6)):
        compared = _compared(lo, hi)
        error = _root_mean_square([standing.mean - true for true, standing in compared])
        guess = _root_mean_square([(lo + hi) / 2 - true for true, _ in compared])
        assert error < 0.35
        assert error < 0.5 * guess


def test_they_lag_behind_growth_by_little() -> None:
    lag = fmean(standing.mean - true for true, standing in _compared(1, 5))
    assert -0.2 < lag < -0.05


def test_the_eighty_per_cent_range_covers_the_truth_about_as_often_as_it_says() -> None:
    for lo, hi in ((1, 5), (1, 6)):
        covered = [
            standing.band.low <= true <= standing.band.high for true, standing in _compared(lo, hi)
        ]
        assert 0.70 <= fmean(covered) <= 0.90
