"""The account of a level leaves nothing unexplained."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from ldtrack.evidence.domain import Entry
from ldtrack.growth.domain import fold, ledger
from tests.unit.growth.makers import (
    MIDDLE,
    USUAL,
    exposure,
    graded,
    histories,
    passed,
    withdrawn,
)

unhurried = settings(deadline=None)


def test_the_newest_piece_comes_first() -> None:
    entries = [
        *(graded(1, 0, 3), passed(2, 9, 4), graded(3, 5, 2)),
        *(exposure(4, 1), exposure(5, 2), withdrawn(6, 1), withdrawn(7, 2)),
    ]
    account = ledger(fold(entries, MIDDLE, USUAL))
    assert [line.entry.entry_id for line in account.lines] == [2, 3, 1]
    assert [entry.entry_id for entry in account.exposures] == [5, 4]
    assert [entry.entry_id for entry in account.withdrawn] == [7, 6]


def test_without_evidence_the_prior_is_the_whole_account() -> None:
    account = ledger(fold([], MIDDLE, USUAL))
    assert (account.prior, account.prior_share, account.lines) == (MIDDLE, 1.0, ())


def test_two_pieces_of_one_day_share_the_level_with_the_prior() -> None:
    account = ledger(fold([graded(1, 0, 4, 1.0), graded(2, 0, 4, 1.0)], MIDDLE, USUAL))
    assert [line.weight for line in account.lines] == pytest.approx([1 / 3, 1 / 2])
    assert [line.share for line in account.lines] == pytest.approx([1 / 3, 1 / 3])
    assert account.prior_share == pytest.approx(1 / 3)
    assert [line.move for line in account.lines] == pytest.approx([0.5 / 3, 0.5])


def test_a_contradiction_is_marked_in_the_account() -> None:
    pieces = [graded(number, 0, 2, 0.05) for number in range(5)]
    account = ledger(fold([*pieces, graded(9, 1, 5, 0.05)], MIDDLE, USUAL))
    assert [line.surprising for line in account.lines] == [True, *[False] * 5]


@given(histories())
@unhurried
def test_prior_and_moves_add_up_to_the_level(entries: list[Entry]) -> None:
    trajectory = fold(entries, MIDDLE, USUAL)
    total = 3.0 + sum(line.move for line in ledger(trajectory).lines)
    assert total == pytest.approx(trajectory.last.mean, abs=1e-9)


@given(histories(graded_only=True))
@unhurried
def test_graded_shares_add_up_to_one_and_weigh_the_level(entries: list[Entry]) -> None:
    trajectory = fold(entries, MIDDLE, USUAL)
    account = ledger(trajectory)
    shares = account.prior_share + sum(line.share for line in account.lines)
    weighed = sum(line.share * line.entry.value for line in account.lines if line.entry.value)
    assert shares == pytest.approx(1, abs=1e-9)
    assert account.prior_share * 3.0 + weighed == pytest.approx(trajectory.last.mean, abs=1e-9)


@given(histories())
@unhurried
def test_shares_lie_between_nothing_and_all(entries: list[Entry]) -> None:
    account = ledger(fold(entries, MIDDLE, USUAL))
    shares = [account.prior_share, *(line.share for line in account.lines)]
    assert all(-1e-12 <= share <= 1 for share in shares)
    assert sum(shares) == pytest.approx(1, abs=1e-9)


def test_a_pass_leaves_older_pieces_the_share_by_which_they_still_move_the_level() -> None:
    def last(value: float) -> float:
        return fold([graded(1, 0, value), passed(2, 30, 3)], MIDDLE, USUAL).last.mean

    account = ledger(fold([graded(1, 0, 3.5), passed(2, 30, 3)], MIDDLE, USUAL))
    slope = (last(3.5 + 1e-5) - last(3.5 - 1e-5)) / 2e-5
    assert account.lines[1].share == pytest.approx(slope, abs=1e-6)
