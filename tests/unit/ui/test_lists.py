"""What the address of a list asks for."""

from __future__ import annotations

import pytest
from flask import Flask

from ldtrack.ui.lists import page_number, searched


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("", 1),
        ("?page=7", 7),
        ("?page=0", 1),
        ("?page=-3", 1),
        ("?page=two", 1),
        ("?page=\N{ARABIC-INDIC DIGIT TWO}", 1),
        ("?page=999999", 999_999),
        ("?page=1000000", 1),
    ],
)
def test_an_address_that_asks_for_nonsense_shows_the_first_page(
    app: Flask, asked: str, page: int
) -> None:
    with app.test_request_context(f"/people{asked}"):
        assert page_number() == page


@pytest.mark.parametrize(
    ("asked", "words"),
    [("", ""), ("?q=+Ada++Lovelace%00", "Ada Lovelace"), (f"?q={'a' * 300}", "a" * 200)],
)
def test_what_is_searched_is_one_line_of_a_sensible_length(
    app: Flask, asked: str, words: str
) -> None:
    with app.test_request_context(f"/people{asked}"):
        assert searched() == words
