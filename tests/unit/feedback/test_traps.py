"""Mistakes that feedback tools have made, each with its numbers."""

from __future__ import annotations

from dataclasses import replace

from ldtrack.feedback.domain.answers import RaterAnswers
from ldtrack.feedback.domain.document import Release
from ldtrack.feedback.domain.release import build_release, prepare_release
from ldtrack.feedback.domain.rereleases import (
    Comparison,
    change_between_cycles,
    second_release_allowed,
)
from ldtrack.feedback.domain.self_others import Quadrant
from tests.unit.feedback.makers import form, raters

MANAGER = raters("manager", 2, 4)
FOUR_PEERS = raters("peer", 10, 3, 4, 3, 4)


def numbers(release: Release) -> set[float]:
    """Every mean that a release prints for others."""
    found: set[float] = set()
    for result in release.competencies:
        figures = [group.figure for group in result.groups]
        figures += [group.figure for item in result.items for group in item.groups]
        if result.others is not None:
            figures.append(result.others.figure)
        found |= {figure.value for figure in figures if figure.value is not None}
    return found


def test_an_average_of_averages_does_not_give_the_hidden_group_away() -> None:
    # Printed 3.17 over three group means would give 3 * 3.17 - 4.0 - 3.5 = 2.0 for two people.
    assert round(3 * 3.17 - 4.0 - 3.5, 1) == 2.0
    said = [*MANAGER, *FOUR_PEERS, *raters("direct", 20, 2, 2)]
    result = build_release(form(), said, 3).competencies[0]
    assert [group.group_key for group in result.groups] == ["manager", "pooled"]
    assert numbers(build_release(form(), said, 3)) == {4.0, 3.0, 3.5}


def test_a_pooled_mean_does_not_give_the_hidden_group_away() -> None:
    # 7 * 3.43 - 4.0 - 4 * 3.5 = 6: the two would average 3.0.
    assert round(7 * (24 / 7) - 4.0 - 4 * 3.5, 6) == 6
    said = [*MANAGER, *FOUR_PEERS, *raters("direct", 20, 3, 3)]
    assert 3.5 not in {
        group.figure.value
        for result in build_release(form(), said, 3).competencies
        for group in result.groups
    }


def test_hidden_raters_do_not_move_any_number() -> None:
    few = [*MANAGER, *raters("direct", 20, 1, 1)]
    many = [*MANAGER, *raters("direct", 20, 5, 5)]
    assert numbers(build_release(form(), few, 3)) == {4.0}
    assert build_release(form(), few, 3) == build_release(form(), many, 3)


def test_a_late_answer_is_not_given_away_by_a_second_release() -> None:
    assert 4 * 3.75 - 3 * (10 / 3) == 5
    three = raters("peer", 10, 3, 3, 4)
    first = prepare_release(form(), three, 3)
    again = build_release(form(), [*three, *raters("peer", 20, 5)], 3, earlier=first.shown)
    assert numbers(again) == set()
    before = {"peer": frozenset({10, 11, 12})}
    assert not second_release_allowed(before, {"peer": frozenset({10, 11, 12, 20})}, 3)


def test_a_leaver_is_not_given_away_by_the_next_cycle() -> None:
    stayed = frozenset({10, 11, 12})
    assert change_between_cycles(stayed | {13}, stayed, 3) is Comparison.BANDS


def test_every_part_of_a_report_asks_the_same_floor() -> None:
    said = [*FOUR_PEERS, *raters("direct", 20, 2, 3)]
    pooled = build_release(form(), said, 5)
    assert [group.key for group in pooled.groups] == ["pooled"]
    assert numbers(build_release(form(), FOUR_PEERS, 5)) == set()
    assert numbers(build_release(form(), FOUR_PEERS, 4)) == {3.5}


def test_an_item_is_gated_by_its_own_answers() -> None:
    asked = form({"listening": ["q1"], "clarity": ["q2"]})
    said = raters("peer", 10, (4, 4), (4, 4), (4, None))
    listening, clarity = build_release(asked, said, 3).competencies
    assert [group.figure.text for group in listening.groups] == ["4.0"]
    assert [group.figure.text for group in clarity.groups] == [
        "Fewer than 3 people could answer this, so it is not shown."
    ]


def test_not_able_to_observe_enters_neither_mean_nor_count() -> None:
    four = raters("peer", 10, 4, 5, 3, 4)
    unsure = raters("peer", 20, (None,), (None,))
    assert build_release(form(), four, 3) == build_release(form(), [*four, *unsure], 3)


def test_only_submitted_answers_count() -> None:
    drafts = [replace(rater, submitted=False) for rater in raters("peer", 20, 1, 1, 1)]
    assert build_release(form(), [*FOUR_PEERS, *drafts], 3) == build_release(form(), FOUR_PEERS, 3)
    assert numbers(build_release(form(), drafts, 3)) == set()


def test_a_full_point_from_three_scattered_raters_is_no_blind_spot() -> None:
    def quadrant(*peers: tuple[int, int]) -> Quadrant | None:
        said: list[RaterAnswers] = [*raters("self", 1, (4, 4)), *raters("peer", 10, *peers)]
        release = build_release(form({"listening": ["q1", "q2"]}), said, 3)
        comparison = release.competencies[0].comparison
        return comparison.quadrant if comparison else None

    # 2.0, 2.5 and 4.5 average 3.0 with a deviation of 1.3.
    assert quadrant((2, 2), (2, 3), (4, 5)) is Quadrant.UNCLEAR
    assert quadrant((3, 3), (3, 3), (3, 3)) is Quadrant.BLIND_SPOT


def test_a_person_in_two_groups_is_not_counted_twice() -> None:
    peers = raters("peer", 10, 4, 4)
    twice = [*peers, *raters("stakeholder", 10, 2, 2)]
    assert numbers(build_release(form(), twice, 3)) == set()
    assert build_release(form(), twice, 3).groups == ()
