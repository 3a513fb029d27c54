"""Completions that have to be renewed: whoever holds one is told in good time, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from ldtrack.core import ids
from ldtrack.courses.domain import valid_until
from ldtrack.courses.models import Completion, Course
from ldtrack.courses.service.letters import ends_soon
from ldtrack.outbox.service import Mail, post_all
from ldtrack.people.queries import people_named

DAILY = "courses.daily"
"""The kind of the job that looks for them, once a day for each organisation."""
NOTICE = timedelta(days=30)
"""So long before its end a completion is told of."""
_SLACK = timedelta(days=3)
"""Months differ in length, so a few days more are looked at and left out again."""


def courses_to_renew(session: Session) -> list[int]:
    """Courses whose completions end some day."""
    wanted = select(Course.id).where(Course.valid_months.is_not(None), Course.archived_on.is_(None))
    return list(session.scalars(wanted.order_by(Course.id)))


def remind_of(session: Session, course_ids: Sequence[int], *, now: datetime, base_url: str) -> int:
    """Tell everybody whose completion of these courses ends soon, and remember that they were told.

    A completion that was followed by another one needs no telling. Returns how many mails leave.
    """
    today = now.date()
    due = [
        (row, title, until)
        for row, title, months in session.execute(_ending(session, course_ids, today))
        if (until := valid_until(row.completed_on, months)) is not None
        and today <= until <= today + NOTICE
        and row.reminded_until != until
    ]
    people = people_named(session, [row.person_id for row, _, _ in due])
    mails = []
    for row, title, until in due:
        row.reminded_until = until
        person = people[row.person_id]
        if person.email and person.active:
            link = f"{base_url}/courses/{ids.encode(row.course_id)}"
            letter = ends_soon(person.name, title, until, link)
            mails.append(
                Mail(
                    to_address=person.email,
                    to_name=person.name,
                    subject=letter.subject,
                    body=letter.body,
                )
            )
    session.flush()
    post_all(session, mails, due_at=now)
    return len(mails)


def _ending(
    session: Session, course_ids: Sequence[int], today: date
) -> Select[Completion, str, int | None]:
    later = aliased(Completion)
    renewed = exists().where(
        later.course_id == Completion.course_id,
        later.person_id == Completion.person_id,
        later.completed_on > Completion.completed_on,
        func.coalesce(later.passed, true()),
    )
    months = session.execute(
        select(Course.id, Course.valid_months).where(Course.id.in_(sorted(course_ids)))
    )
    windows = [
        and_(Completion.course_id == course_id, Completion.completed_on.between(first, last))
        for course_id, n in months
        if n is not None
        for first, last in [_window(today, n)]
    ]
    return (
        select(Completion, Course.title, Course.valid_months)
        .join(Course, Course.id == Completion.course_id)
        .where(or_(false(), *windows), func.coalesce(Completion.passed, true()), ~renewed)
        .order_by(Completion.id)
    )


def _window(today: date, months: int) -> tuple[date, date]:
    """Days on which completions were recorded that end between today and the notice."""
    first = valid_until(today, -months) or today
    last = valid_until(today + NOTICE, -months) or today
    return first - _SLACK, last + _SLACK
