"""Reliability over a cycle: who takes part, and from how many leaders on it is kept."""

from __future__ import annotations

from random import Random

import pytest

from ldtrack.feedback.domain.answers import CompetencyItems, Questionnaire
from ldtrack.feedback.domain.cycle_reliability import LeaderRatings, cycle_reliability
from ldtrack.feedback.domain.reliability import Floor, reliability
from tests.unit.feedback.makers import GROUPS, raters

ASKED = Questionnaire(
    groups=GROUPS,
    competencies=(CompetencyItems(competency_id=7, item_ids=("q1", "q2"), weights=(3, 1)),),
)


def leaders(n: int) -> list[LeaderRatings]:
    chance = Random(4)
    found = []
    for place in range(n):
        level = 2 + place % 3
        rows = [(min(5, level + chance.randint(0, 1)), level) for _ in range(4)]
        found.append(LeaderRatings(raters=raters("peer", 10, *rows), shown={7: range(10, 13)}))
    return found


@pytest.mark.parametrize(
    ("n", "floor"), [(9, Floor.HIDDEN), (10, Floor.GREY), (19, Floor.GREY), (20, Floor.SHOWN)]
)
def test_below_ten_leaders_nothing_is_kept(n: int, floor: Floor) -> None:
    (found,) = cycle_reliability(ASKED, leaders(n))
    assert (found.n_leaders, found.floor) == (n, floor)
    assert (found.ratings is None) is (found.alpha is None) is (floor is Floor.HIDDEN)


def test_only_raters_in_a_shown_figure_take_part_with_their_weighted_scores() -> None:
    (found,) = cycle_reliability(ASKED, leaders(12))
    by_hand = [
        [(3 * (r.answers[0].score or 0) + (r.answers[1].score or 0)) / 4 for r in one.raters[:3]]
        for one in leaders(12)
    ]
    assert found.ratings == reliability(by_hand)


def test_leaders_whose_report_shows_no_figure_are_not_counted() -> None:
    hidden = [LeaderRatings(raters=one.raters, shown={}) for one in leaders(3)]
    (found,) = cycle_reliability(ASKED, [*leaders(10), *hidden])
    assert found.n_leaders == 10
