"""A 360 report on paper: sound, accessible, and complete; hidden cells stay hidden."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import page as page_validation
import pytest

from ldtrack.feedback.domain.figures import Shown
from ldtrack.feedback.domain.verdict import cells_of
from ldtrack.feedback.service.releasing import MadeReport
from ldtrack.reviews.domain.report_paper import ReportPaper, report_paper
from ldtrack.reviews.paper import html_of_report
from ldtrack.reviews.pdf import Bounds, pdf_of
from tests.unit.feedback.organisations import organisation

pytestmark = [pytest.mark.print, pytest.mark.slow]
TELLING = 8
"""Draws an organisation one of whose leaders has everything a report can hold."""


@cache
def richest() -> MadeReport:
    """The report with a change shown, comments, and most figures, some of them hidden."""
    reports = [second.editions[0] for _, second in organisation(TELLING).leaders]
    return max(
        reports,
        key=lambda made: (
            made.report.insights.since is not None,
            bool(made.report.release.comments),
            made.verdict.n_hidden > 0,
            made.verdict.figures,
        ),
    )


def paper_of(made: MadeReport) -> ReportPaper:
    return report_paper(
        made.report,
        organisation="Acme",
        person="Amara Okafor",
        release_id=123_456_789_012,
        edition=2,
        released_on=made.report.closed_on,
    )


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.pdf"
    path.write_bytes(pdf_of(html_of_report(paper_of(richest())), Bounds()))
    return path


def test_it_keeps_all_machine_rules_of_pdf_ua(printed: Path) -> None:
    answer = page_validation.validate_pdf(str(printed), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in answer.failures] == []
    assert answer.is_compliant


def test_the_same_report_gives_the_same_bytes(printed: Path) -> None:
    assert pdf_of(html_of_report(paper_of(richest())), Bounds()) == printed.read_bytes()


def test_it_says_that_comments_were_held_back_where_some_were() -> None:
    paper = paper_of(richest())
    said = replace(paper, feedback=replace(paper.feedback, held_back="One comment is held back."))
    assert "One comment is held back." in html_of_report(said)
    assert "held back" not in html_of_report(paper)


def test_it_says_what_the_stored_report_says(printed: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing: install poppler-utils")
    made = richest()
    text = subprocess.run(
        ["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True
    ).stdout
    flat = " ".join(text.split())
    assert f"Since {made.report.insights.since.cycle}" in flat if made.report.insights.since else ""
    assert "What is hidden, and why" in flat
    hidden = sum(c.figure.shown is Shown.HIDDEN for c in cells_of(made.report.release))
    assert flat.count("hidden ") >= hidden > 0
    for block in made.report.release.comments:
        for comment in block.texts:
            assert comment in flat
