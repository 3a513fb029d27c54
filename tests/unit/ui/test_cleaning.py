from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldtrack.ui.cleaning import clean_email, clean_line, clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada\x00Lovelace", "AdaLovelace"),
        ("  two \n lines\t", "two lines"),
        ("Cafe\u0301", "Café"),
        ("\ufeffname", "name"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("מנהיגות", "מנהיגות"),
        ("👩\u200d💻 🇳🇱", "👩\u200d💻 🇳🇱"),
        ("\ud800half a pair", "half a pair"),
        ("\u00a0", ""),
    ],
)
def test_a_line_keeps_words_of_every_script_and_drops_what_is_no_text(
    typed: str, kept: str
) -> None:
    assert clean_line(typed) == kept


def test_a_text_keeps_its_lines_and_tabs_whatever_system_wrote_them() -> None:
    assert clean_text("one\r\ntwo\rthree\u2028four\tfive\x0b\n\n") == "one\ntwo\nthree\nfour\tfive"


def test_addresses_that_only_look_different_are_the_same_address() -> None:
    typed = [" Ada@Example.org", "ADA@EXAMPLE.ORG ", "\uff21da@example.org"]
    assert {clean_email(address) for address in typed} == {"ada@example.org"}


@given(st.text())
def test_cleaning_twice_is_cleaning_once(typed: str) -> None:
    assert clean_line(clean_line(typed)) == clean_line(typed)
    assert clean_text(clean_text(typed)) == clean_text(typed)


@given(st.text(st.characters(codec=None)))
def test_no_control_and_no_half_of_a_pair_is_left_in_a_line(typed: str) -> None:
    left = {unicodedata.category(char) for char in clean_line(typed)}
    assert left.isdisjoint({"Cc", "Cs"})


def test_a_pile_of_accents_costs_no_time() -> None:
    pile = "a" + "\u0301" * 40_000 + "\u0327" * 40_000
    begun = time.perf_counter()
    assert len(clean_line(pile)) <= 1 + 30
    assert time.perf_counter() - begun < 1
