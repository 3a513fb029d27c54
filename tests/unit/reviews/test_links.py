"""A mailed link says one thing, can be read by who signed it, and by nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.reviews.domain.rows import Sent
from ldtrack.reviews.links import Links

SENT = Sent(review_id=7, sponsor_id=8, until=date(2026, 12, 4))


def test_a_link_is_read_as_it_was_written() -> None:
    links = Links(keys=("secret",), base_url="https://growth.example.org")
    assert links.address(SENT).startswith("https://growth.example.org/s/")
    assert links.read(links.token(SENT)) == SENT


def test_a_link_signed_with_an_earlier_key_still_works() -> None:
    token = Links(keys=("old",)).token(SENT)
    assert Links(keys=("old", "new")).read(token) == SENT
    assert Links(keys=("new",)).read(token) is None


@pytest.mark.parametrize("change", [-1, 0, 5])
def test_a_changed_link_is_none(change: int) -> None:
    token = Links(keys=("secret",)).token(SENT)
    other = "A" if token[change] != "A" else "B"
    place = change % len(token)
    assert Links(keys=("secret",)).read(token[:place] + other + token[place + 1 :]) is None


@pytest.mark.parametrize("token", ["", ".", "a.b", "\x00", "é" * 50, "x" * 10_000])
def test_nonsense_is_none(token: str) -> None:
    assert Links(keys=("secret",)).read(token) is None
