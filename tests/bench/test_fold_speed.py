"""How fast a large organisation's evidence folds; printed with `pytest -s`, never asserted."""

from __future__ import annotations

from time import perf_counter

import pytest

from ldtrack.evidence.domain import Entry
from ldtrack.growth.domain import extend, fold, ledger, smoothed
from tests.unit.growth.makers import MIDDLE, USUAL, graded, passed

PIECES = 50_000
PER_HISTORY = 20


def history(first_id: int) -> list[Entry]:
    return [
        (passed if number % 4 == 3 else graded)(first_id + number, number * 40, 3.0 + number % 2)
        for number in range(PER_HISTORY)
    ]


@pytest.mark.slow
def test_fifty_thousand_pieces() -> None:
    histories = [history(number * PER_HISTORY) for number in range(PIECES // PER_HISTORY)]
    started = perf_counter()
    trajectories = [fold(entries, MIDDLE, USUAL) for entries in histories]
    folded = perf_counter()
    for trajectory in trajectories:
        ledger(trajectory), smoothed(trajectory)
    explained = perf_counter()
    print(f"\n{PIECES} pieces: folded in {folded - started:.2f} s", end="")
    print(f", ledger and smoothing in {explained - folded:.2f} s")


@pytest.mark.slow
def test_one_more_piece_on_a_long_history() -> None:
    entries = [graded(number, number // 10, 3.0 + number % 2) for number in range(PIECES)]
    trajectory = fold(entries, MIDDLE, USUAL)
    started = perf_counter()
    extend(trajectory, graded(PIECES, PIECES, 4.0))
    print(f"\none more piece after {PIECES}: {1000 * (perf_counter() - started):.2f} ms")
