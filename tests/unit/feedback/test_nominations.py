"""What a leader and an approver may do with proposals, and what refuses them."""

from __future__ import annotations

from collections import Counter

import pytest

from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.feedback.domain.answers import RaterGroup
from ldtrack.feedback.domain.nominations import (
    check_budget,
    check_enough,
    check_limits,
    check_may_change,
    load_word,
    may_change,
    wishes,
)
from ldtrack.feedback.domain.timeline import SubjectState

PEERS = RaterGroup(key="peer", name="Peers", least=3, most=5)


def test_the_leader_changes_proposals_before_handing_them_in_and_adds_while_open() -> None:
    assert [s for s in SubjectState if may_change(s, as_leader=True)] == [
        SubjectState.NOMINATING,
        SubjectState.OPEN,
    ]


def test_whoever_agrees_changes_them_afterwards_and_adds_while_open() -> None:
    assert [s for s in SubjectState if may_change(s, as_leader=False)] == [
        SubjectState.APPROVING,
        SubjectState.OPEN,
    ]


def test_a_leader_who_waits_is_told_how_to_change_something() -> None:
    with pytest.raises(Conflict) as refused:
        check_may_change(SubjectState.APPROVING, as_leader=True)
    assert refused.value.message == "Your proposals wait for a yes; take them back to change them."


def test_a_group_takes_as_many_as_it_should_and_no_more() -> None:
    check_limits(PEERS, 4)
    with pytest.raises(RuleBroken, match="at most 5"):
        check_limits(PEERS, 5)
    check_limits(RaterGroup(key="peer", name="Peers"), 99)


def test_nobody_is_asked_more_often_than_the_organisation_wants() -> None:
    check_budget("Ann", 7, 8)
    with pytest.raises(RuleBroken, match="Ann is asked for 8 questionnaires"):
        check_budget("Ann", 8, 8)


def test_one_s_own_view_is_not_enough() -> None:
    with pytest.raises(RuleBroken, match="at least one person"):
        check_enough({"self": 1})
    check_enough({"self": 1, "peer": 1})


@pytest.mark.parametrize(
    ("requests", "word"),
    [
        (5, ""),
        (6, "asked often this quarter"),
        (8, "has enough to answer this quarter"),
        (9, "has enough to answer this quarter"),
    ],
)
def test_three_quarters_of_the_limit_is_often(requests: int, word: str) -> None:
    assert load_word(requests, 8) == word


def test_a_wish_says_how_many_more() -> None:
    assert wishes([PEERS], Counter(peer=1)) == ("Peers: 2 more would be good, 3 in all.",)
    assert wishes([PEERS], Counter(peer=3)) == ()
