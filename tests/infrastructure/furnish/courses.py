"""A course with a completion, dates ahead that the leader booked, and dates that were."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ldtrack.courses import service as courses
from ldtrack.courses.domain import Accept, Attendance, Attended, CourseFormat, HandIn, Shows
from ldtrack.courses.domain.statements import AddStore, TakeStatement
from ldtrack.courses.queries import bookings_of
from ldtrack.courses.service import statements
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
            valid_months=24,
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


def told_elsewhere(corner: Corner) -> None:
    """What other systems said about the leader and nobody understood, and what they handed in."""
    session, hr, now = corner.session, corner.actor("hr"), corner.now
    statements.make_source(session, hr, corner.mark("source"), now=now)
    statements.add_store(
        session,
        hr,
        AddStore(
            name=corner.mark("store"),
            address="https://lrs.example.org/xapi",
            username="key",
            secret=corner.mark("store-secret"),
            every_hours=24,
        ),
        now=now,
    )
    said = [
        _said(corner, number, learner, activity)
        for number, (learner, activity) in enumerate(
            (("learner", "activity"), ("matched-learner", "matched-activity")), start=1
        )
    ]
    statements.take_statements(session, hr, said, (), source=corner.mark("source"), now=now)
    statements.match_activity(session, hr, said[1].activity_id, None, now=now)
    statements.match_learner(session, hr, said[1].actor_key, None, now=now)


def _said(corner: Corner, number: int, learner: str, activity: str) -> TakeStatement:
    return TakeStatement(
        statement_id=str(UUID(int=number + sum(corner.word.encode()) * 10)),
        fingerprint=corner.word,
        actor_key=f"openid:{corner.mark(learner)}",
        actor_name=corner.mark(learner),
        activity_id=f"urn:{corner.mark(activity)}",
        activity_name=corner.mark(activity),
        happened_at=corner.now,
    )


def certificates(corner: Corner, course_id: int) -> None:
    """One that waits, one that was sent back and one that was accepted."""
    session, hr, now = corner.session, corner.actor("hr"), corner.now
    _, returned, taken = (
        courses.hand_in(
            session,
            corner.actor("leader"),
            HandIn(
                title=corner.mark(f"certificate-{state}"),
                awarded_on=date(2026, 9, 1),
                course_id=course_id,
                word=corner.mark("certificate-word"),
                file_name="certificate.pdf",
                content=b"%PDF-1.7 " + corner.mark("certificate-file").encode(),
            ),
            now=now,
            base_url=SITE,
        )
        for state in ("waiting", "returned", "accepted")
    )
    courses.return_certificate(
        session, hr, returned, corner.mark("certificate-answer"), now=now, base_url=SITE
    )
    accept = Accept(course_id=course_id, completed_on=date(2026, 9, 1), shows=Shows.PASSED)
    courses.accept_certificate(session, hr, taken, accept, now=now, base_url=SITE)


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
