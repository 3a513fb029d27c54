"""Tables that no spreadsheet takes for formulas, and that read back as they were."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldtrack.exchange.cells import guarded, restored
from ldtrack.exchange.completions_csv import parse_completions
from ldtrack.exchange.examples import completions_example, people_example, ratings_example
from ldtrack.exchange.export_csv import csv_file
from ldtrack.exchange.people_csv import parse_people
from ldtrack.exchange.ratings_csv import parse_ratings


@given(st.text())
def test_every_text_reads_back_as_it_was_and_no_cell_begins_dangerously(text: str) -> None:
    cell = guarded(text)
    assert isinstance(cell, str)
    assert restored(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+44 20 7946", "'+44 20 7946"),
        ("-3", "'-3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=x", "''=x"),
        ("O'Neill", "O'Neill"),
        ("'tis", "'tis"),
    ],
)
def test_text_that_looks_like_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    assert guarded(text) == cell


def test_numbers_stay_numbers_and_days_and_yes_are_written_plainly() -> None:
    raw = csv_file(["a"] * 6, [[-3, -1.5, None, True, False, date(2026, 1, 5)]])
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[1] == ["-3", "-1.5", "", "yes", "no", "2026-01-05"]


def test_excel_is_told_that_the_file_is_in_utf_8() -> None:
    assert csv_file(["é"], []).startswith(b"\xef\xbb\xbf")


def test_names_that_look_like_formulas_survive_going_out_and_coming_in() -> None:
    raw = csv_file(
        ["external_id", "email", "first_name", "job_profile"],
        [["-1", "a@example.org", "=Amara", "'@home"]],
    )
    person = parse_people(raw)[0][0]
    assert (person.external_id, person.first_name, person.job_profile) == (
        "-1",
        "=Amara",
        "'@home",
    )


def test_the_examples_have_no_problems() -> None:
    assert parse_people(people_example())[1] == []
    assert parse_completions(completions_example()).problems == []
    assert parse_ratings(ratings_example())[1] == []
    assert [one.active for one in parse_people(people_example())[0]] == [True, True, False]
