"""Random releases attacked by a reader who knows everything but the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pytest
from scipy.optimize import linprog

from ldtrack.feedback.domain.release import build_release
from ldtrack.feedback.domain.release_json import from_dict, to_dict
from tests.unit.feedback.attacker import (
    Row,
    Seen,
    exposed,
    protected,
    recovered,
    seen_in,
    spanned,
)
from tests.unit.feedback.policies import (
    every_mean_shown,
    small_groups_hidden_but_counted,
    updated_live,
)
from tests.unit.feedback.worlds import World, world

WORLDS = range(400)
HALF_STEP = 0.05 + 1e-9
LOW_BELOW = 1.35
"""What a reader knows of a low figure: it was rounded to at most 1.3."""
NUMBERS_THAT_FOLLOW = {
    ("others", "figure", "value"),
    ("others", "low"),
    ("others", "high"),
    ("others", "se"),
    ("comparison", "gap"),
    ("evidence", "value"),
    ("evidence", "noise_variance"),
    ("evidence", "n_raters"),
}
"""Totals: `test_totals.py` computes each from the printed figures alone."""


@cache
def attacked(seed: int) -> tuple[World, dict[str, Any], tuple[Seen, ...]]:
    cycle = world(seed)
    document = to_dict(build_release(cycle.questionnaire, cycle.raters, cycle.k))
    return cycle, document, tuple(seen_in(document, cycle))


def true_value(row: Row, cycle: World) -> float:
    said = {
        (rater.rater_key, str(answer.item_id)): answer.score or 0
        for rater in cycle.raters
        for answer in rater.answers
    }
    return sum(weight * said[unknown] for unknown, weight in row.items())


def numbers_in(part: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], float]]:
    if isinstance(part, dict):
        for name, value in part.items():
            yield from numbers_in(value, (*path, name))
    elif isinstance(part, list):
        for value in part:
            yield from numbers_in(value, path)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield path, part


def test_the_reader_understands_every_number_of_every_release() -> None:
    """Otherwise an attack that finds nothing would prove nothing."""
    for seed in WORLDS:
        cycle, document, seen = attacked(seed)
        for figure in seen:
            if figure.value is not None:
                assert figure.value == pytest.approx(true_value(figure.row, cycle), abs=HALF_STEP)
        figures = sorted(figure.value for figure in seen if figure.value is not None)
        others = []
        for path, number in numbers_in(document):
            inside = path[1:] if path[0] == "competencies" else ()
            if inside in (("groups", "figure", "value"), ("items", "groups", "figure", "value")):
                others.append(number)
            else:
                assert path[0] in {"version", "k", "scale", "profile_agreement"} or (
                    path[-1] in {"at_least", "of"}
                    or "self_figure" in path
                    or inside in NUMBERS_THAT_FOLLOW
                    or inside[:2] == ("groups", "numbers")
                ), path
        assert sorted(others) == figures


def test_numbers_of_agreement_stand_only_beside_ten_raters_or_more() -> None:
    found = 0
    for seed in WORLDS:
        _, document, _ = attacked(seed)
        for result in document["competencies"]:
            for group in result["groups"]:
                if group["numbers"] is not None:
                    found += 1
                    assert group["count"]["exact"]
                    assert group["count"]["at_least"] >= 10
    assert found > 0


def test_no_release_lets_out_fewer_than_k_raters() -> None:
    for seed in WORLDS:
        cycle, _, seen = attacked(seed)
        assert exposed([s.row for s in seen], protected(cycle), cycle.k) == [], seed


def test_no_low_figure_follows_from_the_numbers_beside_it() -> None:
    low = 0
    for seed in WORLDS:
        _, _, seen = attacked(seed)
        numbers = [figure.row for figure in seen if figure.value is not None]
        for figure in seen:
            if figure.value is None:
                low += 1
                assert not spanned(numbers, figure.row), (seed, figure.path)
    assert low > 50


def test_no_low_figure_can_be_pinned_to_the_bottom_by_the_numbers_beside_it() -> None:
    """The highest mean that fits every printed figure, rounding included, stays well above 1."""
    for seed in WORLDS[:120]:
        _, _, seen = attacked(seed)
        for figure in seen:
            if figure.value is None:
                linked = [other for other in seen if _same_cell(other, figure)]
                assert highest_mean(figure, linked) > 1.2, (seed, figure.path)


def _same_cell(one: Seen, other: Seen) -> bool:
    """Figures of one cell on one competency; their paths read "c0q1 peer" or "c0 peer"."""
    (on, cell), (other_on, other_cell) = one.path.split(), other.path.split()
    return cell == other_cell and on.split("q")[0] == other_on.split("q")[0]


def highest_mean(figure: Seen, linked: list[Seen]) -> float:
    columns = sorted({unknown for other in linked for unknown in other.row})
    limits: list[tuple[list[float], float]] = []
    for other in linked:
        row = [other.row.get(unknown, 0.0) for unknown in columns]
        limits.append((row, LOW_BELOW if other.value is None else other.value + HALF_STEP))
        if other.value is not None:
            limits.append(([-weight for weight in row], HALF_STEP - other.value))
    solved = linprog(
        [-figure.row.get(unknown, 0.0) for unknown in columns],
        A_ub=[row for row, _ in limits],
        b_ub=[limit for _, limit in limits],
        bounds=(1, 5),
    )
    return -float(solved.fun)


def test_the_releases_still_show_most_of_what_was_said() -> None:
    """A release that shows nothing would pass every attack."""
    means = sum(
        " " in s.path and "q" not in s.path.split()[0] for seed in WORLDS for s in attacked(seed)[2]
    )
    items = sum("q" in s.path.split()[0] for seed in WORLDS for s in attacked(seed)[2])
    assert means > 2 * len(WORLDS)
    assert items > 3 * len(WORLDS)


@pytest.mark.parametrize(
    ("policy", "at_least"),
    [
        (every_mean_shown, 0.9),
        (small_groups_hidden_but_counted, 0.4),
        (updated_live, 0.4),
    ],
)
def test_the_same_attack_breaks_naive_policies(
    policy: Callable[[World], list[Row]], at_least: float
) -> None:
    cycles = [world(seed) for seed in range(100)]
    broken = sum(bool(exposed(policy(c), protected(c), c.k)) for c in cycles)
    assert broken / len(cycles) >= at_least


def test_what_the_attack_recovers_from_a_naive_policy_is_what_was_answered() -> None:
    found = 0
    for seed in range(60):
        cycle = world(seed)
        rows = every_mean_shown(cycle)
        hidden = protected(cycle)
        own = [{u: w for u, w in row.items() if u[0] in hidden} for row in rows]
        values = [true_value(row, cycle) for row in own]
        for unknown, value in recovered(rows, values, hidden).items():
            found += 1
            assert value == pytest.approx(true_value({unknown: 1.0}, cycle))
    assert found >= 10


def test_no_release_changes_with_the_order_of_raters() -> None:
    for seed in WORLDS[:100]:
        cycle, document, _ = attacked(seed)
        shuffled = list(cycle.raters)
        Random(seed).shuffle(shuffled)
        turned = [replace(rater, answers=rater.answers[::-1]) for rater in shuffled]
        assert to_dict(build_release(cycle.questionnaire, turned, cycle.k)) == document


def test_every_release_survives_being_stored() -> None:
    for seed in WORLDS[:100]:
        _, document, _ = attacked(seed)
        assert to_dict(from_dict(document)) == document


def test_what_is_shown_depends_on_who_answered_except_beside_a_low_figure() -> None:
    for seed in WORLDS[:100]:
        cycle, document, _ = attacked(seed)
        middle = [
            replace(
                rater,
                answers=tuple(
                    answer if answer.score is None else replace(answer, score=3)
                    for answer in rater.answers
                ),
            )
            for rater in cycle.raters
        ]
        plain = to_dict(build_release(cycle.questionnaire, middle, cycle.k))
        for here, there in zip(_reasons(document), _reasons(plain), strict=True):
            assert here == there or here == "beside-low"


def _reasons(document: dict[str, Any]) -> list[str | None]:
    return [
        group["figure"]["reason"]
        for result in document["competencies"]
        for part in [result, *result["items"]]
        for group in part["groups"]
    ]
