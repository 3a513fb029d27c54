"""The report's file holds what the page says, and no figure that the page does not print."""

from __future__ import annotations

import re

from ldtrack.feedback.domain.report import Report
from ldtrack.feedback.pages.report import report_page
from ldtrack.feedback.pages.report_file import HEAD, rows_of_file
from tests.unit.feedback.organisations import organisation
from tests.unit.feedback.stored_reports import shown_of

REPORTS = [
    made.report
    for seed in range(12)
    for leader in organisation(seed).leaders
    for cycle in leader
    for made in cycle.editions
]


def rows_of(report: Report, part: str) -> list[dict[str, str]]:
    rows = [dict(zip(HEAD, row, strict=True)) for row in rows_of_file(shown_of(report))]
    return [row for row in rows if row["Part"] == part]


def test_others_stand_with_the_range_and_the_reading_that_the_page_prints() -> None:
    ranges = hidden = gaps = 0
    for report in REPORTS:
        sections = {section.name: section for section in report_page(shown_of(report)).sections}
        for row in rows_of(report, "Competency"):
            cells = (row["From"], row["To"], row["Self minus others"], row["Reading"])
            if row["Group"] != "Others together":
                assert cells == ("", "", "", "")
                continue
            section = sections[row["Competency"]]
            found = re.search(r"\(([\d.]+) to ([\d.]+)\)", section.reading)
            expected = found.groups() if found else ("", "")
            assert cells[:2] == expected
            ranges += bool(row["From"])
            hidden += not row["From"]
            assert row["Reading"] == ". ".join(filter(None, (section.verdict, section.note)))
            own = re.search(r"self ([\d.]+)\.", section.reading)
            both = own is not None and row["From"] != ""
            gap = f"{float(own[1]) - float(row['Figure']):.1f}" if own and both else ""
            assert float(cells[2] or 9) == float(gap or 9)
            gaps += cells[2].startswith("-")
    assert min(ranges, hidden, gaps) > 0


def test_groups_that_were_left_out_are_named_with_the_reason_and_so_is_the_weighting() -> None:
    left_out = 0
    for report in REPORTS:
        release = report.release
        told = [(row["Group"], row["Statement"]) for row in rows_of(report, "Left out")]
        assert told == [(group.name, group.text) for group in release.left_out]
        left_out += len(told)
        weighting = report_page(shown_of(report)).weighting
        assert [row["Statement"] for row in rows_of(report, "Weighting")] == [weighting] * bool(
            weighting
        )
    assert left_out > 0
