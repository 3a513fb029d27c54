"""Level, band, sureness, verdict and change, as people see them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ldtrack.competencies.domain import LevelMap
from ldtrack.growth.domain import (
    AgainstTarget,
    Band,
    Change,
    Level,
    NotYetAssessed,
    Sureness,
    Verdict,
    against,
    carried,
    change_between,
    fold,
    prior_carried,
    standing_at,
)
from tests.unit.growth.makers import FIVE, MIDDLE, USUAL, day, exposure, graded, passed


def level(mean: float = 3.0, sd: float = 0.3, low: float = 2.6, high: float = 3.4) -> Level:
    band = Band(low=low, high=high, share=0.8)
    return Level(on=day(0), mean=mean, sd=sd, band=band, n_pieces=1, carried=False)


def test_without_evidence_a_person_is_not_yet_assessed() -> None:
    standing = standing_at(fold([], MIDDLE, USUAL), day(0))
    assert standing == NotYetAssessed(on=day(0), n_exposures=0)
    assert NotYetAssessed.label == "not yet assessed"


def test_taking_part_alone_assesses_nobody() -> None:
    trajectory = fold([exposure(1, 0), exposure(2, 9)], MIDDLE, USUAL)
    assert standing_at(trajectory, day(5)) == NotYetAssessed(on=day(5), n_exposures=1)


def test_before_the_first_piece_a_person_was_not_yet_assessed() -> None:
    trajectory = fold([graded(1, 10, 4)], MIDDLE, USUAL)
    assert isinstance(standing_at(trajectory, day(9)), NotYetAssessed)
    assert isinstance(standing_at(trajectory, day(10)), Level)


def test_the_level_of_a_past_day_knows_nothing_later() -> None:
    entries = [graded(1, 0, 2), graded(2, 30, 5)]
    trajectory = fold(entries, MIDDLE, USUAL)
    assert standing_at(trajectory, day(29)) == standing_at(
        fold(entries[:1], MIDDLE, USUAL), day(29)
    )


def test_a_level_counts_its_pieces_and_keeps_its_band_around_it() -> None:
    standing = standing_at(fold([graded(1, 0, 4), passed(2, 0, 3)], MIDDLE, USUAL), day(0))
    assert isinstance(standing, Level)
    assert standing.n_pieces == 2
    assert standing.band.share == 0.8
    assert (standing.band.low + standing.band.high) / 2 == pytest.approx(standing.mean)


def test_a_band_may_leave_the_scale_and_is_clipped_for_show() -> None:
    trajectory = fold([graded(n, 0, 5) for n in range(9)], MIDDLE, USUAL)
    standing = standing_at(trajectory, day(0))
    assert isinstance(standing, Level)
    assert standing.band.high > 5
    assert standing.band.clipped(FIVE) == replace(standing.band, high=5.0)


@pytest.mark.parametrize(
    ("sd", "sureness", "words"),
    [
        (0.25, Sureness.WELL_ESTABLISHED, "well established"),
        (0.251, Sureness.FAIRLY_SURE, "fairly sure"),
        (0.4, Sureness.FAIRLY_SURE, "fairly sure"),
        (0.6, Sureness.TENTATIVE, "tentative"),
        (0.601, Sureness.TOO_LITTLE, "too little evidence"),
    ],
)
def test_sureness_is_a_word_for_the_doubt(sd: float, sureness: Sureness, words: str) -> None:
    assert level(sd=sd).sureness is sureness
    assert sureness.label == words


@pytest.mark.parametrize(
    ("mean", "target", "verdict", "words"),
    [
        (3.253, 3, Verdict.MET, "met"),
        (3.252, 3, Verdict.TOO_CLOSE, "too close to call"),
        (2.748, 3, Verdict.TOO_CLOSE, "too close to call"),
        (2.747, 3, Verdict.NOT_YET, "not yet"),
    ],
)
def test_a_target_is_met_only_beyond_the_doubt(
    mean: float, target: float, verdict: Verdict, words: str
) -> None:
    beside = against(level(mean=mean, sd=0.3), target, USUAL)
    assert isinstance(beside, AgainstTarget)
    assert beside.verdict is verdict
    assert verdict.label == words


def test_the_verdict_on_an_unassessed_person_is_that_they_are_not_yet_assessed() -> None:
    unknown = NotYetAssessed(on=day(0), n_exposures=2)
    assert against(unknown, 3, USUAL) is unknown


def test_a_level_carried_to_a_new_edition_is_marked_until_fresh_evidence_comes() -> None:
    old = fold([graded(1, 0, 4)], MIDDLE, USUAL)
    same = LevelMap(before_lo=1, before_hi=5, after_lo=1, after_hi=5)
    prior = prior_carried([carried(old.last, day(0), same, USUAL)])
    brought = standing_at(fold([], prior, USUAL), day(0))
    fresh = standing_at(fold([graded(2, 5, 4)], prior, USUAL), day(5))
    assert isinstance(brought, Level)
    assert isinstance(fresh, Level)
    assert (brought.carried, brought.n_pieces, brought.mean) == (True, 0, old.last.mean)
    assert (fresh.carried, fresh.n_pieces) == (False, 1)
    assert isinstance(standing_at(fold([], prior, USUAL), day(-1)), NotYetAssessed)


@pytest.mark.parametrize(
    ("low", "high", "change"),
    [
        (3.5, 4.0, Change.HIGHER),
        (3.4, 4.0, Change.NOT_CLEAR),
        (1.9, 2.6, Change.NOT_CLEAR),
        (1.9, 2.5, Change.LOWER),
    ],
)
def test_a_change_is_named_only_when_the_bands_do_not_overlap(
    low: float, high: float, change: Change
) -> None:
    assert change_between(level(low=2.6, high=3.4), level(low=low, high=high)) is change


def test_a_fall_is_worded_as_new_evidence() -> None:
    assert Change.LOWER.label == "new evidence is lower than before"
