"""When new evidence is lower than before, and when that may be said."""

from __future__ import annotations

from ldtrack.evidence.domain import Entry
from ldtrack.growth.domain import Fall, Level, fold, latest_fall, standing_at
from tests.unit.growth.makers import MIDDLE, USUAL, day, failed, graded


def _fall(*entries: Entry) -> Fall | None:
    trajectory = fold(entries, MIDDLE, USUAL, day(400))
    standing = standing_at(trajectory, day(400))
    assert isinstance(standing, Level)
    return latest_fall(trajectory, standing)


def test_the_pieces_that_lowered_the_level_are_named_newest_first() -> None:
    fall = _fall(graded(1, 0, 4.0, 0.1), graded(2, 100, 3.0, 0.1), failed(3, 200, 3))
    assert fall is not None
    assert [step.entry.entry_id for step in fall.pieces] == [3, 2]


def test_a_fall_within_the_range_is_not_clear() -> None:
    fall = _fall(graded(1, 0, 3.6, 0.2), graded(2, 100, 3.2, 0.2))
    assert fall is not None
    assert fall.is_clear is False


def test_a_fall_beyond_both_ranges_is_clear() -> None:
    fall = _fall(graded(1, 0, 5.0, 0.02), graded(2, 10, 5.0, 0.02), graded(3, 380, 2.0, 0.02))
    assert fall is not None
    assert fall.is_clear is True


def test_a_later_rise_ends_the_fall() -> None:
    assert _fall(graded(1, 0, 4.0), graded(2, 100, 2.0), graded(3, 200, 5.0)) is None


def test_a_first_piece_below_the_middle_is_no_fall() -> None:
    assert _fall(graded(1, 0, 1.5)) is None


def test_a_fall_too_small_to_be_printed_is_none() -> None:
    assert _fall(graded(1, 0, 3.5, 0.1), graded(2, 1, 3.4, 2.0)) is None
