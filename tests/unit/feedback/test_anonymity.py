"""Who is shown together: the floor, the pool, and the groups that are left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.anonymity import Plan, plan_cells
from ldtrack.feedback.domain.answers import RaterGroup
from ldtrack.feedback.domain.reasons import Reason
from tests.unit.feedback.makers import GROUPS


def plan(k: int = 3, groups: tuple[RaterGroup, ...] = GROUPS, **sizes: int) -> Plan:
    """The plan for groups of these sizes; rater keys count up."""
    raters_of, first = {}, 1
    for key, size in sizes.items():
        raters_of[key] = frozenset(range(first, first + size))
        first += size
    return plan_cells(groups, raters_of, k)


def shown(made: Plan) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {cell.key: (len(cell.raters), cell.group_keys) for cell in made.cells}


def left_out(made: Plan) -> dict[str, int]:
    return {
        group.group_key: len(group.raters)
        for group in made.hidden
        if group.reason is Reason.TOO_FEW_RATERS
    }


def test_small_groups_that_reach_the_floor_together_are_pooled() -> None:
    made = plan(peer=4, direct=2, stakeholder=1)
    assert shown(made) == {"peer": (4, ("peer",)), "pooled": (3, ("direct", "stakeholder"))}
    assert left_out(made) == {}


def test_a_pool_under_the_floor_takes_in_the_smallest_visible_group() -> None:
    assert shown(plan(peer=4, direct=2)) == {"pooled": (6, ("peer", "direct"))}


def test_without_a_visible_group_the_small_ones_are_left_out() -> None:
    made = plan(manager=1, peer=2)
    assert shown(made) == {"manager": (1, ("manager",))}
    assert left_out(made) == {"peer": 2}


def test_the_smallest_visible_group_joins_and_the_larger_stays() -> None:
    made = plan(peer=5, direct=4, stakeholder=1)
    assert shown(made) == {"peer": (5, ("peer",)), "pooled": (5, ("direct", "stakeholder"))}


def test_a_tie_is_settled_by_name() -> None:
    made = plan(peer=4, direct=4, stakeholder=1)
    assert shown(made) == {"peer": (4, ("peer",)), "pooled": (5, ("direct", "stakeholder"))}


def test_a_second_manager_makes_an_ordinary_group_of_two() -> None:
    made = plan(manager=2, peer=4)
    assert shown(made) == {"pooled": (6, ("manager", "peer"))}


def test_the_one_of_two_managers_who_answers_is_not_exempt() -> None:
    groups = {"manager": frozenset({1}), "peer": frozenset({2, 3, 4, 5})}
    assert [c.exempt for c in plan_cells(GROUPS, groups, 3, {"manager": 1}).cells] == [True, False]
    assert shown(plan_cells(GROUPS, groups, 3, {"manager": 2})) == {
        "pooled": (5, ("manager", "peer"))
    }


def test_self_and_the_one_manager_are_never_pooled() -> None:
    made = plan(self=1, manager=1, peer=2, direct=1)
    assert shown(made) == {
        "self": (1, ("self",)),
        "manager": (1, ("manager",)),
        "pooled": (3, ("peer", "direct")),
    }
    assert [cell.exempt for cell in made.cells] == [True, True, False]


def test_a_higher_floor_pools_more() -> None:
    assert shown(plan(k=5, peer=4, direct=3)) == {"pooled": (7, ("peer", "direct"))}
    assert left_out(plan(k=5, peer=2, direct=2)) == {"peer": 2, "direct": 2}


def test_an_empty_group_is_named_as_empty_and_is_not_pooled() -> None:
    made = plan(peer=3)
    assert shown(made) == {"peer": (3, ("peer",))}
    assert {h.group_key: h.reason for h in made.hidden} == dict.fromkeys(
        ("self", "manager", "direct", "stakeholder"), Reason.NOBODY_ANSWERED
    )


@pytest.mark.parametrize("k", [2, 11])
def test_the_floor_may_be_raised_to_ten_and_never_lowered(k: int) -> None:
    with pytest.raises(RuleBroken) as broken:
        plan(k=k, peer=4)
    assert broken.value.field == "k"


def test_only_one_person_answers_as_self() -> None:
    with pytest.raises(RuleBroken):
        plan(self=2)


def test_every_size_of_three_groups_gives_cells_of_at_least_k_and_loses_nobody() -> None:
    for k in (3, 4, 5):
        for a in range(7):
            for b in range(7):
                for c in range(7):
                    made = plan(k=k, peer=a, direct=b, stakeholder=c)
                    assert all(len(cell.raters) >= k for cell in made.cells)
                    hidden = sum(len(group.raters) for group in made.hidden)
                    assert hidden + len(made.non_exempt) == a + b + c
                    assert hidden == 0 or not made.cells


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_sentence(reason: Reason) -> None:
    sentence = reason.sentence(4)
    assert sentence.endswith(".")
    assert "{" not in sentence


def with_floors(**floors: int) -> tuple[RaterGroup, ...]:
    return tuple(replace(group, floor=floors.get(group.key, 0)) for group in GROUPS)


def test_a_group_may_ask_for_more_than_the_floor_of_all() -> None:
    groups = with_floors(peer=5)
    assert shown(plan(groups=groups, peer=5, direct=3)) == {
        "peer": (5, ("peer",)),
        "direct": (3, ("direct",)),
    }
    assert shown(plan(groups=groups, peer=4, direct=3)) == {"pooled": (4 + 3, ("peer", "direct"))}


def test_a_group_cannot_ask_for_less_than_the_floor_of_all() -> None:
    made = plan(k=4, groups=with_floors(peer=3), peer=3)
    assert (shown(made), left_out(made)) == ({}, {"peer": 3})


def test_a_pool_needs_the_highest_floor_in_it_and_takes_in_groups_until_it_has_it() -> None:
    groups = with_floors(direct=8)
    made = plan(groups=groups, peer=4, direct=2, stakeholder=3)
    assert shown(made) == {"pooled": (4 + 2 + 3, ("peer", "direct", "stakeholder"))}
    assert [cell.floor for cell in made.cells] == [8]


def test_a_group_whose_floor_cannot_be_reached_is_left_out_and_takes_nobody_with_it() -> None:
    made = plan(groups=with_floors(direct=10), peer=4, direct=2)
    assert shown(made) == {"peer": (4, ("peer",))}
    assert left_out(made) == {"direct": 2}
    assert [group.floor for group in made.hidden if group.raters] == [10]
