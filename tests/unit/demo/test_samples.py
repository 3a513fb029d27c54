"""The samples to set up with: people are there as CSV and as a spreadsheet, which say the same."""

from __future__ import annotations

import csv
from pathlib import Path

from python_calamine import CalamineWorkbook

import ldtrack

SET_UP = Path(ldtrack.__file__).parent / "demo" / "samples" / "set_up"


def test_the_spreadsheet_of_people_says_what_their_table_says() -> None:
    with (SET_UP / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    sheet = CalamineWorkbook.from_path(SET_UP / "people.xlsx").get_sheet_by_index(0).to_python()
    assert sheet == table
