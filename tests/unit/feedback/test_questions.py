"""How a framework becomes a questionnaire."""

from __future__ import annotations

import pytest

from ldtrack.competencies.domain import CompetencyRow, IndicatorRow, Level, ScaleRow
from ldtrack.feedback.domain.questions import (
    PLAIN_WORDS,
    answer_scale,
    chosen_indicators,
    item_from_definition,
)


def indicator(id_: int, level: int, effective: str = "does") -> IndicatorRow:
    return IndicatorRow(
        id=id_, competency_id=1, level=level, effective=effective, ineffective="does not"
    )


def scale(lo: int, hi: int) -> ScaleRow:
    levels = (Level(value=v, label=f"Level {v}", meaning="") for v in range(lo, hi + 1))
    return ScaleRow(levels=tuple(levels))


def test_indicators_come_from_the_chosen_level_as_many_as_wanted() -> None:
    rows = [indicator(1, 2), indicator(2, 3), indicator(3, 3), indicator(4, 3), indicator(5, 4)]
    assert [row.id for row in chosen_indicators(rows, 3, 2)] == [2, 3]


def test_an_indicator_without_an_effective_side_is_no_item() -> None:
    rows = [indicator(1, 3, " "), indicator(2, 4)]
    assert [row.id for row in chosen_indicators(rows, 3, 5)] == [2]
    assert chosen_indicators(rows[:1], 3, 5) == ()


def test_between_two_levels_equally_near_the_lower_one_is_taken() -> None:
    assert [row.id for row in chosen_indicators([indicator(1, 4), indicator(2, 2)], 3, 5)] == [2]


def test_a_competency_without_indicators_is_asked_about_by_its_definition() -> None:
    row = CompetencyRow(
        id=1,
        key="k",
        name="Decisiveness",
        definition="Decides.",
        domain="",
        domain_id=1,
        framework_version_id=1,
    )
    assert item_from_definition(row) == "Decides."


@pytest.mark.parametrize(
    ("levels", "plain", "expected"),
    [
        ((1, 5), False, (1, 5, tuple(f"Level {n}" for n in range(1, 6)))),
        ((1, 7), False, (1, 7, tuple(f"Level {n}" for n in range(1, 8)))),
        ((1, 8), False, (1, 5, PLAIN_WORDS)),
        ((0, 4), False, (1, 5, PLAIN_WORDS)),
        ((1, 4), True, (1, 5, PLAIN_WORDS)),
    ],
)
def test_a_scale_too_long_for_a_thumb_is_answered_in_words(
    levels: tuple[int, int], plain: bool, expected: tuple[int, int, tuple[str, ...]]
) -> None:
    assert answer_scale(scale(*levels), plain=plain) == expected
