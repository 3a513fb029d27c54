"""What a milestone would do to a level, by the same arithmetic as one that was moved."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.growth.domain import FoldSettings, State
from ldtrack.growth.domain.ahead import outlooks

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("level", "passed", "failed"),
    [(2, 3.5208, None), (3, 3.6408, 3.1014), (4, 3.8986, None), (5, None, 3.4792)],
)
def test_a_pass_and_a_fail_move_the_level_as_they_will_once_they_are_there(
    level: int, passed: float | None, failed: float | None
) -> None:
    known = State(mean=3.5, variance=0.25, on=DAY)
    [one] = outlooks(known, [level], 0.36, on=DAY, settings=FoldSettings())
    if passed is not None:
        assert one.passed.mean == pytest.approx(passed, abs=5e-5)
    if failed is not None:
        assert one.failed.mean == pytest.approx(failed, abs=5e-5)
    assert one.passed.mean - one.passed.move == pytest.approx(3.5)


def test_the_share_is_how_much_of_the_doubt_it_takes_away() -> None:
    known = State(mean=3.5, variance=0.25, on=DAY)
    [one] = outlooks(known, [3], 0.36, on=DAY, settings=FoldSettings())
    # measurement.md 3.2: P falls from .25 to .2013 by a pass at 3, to .1728 by a fail.
    assert one.passed.weight == pytest.approx(1 - 0.2013 / 0.25, abs=5e-4)
    assert one.failed.weight == pytest.approx(1 - 0.1728 / 0.25, abs=5e-4)


def test_silence_until_the_day_is_doubt_that_the_piece_can_take_away() -> None:
    since = State(mean=3.5, variance=0.25, on=date(2025, 11, 20))
    [late] = outlooks(since, [4], 0.36, on=DAY, settings=FoldSettings())
    now = State(mean=3.5, variance=0.25 + 0.15 * 365 / 365.25, on=DAY)
    [fresh] = outlooks(now, [4], 0.36, on=DAY, settings=FoldSettings())
    assert late.passed.mean == pytest.approx(fresh.passed.mean)
