"""How made-up people grow, and what is seen of it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from statistics import fmean, pstdev

import pytest

from ldtrack.demo.chance import chance
from ldtrack.demo.curves import Curve, achieved, made_up, rated
from ldtrack.demo.sightings import OUTCOME_SD, answers_of, outcome_seen, points_for, rater_of

START = date(2025, 5, 21)


def _curve(**changes: float) -> Curve:
    usual = {"start": 2.0, "gain": 1.0, "half_after": 100.0}
    return Curve(begins_on=START, lo=1, hi=5, **{**usual, **changes})


def test_half_of_the_gain_is_there_after_the_half_time() -> None:
    assert _curve().level_on(START + timedelta(days=100)) == pytest.approx(2.0 + 1.0 / 2)
    assert _curve().level_on(START + timedelta(days=200)) == pytest.approx(2.0 + 1.0 * 3 / 4)


def test_before_it_begins_nothing_changes() -> None:
    assert _curve().level_on(START - timedelta(days=400)) == 2.0


def test_a_level_stays_on_its_scale() -> None:
    assert _curve(start=4.8, gain=3.0).level_on(START + timedelta(days=900)) == 5
    assert _curve(start=1.1, gain=-3.0).level_on(START + timedelta(days=900)) == 1


def test_the_same_seed_makes_the_same_curve() -> None:
    assert made_up(Random(7), START, 1, 5) == made_up(Random(7), START, 1, 5)


def test_most_people_grow_and_a_few_go_back() -> None:
    gains = [made_up(chance(7, "curve", n), START, 1, 5).gain for n in range(400)]
    shrinking = sum(gain < 0 for gain in gains) / len(gains)
    assert 0.02 < shrinking < 0.12
    assert fmean(gains) == pytest.approx(0.21 * (5 - 1), abs=0.06)


def test_ratings_are_whole_and_on_the_scale() -> None:
    random = Random(1)
    seen = {rated(random, 4.6, 0.6, 1, 5) for _ in range(200)}
    assert seen <= {1, 2, 3, 4, 5}
    assert 5 in seen


def test_what_is_pitched_at_ones_level_is_achieved_every_other_time() -> None:
    random = Random(2)
    share = fmean(achieved(random, 3.0, 3) for _ in range(2000))
    assert share == pytest.approx(1 / 2, abs=0.04)


def test_a_sponsor_sees_the_level_in_halves_and_errs_as_much_as_evidence_allows_for() -> None:
    random = Random(3)
    seen = [outcome_seen(random, 3.0, 1, 5) for _ in range(2000)]
    assert {2 * level % 1 for level in seen} == {0.0}
    assert fmean(seen) == pytest.approx(3.0, abs=0.05)
    assert pstdev(seen) == pytest.approx(OUTCOME_SD, abs=0.05)


def test_points_are_stretched_over_the_scale() -> None:
    random = Random(4)
    assert fmean(points_for(random, 3.0, 1, 5) for _ in range(2000)) == pytest.approx(
        100 * (3.0 - 1) / (5 - 1), abs=1.5
    )


def test_a_rater_answers_every_item_or_says_that_it_could_not_be_observed() -> None:
    random = Random(5)
    items = [(1, 10), (2, 10), (3, 20)]
    given = [
        answers_of(random, rater_of(random, "peer"), items, {10: 3.0, 20: 4.0}, 1, 5)
        for _ in range(300)
    ]
    assert all(set(answers) == {1, 2, 3} for answers in given)
    unseen = sum(score is None for answers in given for score in answers.values()) / 900
    assert 0.03 < unseen < 0.12


def test_what_one_thing_draws_does_not_depend_on_another() -> None:
    first = chance(7, "notes", "E1001")
    chance(7, "notes", "E1002").random()
    assert first.random() == chance(7, "notes", "E1001").random()
    assert chance(7, "notes", "E1001").random() != chance(8, "notes", "E1001").random()
