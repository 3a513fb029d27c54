"""The first line of pages about growth says what is known and no more."""

from __future__ import annotations

import pytest

from ldtrack.dashboards.pages.sentences import competency_headline, growth_headline
from ldtrack.growth.domain.person import CompetencyGrowth
from tests.unit.dashboards.makers import AMARA, YOU, close, high, in_all, in_one, low
from tests.unit.growth.makers import exposure, graded

MET = in_one("Listening", high(1))
# A level of 4.1 with a standard deviation of 0.67: uncertain, and above 3 with a chance of 0.95.
THIN = in_one("Hiring", graded(5, 100, 5.0, 0.8))
CLOSE = in_one("Coaching", close(2))
NOT_YET = in_one("Planning", low(3))
UNKNOWN = in_one("Finance")
NO_TARGET = in_one("Drawing", close(4), target=None)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            (MET, CLOSE, NOT_YET),
            "You are at target in 1 of 3 competencies; Coaching is closest to the next.",
        ),
        (
            (MET, MET, NOT_YET, NO_TARGET),
            "You are at target in 2 of 3 competencies; Planning is closest to the next.",
        ),
        ((MET,), "You are at target in the one competency of your role."),
        ((MET, MET), "You are at target in all 2 competencies of your role."),
        (
            (MET, UNKNOWN),
            "You are at target in 1 of 2 competencies; the others are not assessed yet.",
        ),
        (
            (CLOSE, NOT_YET),
            "You are not yet at target in any of 2 competencies; Coaching is closest.",
        ),
        ((NOT_YET,), "You are not yet at your role’s one target; Planning is closest."),
        (
            (UNKNOWN, UNKNOWN),
            "Nothing is assessed yet in the 2 competencies that your role asks for.",
        ),
        ((UNKNOWN,), "Nothing is assessed yet in the 1 competency that your role asks for."),
        ((NO_TARGET,), "You have a level in 1 competency; no role sets targets for them yet."),
        ((), "There is no evidence of your growth yet."),
    ],
)
def test_a_leader_reads_where_they_stand(
    found: tuple[CompetencyGrowth, ...], sentence: str
) -> None:
    assert str(growth_headline(in_all(*found), YOU)) == sentence


def test_the_nearest_competency_carries_the_accent() -> None:
    assert growth_headline(in_all(MET, CLOSE), YOU).accent == "Coaching"


def test_others_read_the_name() -> None:
    said = str(growth_headline(in_all(MET, CLOSE), AMARA))
    assert said == "Amara is at target in 1 of 2 competencies; Coaching is closest to the next."
    assert str(growth_headline(in_all(), AMARA)) == "There is no evidence of Amara’s growth yet."


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (MET, "You have reached the target in Listening."),
        (
            THIN,
            (
                "You have reached the target in Hiring, though there is too little evidence to "
                "name the level."
            ),
        ),
        (CLOSE, "Coaching is too close to its target to call."),
        (NOT_YET, "You are not yet at the target in Planning."),
        (UNKNOWN, "Finance is not assessed yet."),
        (in_one("Finance", exposure(1, 0)), "Finance is not assessed yet."),
        (NO_TARGET, "You are at level 3.0 in Drawing."),
    ],
)
def test_one_competency_in_one_line(found: CompetencyGrowth, sentence: str) -> None:
    assert str(competency_headline(found, YOU)) == sentence
