"""The file of a norm: every bad row is named with its line and column."""

from __future__ import annotations

import pytest

from ldtrack.exchange.norms_csv import NormRow, parse_norms

HEAD = "competency_id,mean,low,high\n"


def test_a_row_is_a_competency_with_its_band() -> None:
    rows, problems = parse_norms(f"{HEAD}vision,3.9,3.6,4.2\n".encode())
    assert rows == [NormRow(line=2, competency="vision", mean=3.9, low=3.6, high=4.2)]
    assert problems == []


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (",3.9,3.6,4.2", "competency_id", "There is no competency."),
        ("vision,,3.6,4.2", "mean", "There is no level."),
        ("vision,three,3.6,4.2", "mean", "“three” is not a number"),
        ("vision,3.9,4.3,4.2", "low", "begins above where it ends"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_column(row: str, column: str, said: str) -> None:
    rows, problems = parse_norms(f"{HEAD}{row}\n".encode())
    assert rows == []
    assert [(p.line, p.column) for p in problems] == [(2, column)]
    assert said in problems[0].reason


def test_a_competency_twice_and_a_column_that_is_missing_are_named() -> None:
    twice = f"{HEAD}vision,3.9,3.6,4.2\nvision,3.8,3.6,4.2\n".encode()
    rows, problems = parse_norms(twice)
    assert len(rows) == 1
    assert [(p.line, p.reason) for p in problems] == [(3, "This competency is on line 2 already.")]
    _, problems = parse_norms(b"competency_id,mean\nvision,3.9\n")
    assert {p.column for p in problems} == {"low", "high"}
