"""What page, file and paper say of one stored report beyond its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ldtrack.feedback.domain.norms import HERE
from ldtrack.feedback.domain.report import Report
from ldtrack.feedback.pages.report import report_page
from ldtrack.feedback.pages.report_file import rows_of_file
from ldtrack.reviews.domain.report_paper import ReportPaper, report_paper
from ldtrack.reviews.paper import html_of_report
from tests.unit.feedback.organisations import organisation
from tests.unit.feedback.stored_reports import beside, shown_of


def reports() -> Iterator[Report]:
    for seed in range(6):
        for first, _ in organisation(seed).leaders:
            yield first.editions[0].report


def paper_of(report: Report) -> ReportPaper:
    return report_paper(
        report,
        organisation="Acme",
        person="Amara Okafor",
        release_id=7,
        edition=1,
        released_on=report.closed_on,
    )


@pytest.mark.parametrize(("source", "where"), [(HERE, "here"), ("A publisher", "elsewhere")])
def test_what_is_usual_is_said_with_where_of_whom_and_when(source: str, where: str) -> None:
    printed = 0
    for report in reports():
        stored = beside(report, source)
        sections = report_page(shown_of(stored)).sections
        for section in sections:
            if section.usual:
                printed += 1
                assert section.usual.startswith(f"Usual {where}: 3.1 to 3.8; this is ")
        if any(section.usual for section in sections):
            origin = f"{source}, Leaders of two years or more, 35 or more leaders"
            assert f"{origin}, as of 30 January 2026." in html_of_report(paper_of(stored))
    assert printed > 10


def test_paper_prints_what_self_says_looking_back_where_the_page_does() -> None:
    printed = 0
    for report in reports():
        page = {
            (section.name, line.text): line.then
            for section in report_page(shown_of(report)).sections
            for line in section.lines
            if line.then
        }
        paper = paper_of(report)
        on_paper = {
            (whole.text, "Altogether" if line is whole else line.text): line.then
            for whole, items in paper.looking_back
            for line in (whole, *items)
            if line.then
        }
        assert on_paper == page
        printed += len(page)
        html = html_of_report(paper)
        assert ("Self, looking back" in html) is bool(page)
    assert printed > 10


@pytest.mark.parametrize(
    ("agreement", "words"),
    [
        (0.5, "see the same highs and lows, whatever the levels."),
        (0.49, "see different highs and lows, whatever the levels."),
        (None, ""),
    ],
)
def test_page_file_and_paper_say_in_the_same_words_whether_the_profiles_have_one_shape(
    agreement: float | None, words: str
) -> None:
    report = next(reports())
    stored = replace(report, release=replace(report.release, profile_agreement=agreement))
    sentence = f"Self and others {words}" if words else ""
    assert report_page(shown_of(stored)).told.shape == sentence
    own = report_page(shown_of(stored), own=True).told.shape
    assert own == (f"You and others {words}" if words else "")
    said = [row[2] for row in rows_of_file(shown_of(stored)) if row[0] == "Profile"]
    assert said == [sentence] * bool(words)
    html = html_of_report(paper_of(stored))
    assert (sentence in html) if words else ("highs and lows" not in html)
    assert str(agreement) not in "".join(said)
