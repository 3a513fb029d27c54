"""The stretch profile: its score, its word, its bounds."""

from __future__ import annotations

import pytest

from ldtrack.assignments.domain import DIMENSIONS, Stretch, stretch_from
from ldtrack.core.errors import RuleBroken


def test_the_score_is_the_sum_of_the_five_dimensions() -> None:
    profile = Stretch(novelty=3, stakes=2, visibility=2, boundary_crossing=4, ambiguity=1)
    assert profile.score == 3 + 2 + 2 + 4 + 1


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0, "familiar ground"),
        (4, "familiar ground"),
        (5, "gentle stretch"),
        (9, "gentle stretch"),
        (10, "clear stretch"),
        (14, "clear stretch"),
        (15, "steep stretch"),
        (20, "steep stretch"),
    ],
)
def test_the_word_changes_at_five_ten_and_fifteen(score: int, band: str) -> None:
    whole, rest = divmod(score, 5)
    scores = [whole + (place < rest) for place in range(5)]
    assert Stretch(**dict(zip(DIMENSIONS, scores, strict=True))).band == band


@pytest.mark.parametrize("name", DIMENSIONS)
@pytest.mark.parametrize("score", [-1, 5])
def test_a_dimension_is_scored_from_nothing_to_four(name: str, score: int) -> None:
    with pytest.raises(RuleBroken) as broken:
        Stretch(**{name: score})
    assert broken.value.field == name


def test_the_highest_dimensions_are_named_and_none_when_nothing_stretches() -> None:
    assert Stretch(stakes=3, ambiguity=3, novelty=1).highest == "stakes and ambiguity"
    assert Stretch(novelty=2).highest == "novelty"
    assert Stretch(novelty=1, stakes=1, visibility=1).highest == "novelty, stakes and visibility"
    assert Stretch().highest == ""


def test_a_profile_survives_its_stored_form_and_gaps_score_nothing() -> None:
    profile = Stretch(novelty=3, stakes=4)
    assert stretch_from(profile.scores) == profile
    assert stretch_from({"novelty": "2"}) == Stretch(novelty=2)
