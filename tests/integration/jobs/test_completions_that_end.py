"""Whoever has to renew a completion is told once, in good time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from ldtrack.core.clock import SetClock
from ldtrack.courses.queries.renewals import completions_ending
from ldtrack.courses.service import AddCourse, RecordCompletion, add_course, record_completion
from ldtrack.jobs.days import plan_days
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.outbox.models import Message
from tests.infrastructure.organisation import SmallOrganisation


def _completed(
    workshop: Workshop,
    acme: SmallOrganisation,
    course_id: int,
    day: date,
    *,
    passed: bool | None = None,
) -> None:
    command = RecordCompletion(
        course_id=course_id,
        person_id=acme.person["leader"],
        completed_on=day,
        passed=passed,
    )
    with workshop.database.writing(acme.id) as session:
        record_completion(session, acme.actor["hr"], command, now=workshop.clock.now())


def _course(workshop: Workshop, acme: SmallOrganisation, months: int | None = 12) -> int:
    command = AddCourse(code=f"C{months}", title="First aid", valid_months=months)
    with workshop.database.writing(acme.id) as session:
        return add_course(session, acme.actor["hr"], command, now=workshop.clock.now())


def _told(workshop: Workshop, acme: SmallOrganisation) -> list[tuple[str, str]]:
    with workshop.database.reading(acme.id) as session:
        rows = session.scalars(select(Message))
        return [(row.to_address, row.subject) for row in rows]


def _every_day(workshop: Workshop, clock: SetClock, days: int) -> None:
    for _ in range(days):
        plan_days(workshop)
        work_off(workshop, KINDS)
        clock.instant += timedelta(days=1)


@pytest.mark.parametrize(
    ("completed_on", "is_told"),
    [
        (date(2025, 11, 19), False),  # ended yesterday
        (date(2025, 11, 20), True),  # its last day is today
        (date(2025, 12, 20), True),  # 30 days from now
        (date(2025, 12, 21), False),
    ],
)
def test_a_completion_is_told_of_in_its_last_thirty_days(
    workshop: Workshop, acme: SmallOrganisation, completed_on: date, is_told: bool
) -> None:
    _completed(workshop, acme, _course(workshop, acme), completed_on)
    plan_days(workshop)
    work_off(workshop, KINDS)
    expected = [("amara.okafor@example.org", "To renew: First aid")] * is_told
    assert _told(workshop, acme) == expected


def test_it_is_told_once_however_often_it_is_looked_at(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    _completed(workshop, acme, _course(workshop, acme), date(2025, 12, 1))
    _every_day(workshop, clock, 5)
    assert len(_told(workshop, acme)) == 1
    with workshop.database.reading(acme.id) as session:
        rows, total = completions_ending(session, acme.actor["hr"], clock.today())
    assert ([row.until for row in rows], total) == ([date(2026, 12, 1)], 1)


def test_who_has_renewed_it_is_not_told_and_leaves_the_list(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    course_id = _course(workshop, acme)
    _completed(workshop, acme, course_id, date(2025, 12, 1))
    _completed(workshop, acme, course_id, date(2026, 11, 1), passed=False)
    _every_day(workshop, clock, 1)
    assert len(_told(workshop, acme)) == 1
    _completed(workshop, acme, course_id, date(2026, 11, 21))
    with workshop.database.reading(acme.id) as session:
        assert completions_ending(session, acme.actor["hr"], clock.today()) == ([], 0)


def test_what_stands_for_good_or_was_failed_is_not_told_of(
    workshop: Workshop, acme: SmallOrganisation
) -> None:
    _completed(workshop, acme, _course(workshop, acme, None), date(2025, 12, 1))
    _completed(workshop, acme, _course(workshop, acme), date(2025, 12, 1), passed=False)
    plan_days(workshop)
    work_off(workshop, KINDS)
    assert _told(workshop, acme) == []


def test_months_of_different_length_lose_no_day(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    clock.instant = clock.instant.replace(year=2027, month=1, day=29)
    _completed(workshop, acme, _course(workshop, acme, 3), date(2026, 11, 30))
    plan_days(workshop)
    work_off(workshop, KINDS)
    assert _told(workshop, acme) == [("amara.okafor@example.org", "To renew: First aid")]
