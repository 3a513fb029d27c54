"""Whether a coach judges more kindly than levels led to expect, and when it is too few to say."""

from __future__ import annotations

import math
from datetime import date

import pytest

from ldtrack.growth.domain.leniency import (
    Judgement,
    Lean,
    leniency,
    quarter_of,
    quarters,
    shrunken,
)

Q1, Q2, Q3, Q4 = (date(2026, month, 1) for month in (1, 4, 7, 10))
YEAR = (Q1, date(2026, 12, 31))


def _judged(begins_on: date, n_met: int, n_missed: int, expected: float) -> list[Judgement]:
    met = [True] * n_met + [False] * n_missed
    return [
        Judgement(on=begins_on, person_id=number % 6, met=each, expected=expected)
        for number, each in enumerate(met)
    ]


def test_a_quarter_is_what_was_judged_less_what_was_expected_over_its_scatter() -> None:
    found = leniency(_judged(Q2, 7, 1, 0.5), *YEAR)
    quarter = found.quarters[1]
    assert (quarter.begins_on, quarter.n, quarter.n_met, quarter.expected) == (Q2, 8, 7, 8 * 0.5)
    assert quarter.z == pytest.approx((7 - 8 * 0.5) / math.sqrt(8 * 0.5 * 0.5))
    assert quarter.lean is Lean.KINDER


def test_the_published_example_of_pulling_a_mean_to_none() -> None:
    # measurement.md 1.6: vr .16, ve .64, n 9, mean residual +.40 -> .2769
    assert shrunken(0.40, 9) == pytest.approx(9 * 0.16 / (9 * 0.16 + 0.64) * 0.40)
    assert round(shrunken(0.40, 9), 4) == 0.2769


def test_all_of_it_is_the_mean_residual_raw_and_pulled_to_none() -> None:
    found = leniency([*_judged(Q1, 6, 0, 0.6), *_judged(Q2, 3, 3, 0.6)], *YEAR)
    raw = (6 * 0.4 + 3 * 0.4 + 3 * -0.6) / 12
    assert found.raw == pytest.approx(raw)
    assert found.shrunken == pytest.approx(12 * 0.16 / (12 * 0.16 + 0.64) * raw)


def test_drift_is_notable_twice_in_a_row_in_one_direction() -> None:
    kind, even, strict = (7, 1, 0.5), (4, 4, 0.5), (1, 7, 0.5)

    def drift(*each: tuple[int, int, float]) -> Lean:
        days = (Q1, Q2, Q3, Q4)
        return leniency(
            [one for day, three in zip(days, each, strict=False) for one in _judged(day, *three)],
            *YEAR,
        ).drift

    assert drift(kind, even, kind) is Lean.AS_EXPECTED
    assert drift(kind, strict, kind) is Lean.AS_EXPECTED
    assert drift(even, kind, kind) is Lean.KINDER
    assert drift(strict, strict, even) is Lean.STRICTER


@pytest.mark.parametrize("n", [0, 4])
def test_a_quarter_with_few_milestones_says_nothing(n: int) -> None:
    quarter = leniency(_judged(Q2, n, 0, 0.1), *YEAR).quarters[1]
    assert (quarter.n, quarter.z, quarter.lean) == (n, None, Lean.TOO_FEW)


def test_few_leaders_say_nothing_of_who_judged_them() -> None:
    four = [
        Judgement(on=day, person_id=number % 4, met=True, expected=0.2)
        for day in (Q1, Q2)
        for number in range(12)
    ]
    found = leniency(four, *YEAR)
    assert (found.n_leaders, found.raw, found.shrunken, found.drift) == (
        4,
        None,
        None,
        Lean.TOO_FEW,
    )


def test_what_was_certain_beforehand_scatters_by_nothing_and_says_nothing() -> None:
    assert leniency(_judged(Q2, 6, 0, 1.0), *YEAR).quarters[1].z is None


def test_quarters_go_round_the_year() -> None:
    assert quarter_of(date(2026, 12, 31)) == Q4
    assert quarters(date(2025, 11, 3), date(2026, 4, 1)) == [date(2025, 10, 1), Q1, Q2]
