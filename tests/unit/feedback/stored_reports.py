"""Reports as they are stored, as somebody opens them, and beside a norm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ldtrack.feedback.domain.norms import Norm, NormBand
from ldtrack.feedback.domain.report import Report
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.queries import ShownReport


def shown_of(report: Report) -> ShownReport:
    """The report as a page or a file is given it."""
    return ShownReport(
        release_id=7,
        subject_id=8,
        person_id=9,
        person="Amara Okafor",
        state=SubjectState.RELEASED,
        released_on=report.closed_on,
        report=report,
    )


def beside(report: Report, source: str) -> Report:
    """The report with a band from 3.1 to 3.8 for each of its competencies."""
    norm = Norm(
        source=source,
        population="Leaders of two years or more",
        n_leaders="35 or more",
        as_of=date(2026, 1, 30),
        bands=tuple(
            NormBand(competency_id=c.id, mean=3.4, low=3.1, high=3.8) for c in report.competencies
        ),
    )
    return replace(report, insights=replace(report.insights, norm=norm))
