"""A course with a completion, dates ahead that the leader booked, and dates that were."""

from __future__ import annotations

from datetime import date

from ldtrack.courses import service as courses
from ldtrack.courses.domain import Attendance, Attended, CourseFormat
from ldtrack.courses.queries import bookings_of
from tests.infrastructure.furnish.corner import Corner

SITE = "https://ld.example.org"
_COST_CENTS = 125_000


def completed_course(corner: Corner) -> int:
    """The course; the leader completed it, has a place in the next run and was at the last one."""
    session, hr, now = corner.session, corner.actor("hr"), corner.now
    course_id = courses.add_course(
        session,
        hr,
        courses.AddCourse(
            code=corner.mark("code"),
            title=corner.mark("course"),
            format=CourseFormat.WORKSHOP,
            description=corner.mark("course-description"),
            cost_cents=_COST_CENTS,
            currency="EUR",
            develops=((corner.competency("strategic-thinking"), 3),),
        ),
        now=now,
    )
    _dates(corner, course_id)
    courses.record_completion(
        session,
        hr,
        courses.RecordCompletion(
            course_id=course_id,
            person_id=corner.person("leader"),
            completed_on=date(2026, 10, 12),
            passed=True,
        ),
        now=now,
    )
    return course_id


def _dates(corner: Corner, course_id: int) -> None:
    session, hr, now = corner.session, corner.actor("hr"), corner.now
    ahead, full, over, _, off = (
        courses.add_offering(
            session,
            hr,
            course_id,
            courses.AddOffering(starts_on=day, place=corner.mark("place"), places=places),
            now=now,
        )
        for day, places in (
            (date(2026, 12, 1), 12),
            (date(2026, 12, 2), 1),
            (date(2026, 10, 12), None),
            (date(2026, 12, 3), None),
            (date(2026, 12, 4), None),
        )
    )
    for offering_id, people in ((ahead, ["leader"]), (full, ["peer_1", "leader"])):
        for key in people:
            courses.book(session, hr, offering_id, corner.person(key), now=now, base_url=SITE)
    was = now.replace(month=10, day=1)
    courses.book(session, hr, over, corner.person("leader"), now=was, base_url=SITE)
    [booked] = bookings_of(session, hr, over)
    seen = [Attended(booking_id=booked.id, attendance=Attendance.ATTENDED)]
    courses.record_attendance(session, hr, over, seen, complete=False, now=now)
    courses.cancel_offering(session, hr, off, corner.mark("cancel-reason"), now=now, base_url=SITE)
