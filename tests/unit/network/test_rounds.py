"""A round asks for a word of everybody, and only a whole round of silence is told to the others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ldtrack.network.domain.rounds import WaitingKind, last_day, missed_in, round_of, waiting_for
from ldtrack.network.domain.triads import Seat, SeatState, TriadRow, Whom, whom

BEGAN = date(2026, 11, 2)
DAY = timedelta(days=1)
TRIAD = TriadRow(id=1, purpose="x", weeks=2, began_on=BEGAN, ended_on=None)


def seat(name: str = "Ben", *, joined: date | None = BEGAN, heard: date | None = None) -> Seat:
    return Seat(
        id=len(name),
        triad_id=1,
        person_id=None,
        name=name,
        email="",
        state=SeatState.INVITED if joined is None else SeatState.IN,
        joined_on=joined,
        last_round_on=heard,
    )


@pytest.mark.parametrize(
    ("after", "expected"), [(0, 0), (13, 0), (14, 14), (27, 14), (28, 28), (365, 364)]
)
def test_a_day_lies_in_one_round(after: int, expected: int) -> None:
    assert round_of(BEGAN, 2, BEGAN + after * DAY) == BEGAN + expected * DAY
    assert last_day(BEGAN, 2) == BEGAN + 13 * DAY


@pytest.mark.parametrize(
    ("joined", "heard", "after", "missed"),
    [
        # In the first round nobody can have missed one.
        (0, None, 13, None),
        (0, None, 14, 0),
        (0, 0, 14, None),
        (0, 0, 28, 14),
        # Heard of again: what was missed before is forgotten.
        (0, 28, 28, None),
        # Whoever came in the middle of a round owes nothing for it.
        (3, None, 14, None),
        (3, None, 28, 14),
    ],
)
def test_only_a_whole_round_without_a_word_counts(
    joined: int, heard: int | None, after: int, missed: int | None
) -> None:
    one = seat(joined=BEGAN + joined * DAY, heard=None if heard is None else BEGAN + heard * DAY)
    expected = None if missed is None else BEGAN + missed * DAY
    assert missed_in(one, TRIAD, BEGAN + after * DAY) == expected


def test_each_is_told_of_the_others_and_of_their_own_word() -> None:
    own, silent, fine = seat("Amara", heard=BEGAN), seat("Ben"), seat("Chloe", heard=BEGAN)
    today = BEGAN + 15 * DAY
    found = waiting_for(own, [silent, fine], TRIAD, today)
    assert [(one.kind, one.name, one.until) for one in found] == [
        (WaitingKind.SILENT, "Ben", today),
        (WaitingKind.CHECK_IN, "", BEGAN + 27 * DAY),
    ]
    asked = waiting_for(seat("Zoe", joined=None), [silent], TRIAD, today)
    assert [one.kind for one in asked] == [WaitingKind.INVITED]


def test_a_triad_that_ended_waits_for_nothing() -> None:
    over = TriadRow(id=1, purpose="x", weeks=1, began_on=BEGAN, ended_on=BEGAN + DAY)
    assert waiting_for(seat(), [seat("Zoe")], over, BEGAN + 30 * DAY) == []


@pytest.mark.parametrize(
    "typed", ["Zoe", "zoe@example.com", "<zoe@example.com>", "Zoe <zoe@example.com", ""]
)
def test_only_a_name_with_an_address_is_somebody_from_outside(typed: str) -> None:
    assert whom(typed) == Whom(typed=typed)
