"""Which competencies matter most: who chose, as far as that can be said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ldtrack.feedback.domain.answers import Key, RaterAnswers
from ldtrack.feedback.domain.document import Importance
from ldtrack.feedback.domain.importance import Share
from ldtrack.feedback.domain.release import build_release
from tests.unit.feedback.makers import form, raters

ASKED = form({"listening": ["q1"], "deciding": ["q2"]})


def choosing(said: list[RaterAnswers], *chosen: str) -> list[RaterAnswers]:
    return [replace(one, matters_most=frozenset[Key](chosen)) for one in said]


def importance(*said: RaterAnswers) -> dict[Key, Importance | None]:
    release = build_release(ASKED, said, 3)
    return {result.competency_id: result.importance for result in release.competencies}


def test_self_and_the_one_manager_are_known_and_told_as_they_chose() -> None:
    own = choosing(raters("self", 1, (4, 4)), "listening")
    manager = choosing(raters("manager", 2, (4, 4)), "deciding")
    assert importance(*own, *manager) == {
        "listening": Importance(by_self=True, by_manager=False),
        "deciding": Importance(by_self=False, by_manager=True),
    }


def test_where_nobody_was_asked_nothing_is_said() -> None:
    assert importance(*raters("self", 1, (4, 4))) == {"listening": None, "deciding": None}


def test_a_manager_who_is_one_of_two_is_anonymous_here_too() -> None:
    two = choosing(raters("manager", 2, (4, 4), (3, 3)), "deciding")
    assert importance(*raters("self", 1, (4, 4)), *two)["deciding"] is None


@pytest.mark.parametrize(
    ("n_choosing", "others"),
    [(2, None), (3, Share.MOST)],
)
def test_others_need_the_floor(n_choosing: int, others: Share | None) -> None:
    peers = raters("peer", 10, *[(4, 4)] * 5)
    said = [*choosing(peers[:n_choosing], "deciding"), *peers[n_choosing:]]
    own = choosing(raters("self", 1, (4, 4)), "listening")
    found = importance(*own, *said)["deciding"]
    assert found == Importance(by_self=False, by_manager=None, others=others)


def test_hidden_raters_choose_nothing() -> None:
    own = choosing(raters("self", 1, (4, 4)), "listening")
    peers = choosing(raters("peer", 10, (4, 4), (4, 4)), "deciding")
    assert importance(*own, *peers) == importance(*own)
