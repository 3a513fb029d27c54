"""What is next for a leader, who needs a coach, what waits for HR, what develops what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ldtrack.coaching.domain import CaseloadRow
from ldtrack.competencies.domain import CompetencyRow
from ldtrack.dashboards.pages.caseload import (
    LeaderLine,
    Need,
    caseload_headline,
    needs_of,
)
from ldtrack.dashboards.pages.checklist import Checklist, Item
from ldtrack.dashboards.pages.competency_map import map_headline
from ldtrack.dashboards.pages.helps import reason_for
from ldtrack.dashboards.pages.portfolio import portfolio_headline
from ldtrack.dashboards.pages.today import Task, today_headline
from ldtrack.dashboards.pages.upcoming import Upcoming, in_order
from ldtrack.dashboards.pages.words import Target
from ldtrack.dashboards.queries import MapRow, Vehicle, VehicleKind
from ldtrack.growth.domain import Rungs

TODAY = date(2026, 11, 20)
HERE = Target(endpoint="somewhere")


def _upcoming(text: str, days: int | None, *, never_late: bool = False) -> Upcoming:
    due_on = None if days is None else TODAY + timedelta(days=days)
    return Upcoming(due_on=due_on, text=text, act="Do", target=HERE, never_late=never_late)


def test_what_is_due_first_comes_first_and_what_has_no_day_last() -> None:
    items = [_upcoming("any day", None), _upcoming("soon", 2), _upcoming("late", -3)]
    assert [item.text for item in in_order(items)] == ["late", "soon", "any day"]


def test_lateness_is_said_in_days() -> None:
    assert [
        _upcoming("x", days, never_late=meeting).lateness(TODAY)
        for days, meeting in ((-1, False), (-35, False), (0, False), (None, False), (-5, True))
    ] == ["1 day late", "35 days late", "", "", ""]


def _row(name: str = "Ben Li", **changes: object) -> CaseloadRow:
    usual: dict[str, object] = {
        "engagement_id": 1,
        "person_id": 1,
        "name": name,
        "starts_on": date(2026, 1, 1),
        "n_held": 3,
        "n_agreed": 8,
        "last_on": TODAY - timedelta(days=10),
        "next_on": TODAY + timedelta(days=4),
        "n_open_actions": 0,
        "n_to_answer": 0,
        "milestones_due_on": (),
    }
    return CaseloadRow(**(usual | changes))  # type: ignore[arg-type]  # made of its own fields


@pytest.mark.parametrize(
    ("row", "has_report", "ended", "words"),
    [
        (_row(), False, (), []),
        (_row(next_on=TODAY - timedelta(days=8)), False, (), ["Session of 12 Nov not logged"]),
        (
            _row(last_on=TODAY - timedelta(days=70), next_on=None),
            False,
            (),
            ["No session for 10 weeks"],
        ),
        (_row(last_on=None, next_on=None), False, (), ["No session yet"]),
        (_row(n_to_answer=2), False, (), ["2 milestones proposed to you"]),
        (
            _row(),
            True,
            ("Turnaround",),
            ["360 report to talk through", "Debrief to hold: Turnaround"],
        ),
    ],
)
def test_a_leader_needs_a_coach_for_a_reason(
    row: CaseloadRow, has_report: bool, ended: tuple[str, ...], words: list[str]
) -> None:
    needs = needs_of(row, has_report=has_report, ended=ended, today=TODAY)
    assert [need.word for need in needs] == words


def _line(name: str, *needs: Need) -> LeaderLine:
    return LeaderLine(row=_row(name), needs=needs, n_due=0, report_id=None)


LATE = Need(kind="late", word="Session of 12 Nov not logged", is_urgent=True)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "You coach nobody at the moment."),
        ([_line("Ben Li")], "Your 1 leader is on course."),
        ([_line("Ben Li"), _line("Dai Evans")], "Your 2 leaders are all on course."),
        (
            [_line("Ben Li", LATE), _line("Dai Evans")],
            "1 of 2 leaders needs you; Ben Li first: session of 12 Nov not logged.",
        ),
    ],
)
def test_a_coach_reads_who_comes_first(lines: list[LeaderLine], sentence: str) -> None:
    assert str(caseload_headline(lines)) == sentence


def _task(text: str) -> Task:
    return Task(kind="late", word="Overdue", text=text, act="Look", target=HERE)


def _checklist(*done: bool) -> Checklist:
    return Checklist(
        items=tuple(
            Item(text=f"Step {number}", note="", target=HERE, done=is_done)
            for number, is_done in enumerate(done, start=1)
        )
    )


@pytest.mark.parametrize(
    ("tasks", "checklist", "sentence"),
    [
        ([], None, "Nothing waits for you today."),
        ([_task("Close Autumn 360")], None, "One thing waits for you; first: Close Autumn 360."),
        (
            [_task("Close Autumn 360"), _task("x")],
            _checklist(True, False),
            "2 things wait for you; first: Close Autumn 360.",
        ),
        ([], _checklist(True, False, False), "1 of 3 set-up steps are done; next: Step 2."),
    ],
)
def test_hr_reads_what_waits(tasks: list[Task], checklist: Checklist | None, sentence: str) -> None:
    assert str(today_headline(tasks, checklist)) == sentence


def _map_row(name: str, n_courses: int) -> MapRow:
    row = CompetencyRow(
        id=1, key=name, name=name, definition="", domain="", domain_id=1, framework_version_id=1
    )
    course = Vehicle(kind=VehicleKind.COURSE, id=1, name="A course", level=1)
    return MapRow(competency=row, courses=(course,) * n_courses)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((1, 2), "Something develops every one of 2 competencies."),
        ((1, 0), "Nothing develops B, one of 2 competencies."),
        ((0, 0, 1), "Nothing develops 2 of 3 competencies."),
        ((0, 0), "Nothing develops any of 2 competencies yet."),
    ],
)
def test_the_map_says_what_is_left_to_itself(counts: tuple[int, ...], sentence: str) -> None:
    rows = [_map_row(name, n) for name, n in zip("ABC", counts, strict=False)]
    assert str(map_headline(rows)) == sentence


@pytest.mark.parametrize(
    ("names", "n_asks", "sentence"),
    [
        ([], 0, "You sponsor nobody at the moment."),
        (["Amara Okafor"], 0, "You sponsor Amara Okafor; nothing is asked of you today."),
        (["A", "B"], 1, "You sponsor A and B; 1 outcome waits for your word."),
        (["A", "B", "C"], 2, "You sponsor 3 leaders; 2 outcomes wait for your word."),
    ],
)
def test_a_sponsor_reads_whom_and_what(names: list[str], n_asks: int, sentence: str) -> None:
    assert str(portfolio_headline(names, n_asks)) == sentence


@pytest.mark.parametrize(
    ("level", "reason"),
    [
        (4, "asks for level 4, the next one"),
        (5, "asks for level 5, beyond the next one"),
        (3, "asks for level 3, where you are: steadies it"),
        (2, "asks for level 2, below where you are: a refresher"),
    ],
)
def test_an_experience_is_named_with_its_reason(level: int, reason: str) -> None:
    assert reason_for(level, Rungs(reached=3, following=4)) == reason


def test_at_the_top_of_the_scale_there_is_nothing_beyond() -> None:
    around = Rungs(reached=5, following=None)
    assert reason_for(5, around) == "asks for level 5, where you are: steadies it"
