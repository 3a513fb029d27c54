"""Words that only who holds the keys can make."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.core.signed import Signer

DAY = date(2026, 12, 20)
SIGNER = Signer(keys=("old", "new"), purpose="tests.seat")


@pytest.mark.parametrize("said", [(5,), (5, 7)])
def test_what_was_signed_is_read_again(said: tuple[int, ...]) -> None:
    assert SIGNER.read(SIGNER.sign(*said, until=DAY), len(said)) == (list(said), DAY)


def test_an_older_key_still_reads_and_one_that_was_taken_out_does_not() -> None:
    token = Signer(keys=("old",), purpose="tests.seat").sign(5, until=DAY)
    assert SIGNER.read(token, 1) == ([5], DAY)
    assert Signer(keys=("new",), purpose="tests.seat").read(token, 1) is None


def test_a_word_for_another_purpose_or_of_another_length_says_nothing() -> None:
    token = SIGNER.sign(5, 7, until=DAY)
    assert Signer(keys=SIGNER.keys, purpose="tests.review").read(token, 2) is None
    assert SIGNER.read(token, 1) is None
    assert SIGNER.read("nonsense", 1) is None
