"""Small words: signed moves, lists, counts, days that were asked for."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.core.words import listed
from ldtrack.dashboards.pages.as_of import AsOf, as_of
from ldtrack.dashboards.pages.words import plural, signed

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (0.14, "+0.1"),
        (-0.26, "−0.3"),
        (0.049, "unchanged"),
        (-0.049, "unchanged"),
        (0.05, "+0.1"),
        (0.0, "unchanged"),
        (1.0, "+1.0"),
    ],
)
def test_a_move_has_a_sign_or_is_none(move: float, said: str) -> None:
    assert signed(move) == said


def test_lists_end_with_and() -> None:
    assert [listed(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]


def test_counts_take_their_noun() -> None:
    assert [plural(n, "competency", "competencies") for n in (0, 1, 2)] == [
        "0 competencies",
        "1 competency",
        "2 competencies",
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", AsOf(day=TODAY, today=TODAY)),
        ("2025-02-28", AsOf(day=date(2025, 2, 28), today=TODAY)),
        ("2026-11-20", AsOf(day=TODAY, today=TODAY)),
        ("2026-11-21", AsOf(day=TODAY, today=TODAY, refused=True)),
        ("2025-02-29", AsOf(day=TODAY, today=TODAY, refused=True)),
        ("0001-01-01", AsOf(day=TODAY, today=TODAY, refused=True)),
        ("9999-12-31", AsOf(day=TODAY, today=TODAY, refused=True)),
        ("yesterday\x00", AsOf(day=TODAY, today=TODAY, refused=True)),
        ("١٢٣٤", AsOf(day=TODAY, today=TODAY, refused=True)),
    ],
)
def test_a_day_that_makes_no_sense_is_today(asked: str, found: AsOf) -> None:
    assert as_of(asked, TODAY) == found


def test_a_leap_day_of_the_past_is_a_day() -> None:
    assert as_of("2024-02-29", TODAY).is_past is True
