"""How figures and counts are printed."""

from __future__ import annotations

import pytest

from ldtrack.feedback.domain.answers import Scale
from ldtrack.feedback.domain.figures import (
    Count,
    Shown,
    count_of,
    level_in_totals,
    number,
    one_decimal,
    shielded,
    total_count,
)


@pytest.mark.parametrize(
    ("value", "printed"), [(3.24999, 3.2), (3.25, 3.3), (2.35, 2.4), (-0.04, 0.0), (-1.25, -1.2)]
)
def test_means_are_printed_to_one_decimal_halves_up(value: float, printed: float) -> None:
    assert one_decimal(value) == printed


@pytest.mark.parametrize(
    ("scale", "mean", "text"),
    [
        (Scale(), 1.0, "low (1.5 or below)"),
        (Scale(), 4 / 3, "low (1.5 or below)"),
        (Scale(), 1.36, "1.4"),
        (Scale(lo=0, hi=10), 0.2, "low (0.5 or below)"),
        (Scale(), 5.0, "5.0"),
    ],
)
def test_the_bottom_of_the_scale_is_a_word(scale: Scale, mean: float, text: str) -> None:
    assert shielded(mean, scale).text == text


def test_a_low_figure_counts_in_totals_as_the_middle_of_its_band() -> None:
    low = shielded(1.0, Scale())
    assert (low.shown, low.value) == (Shown.LOW, None)
    assert level_in_totals(low, Scale()) == level_in_totals(shielded(1.3, Scale()), Scale()) == 1.25
    assert level_in_totals(number(3.21), Scale()) == 3.2


@pytest.mark.parametrize(
    ("n", "k", "of", "words"),
    [
        (3, 3, 5, "3 or more of 5"),
        (4, 3, 5, "3 or more of 5"),
        (5, 3, 5, "5 of 5"),
        (3, 3, 3, "3 of 3"),
        (4, 3, None, "3 or more"),
        (6, 5, 8, "5 or more of 8"),
        (7, 5, 8, "7 of 8"),
    ],
)
def test_counts_near_the_floor_are_not_exact(n: int, k: int, of: int | None, words: str) -> None:
    assert count_of(n, k, of).words == words


def test_a_total_is_only_exact_if_its_parts_are() -> None:
    one = Count(at_least=1, exact=True)
    assert total_count([one, count_of(6, 3)]).words == "7"
    assert total_count([one, count_of(4, 3)]).words == "4 or more"
