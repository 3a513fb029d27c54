"""Highest, lowest and most debated items: from printed figures, and never finer than these."""

from __future__ import annotations

from ldtrack.feedback.domain.item_lists import ItemLists, item_lists
from ldtrack.feedback.domain.release import build_release
from ldtrack.feedback.domain.results import ReleaseChoices
from ldtrack.feedback.domain.scores import Weighting
from tests.unit.feedback.makers import form, rater, raters

SIX = form({"listening": ["q1", "q2", "q3"], "deciding": ["q4", "q5", "q6"]})


def listed(lists: ItemLists) -> tuple[list[object], list[object], list[object]]:
    return (
        [item.item_id for item in lists.highest],
        [item.item_id for item in lists.lowest],
        [item.item_id for item in lists.debated],
    )


def test_lists_hold_at_most_half_of_the_items_and_name_what_they_rank_by() -> None:
    said = raters("peer", 10, *[(5, 4, 4, 3, 2, 3)] * 3)
    lists = item_lists(build_release(SIX, said, 3))
    assert listed(lists) == (["q1", "q2", "q3"], ["q5", "q4", "q6"], [])
    assert [item.figure.text for item in lists.highest] == ["5.0", "4.0", "4.0"]
    assert (lists.n_compared, lists.n_left_out) == (6, 0)


def test_items_that_tie_across_the_cut_stay_out_together() -> None:
    said = raters("peer", 10, *[(5, 4, 4, 4, 2, 1)] * 3, (5, 4, 4, 4, 2, 2))
    assert listed(item_lists(build_release(SIX, said, 3)))[0] == ["q1"]
    alike = raters("peer", 10, *[(3, 3, 3, 3, 3, 3)] * 3)
    assert listed(item_lists(build_release(SIX, alike, 3))) == ([], [], [])


def test_a_difference_that_one_decimal_does_not_show_is_none() -> None:
    # Means of 46 / 15 = 3.07 and 3.08 (40 / 13 would be) print alike, so neither leads.
    threes = [(3, 3)] * 13
    said = raters("peer", 10, (4, 3), (3, 4), *threes)
    assert listed(item_lists(build_release(form({"c": ["q1", "q2"]}), said, 3)))[:2] == ([], [])


def test_items_that_a_group_may_not_show_are_counted_and_left_out() -> None:
    said = [
        *raters("peer", 10, (5, 4, 3), (5, 4, 3), (5, 4, 3), (5, 4, None)),
        *raters("direct", 20, *[(2, 4, 3)] * 3),
    ]
    lists = item_lists(build_release(form({"c": ["q1", "q2", "q3"]}), said, 3))
    assert (lists.n_compared, lists.n_left_out) == (2, 1)


def test_groups_that_are_a_level_apart_debate_an_item() -> None:
    said = [
        *raters("manager", 1, (4, 4)),
        *raters("peer", 10, *[(5, 3)] * 3),
        *raters("direct", 20, *[(3, 4)] * 2, (4, 3)),
    ]
    (one, other) = item_lists(build_release(form({"c": ["q1", "q2"]}), said, 3)).debated
    assert (one.item_id, one.lowest_group, one.highest_group) == ("q1", "direct", "peer")
    assert one.apart == round(5.0 - 3.3, 1)
    assert (other.item_id, other.apart) == ("q2", 4.0 - 3.0)


def test_the_cycle_s_weighting_is_the_lists_weighting() -> None:
    said = [
        *raters("manager", 1, (1, 3)),
        *raters("peer", 10, *[(5, 3)] * 5),
    ]
    asked = form({"c": ["q1", "q2"]})
    figures = {}
    for weighting in (Weighting.GROUP, Weighting.RATER):
        choices = ReleaseChoices(weighting=weighting)
        lists = item_lists(build_release(asked, said, 3, choices=choices))
        figures[weighting] = [item.figure.value for item in (*lists.highest, *lists.lowest)]
    # By group q1 and q2 tie at 3.0 and neither is listed; by rater (1 + 5 * 5) / 6 is not 3.0.
    assert figures[Weighting.GROUP] == []
    assert figures[Weighting.RATER] == [4.3, 3.0]


def test_a_low_item_is_listed_under_its_word() -> None:
    asked = form({"a": ["q1"], "b": ["q2"]})
    said = [rater(key, "peer", q1=1, q2=4) for key in (1, 2, 3)]
    (lowest,) = item_lists(build_release(asked, said, 3)).lowest
    assert (lowest.item_id, lowest.figure.text) == ("q1", "low (1.5 or below)")


def test_nothing_visible_lists_nothing() -> None:
    assert item_lists(build_release(SIX, [], 3)) == ItemLists(n_left_out=6)
