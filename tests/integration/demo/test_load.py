"""Who and what is there after the demo was loaded."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from ldtrack.access.domain import Role
from ldtrack.courses.queries import completions_of, courses_by_code
from ldtrack.demo.accounts import sign_ins
from ldtrack.feedback.domain.timeline import CycleState
from ldtrack.feedback.queries import cycles, cycles_answered
from ldtrack.growth.domain import Level
from ldtrack.growth.queries import growth_of
from ldtrack.outbox.models import Message
from ldtrack.people.queries import by_external_id, directory
from ldtrack.people.service.sign_in import sign_in
from tests.infrastructure.database import TODAY
from tests.infrastructure.demo import DEMO_TODAY, Demo
from tests.integration.demo.counting import rows_by_table
from tests.integration.demo.reading import ALDER, MERIDIAN, leaders, seen_by


def test_the_report_counts_who_was_made_up(demo: Demo) -> None:
    assert [(one.name, one.n_people, one.n_leaders) for one in demo.report.organisations] == [
        (MERIDIAN, 60, 12),
        (ALDER, 14, 2),
    ]
    assert "Meridian Transport: January 2026" in demo.said


def test_bad_rows_of_the_sample_files_are_named_and_left_out(demo: Demo) -> None:
    assert [(one.line, one.column) for one in demo.report.organisations[0].problems] == [
        (4, "completiondate"),
        (5, "completiondate"),
        (7, "completiondate"),
        (7, "grade"),
    ]
    amara = leaders(demo)[0]
    with demo.database.reading(demo.console(MERIDIAN).organisation_id) as session:
        rows = completions_of(session, seen_by(demo, amara), amara.id)
    assert [(row.completed_on.isoformat(), row.score) for row in rows if row.code == "LC-101"] == [
        ("2026-01-15", 80.5)
    ]


def test_twelve_leaders_have_trajectories_on_five_competencies_or_more(demo: Demo) -> None:
    console, assessed = demo.console(MERIDIAN), []
    for leader in leaders(demo):
        with demo.database.reading(console.organisation_id) as session:
            growth = growth_of(
                session, console, leader.id, job_profile=leader.job_profile, as_of=DEMO_TODAY
            )
        standing = [found for found in growth.targeted if isinstance(found.standing, Level)]
        assessed.append(sum(len(found.trajectory.steps) > 1 for found in standing))
    assert len(assessed) == 12
    assert min(assessed) >= 5


def test_cycles_are_closed_brought_in_and_open(demo: Demo) -> None:
    console = demo.console(MERIDIAN)
    with demo.database.reading(console.organisation_id) as session:
        rows = cycles(session, console)
        answered = cycles_answered(session, console)
    rounds_closed, brought_in, just_closed, still_open = 2 * 2, 1, 1, 1
    states = Counter(row.state for row in rows)
    assert states == {
        CycleState.CLOSED: rounds_closed + brought_in + just_closed,
        CycleState.OPEN: still_open,
        CycleState.NOMINATING: 1,
    }
    running = next(row for row in rows if row.state is CycleState.OPEN)
    assert 0 < answered[running.id] < running.n_invited


def test_there_is_a_sign_in_for_each_role_and_the_password_that_is_given_works(demo: Demo) -> None:
    listed = sign_ins(demo.database)
    assert [(one.organisation, one.role) for one in listed] == [
        (organisation, role)
        for organisation in (MERIDIAN, ALDER)
        for role in (Role.HR, Role.COACH, Role.LEADER, Role.SPONSOR, Role.ADMINISTRATOR)
    ]
    for one in (listed[0], listed[5]):
        # Rolled back: the demo is there to be read.
        with demo.database.session(writes=True) as session:
            assert sign_in(
                session,
                email=one.email,
                password=one.password,
                now=TODAY,
                lasts=timedelta(days=1),
            )


def test_the_two_organisations_know_nothing_of_each_other(demo: Demo) -> None:
    found = {}
    for name in (MERIDIAN, ALDER):
        console = demo.console(name)
        with demo.database.reading(console.organisation_id) as session:
            _, n_people = directory(session, console)
            ids = by_external_id(session, ["E1001"])
            codes = courses_by_code(session, ["LC-101", "HF-1"])
            found[name] = (n_people, ids["E1001"], set(codes))
    assert [found[MERIDIAN][0], found[ALDER][0]] == [60, 14]
    assert found[MERIDIAN][1] != found[ALDER][1]
    assert [found[MERIDIAN][2], found[ALDER][2]] == [{"LC-101"}, {"HF-1"}]


def test_no_table_of_an_activity_is_empty(demo: Demo) -> None:
    counts = rows_by_table(demo.database)
    for table in (
        "booking",
        "completion",
        "statement",
        "coaching_session",
        "milestone",
        "outcome",
        "debrief",
        "response",
        "release",
        "entry",
        "short_feedback",
        "short_feedback_request",
        "milestone_origin",
        "heard_note",
        "comment_hiding",
        "evidence",
        "review",
    ):
        assert counts[table] > 0, table


@pytest.mark.parametrize("name", [MERIDIAN, ALDER])
def test_nobody_is_written_to_about_what_is_long_over(demo: Demo, name: str) -> None:
    with demo.database.reading(demo.console(name).organisation_id) as session:
        days = [(TODAY - due_at).days for due_at in session.scalars(select(Message.due_at))]
    assert max(days, default=0) <= 14
