"""Page, file, paper and programs print the same of others, of what stands apart, and of a norm."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from ldtrack.feedback.domain.document import CompetencyResult
from ldtrack.feedback.domain.figures import Shown
from ldtrack.feedback.domain.norms import HERE
from ldtrack.feedback.domain.report import Report
from ldtrack.feedback.pages.report import report_page
from ldtrack.feedback.pages.report_file import HEAD, json_of, rows_of_file
from ldtrack.reviews.domain.from_report import feedback_part
from tests.unit.feedback.organisations import organisation
from tests.unit.feedback.stored_reports import beside, shown_of


@cache
def reports() -> tuple[Report, ...]:
    return tuple(
        made.report
        for seed in range(12)
        for leader in organisation(seed).leaders
        for cycle in leader
        for made in cycle.editions
    )


def file_of(report: Report, part: str) -> list[dict[str, str]]:
    rows = [dict(zip(HEAD, row, strict=True)) for row in rows_of_file(shown_of(report))]
    return [row for row in rows if row["Part"] == part]


def program_of(report: Report) -> Any:
    return json.loads(json.dumps(json_of(shown_of(report))))


def others_in_file(report: Report) -> dict[str, tuple[str, ...]]:
    columns = ("Figure", "Raters", "From", "To", "Self minus others")
    return {
        row["Competency"]: tuple(row[column] for column in columns)
        for row in file_of(report, "Competency")
        if row["Group"] == "Others together"
    }


def words(*levels: float | None) -> tuple[str, ...]:
    return tuple("" if level is None else f"{level:.1f}" for level in levels)


def reading_of(result: CompetencyResult) -> str:
    """What the page has to say of others."""
    others = result.others
    assert others is not None
    between = f" ({others.low:.1f} to {others.high:.1f})" if others.low is not None else ""
    return f"Others {others.figure.text}{between}, from {others.count.words}; "


def test_others_their_range_and_the_gap_are_the_same_everywhere() -> None:
    shown = missing = gaps = 0
    for report in reports():
        page, file = report_page(shown_of(report)), others_in_file(report)
        program = program_of(report)["release"]["competencies"]
        paper = feedback_part(report, report.closed_on, {})
        for n, result in enumerate(report.release.competencies):
            line, stored, reading = paper.lines[n], program[n], page.sections[n].reading
            gap = result.comparison.gap if result.comparison else None
            assert line.gap == gap == (stored["comparison"] or {"gap": None})["gap"]
            gaps += gap is not None
            if result.others is None:
                missing += 1
                assert (line.others, stored["others"]) == (None, None)
                assert report.name_of(result) not in file
                assert reading == "No answers of others can be shown here."
                continue
            shown += 1
            others = result.others
            said = (others.figure.text, others.count.words)
            limits = (others.low, others.high)
            assert line.others is not None
            assert (line.others.text, line.others.count) == said
            assert (line.low, line.high) == limits
            assert (stored["others"]["low"], stored["others"]["high"]) == limits
            assert file[report.name_of(result)] == (*said, *words(*limits, gap))
            assert reading.startswith(reading_of(result))
    assert min(shown, missing, gaps) > 20


def test_what_stands_apart_is_the_same_everywhere() -> None:
    shown = hidden = 0
    for report in reports():
        page = report_page(shown_of(report))
        columns = [group.key for group in page.columns]
        names = {group.key: group.name for group in page.columns}
        keys = [key for key in columns if key != "self"]
        paper = feedback_part(report, report.closed_on, {})
        program = program_of(report)["release"]["derailers"]
        file = {(row["Statement"], row["Group"]): row["Figure"] for row in file_of(report, "Apart")}
        for n, item in enumerate(report.release.derailers):
            for g, group in enumerate(item.groups):
                figure = group.figure
                shown += figure.shown is not Shown.HIDDEN
                hidden += figure.shown is Shown.HIDDEN
                on_page = page.apart[n].cells[columns.index(group.group_key)].text
                assert on_page == ("–" if figure.shown is Shown.HIDDEN else figure.text)
                assert file[page.apart[n].text, names[group.group_key]] == figure.text
                assert program[n]["groups"][g]["figure"]["value"] == figure.value
                cell = paper.apart[n].cells[keys.index(group.group_key)]
                assert (cell.text, cell.value) == (figure.text, figure.value)
    assert min(shown, hidden) > 20


def test_what_is_usual_is_the_same_everywhere() -> None:
    lines = 0
    for found in reports():
        report = beside(found, HERE)
        page = report_page(shown_of(report))
        program = program_of(report)["insights"]["norm"]
        assert {(band["low"], band["high"]) for band in program["bands"]} == {(3.1, 3.8)}
        file = [
            (row["Competency"], row["Figure"], row["Agreement"]) for row in file_of(report, "Usual")
        ]
        assert file == [(line.competency, "3.1 to 3.8", line.place) for line in page.told.usual]
        assert [section.usual for section in page.sections if section.usual] == [
            f"Usual here: {band}; this is {place}." for _, band, place in file
        ]
        lines += len(file)
    assert lines > 20
