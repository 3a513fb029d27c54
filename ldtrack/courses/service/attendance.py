"""Who was there: exposure in the ledger, which moves no level, and completions where asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.courses.domain import (
    Attendance,
    Attended,
    BookingState,
    RecordCompletion,
    said_of_attending,
)
from ldtrack.courses.models import Booking, Completion, Course, CourseCompetency, Offering
from ldtrack.courses.service.completions import record_completions
from ldtrack.courses.service.places import bookings_in, locked
from ldtrack.evidence.domain import EvidenceForm, SourceKind
from ldtrack.evidence.service import Observation, record_many, withdraw_sources


def record_attendance(
    session: Session,
    actor: Actor,
    offering_id: int,
    seen: Sequence[Attended],
    *,
    complete: bool,
    now: datetime,
) -> int:
    """Say of the whole list who was there; a later word replaces an earlier one.

    With `complete` whoever attended in full also completed the course on its last day; a
    completion of that day stays as it is. Returns how many completions are new.
    """
    policy.require(actor, Action.RECORD_COMPLETION, Facts(organisation_id=actor.organisation_id))
    offering = locked(session, offering_id)
    if offering.cancelled_on is not None:
        raise Conflict("It was cancelled, so nobody was there.")
    if offering.starts_on > now.date():
        raise Conflict("It has not begun yet.")
    rows = {row.id: row for row in bookings_in(session, offering_id, BookingState.BOOKED)}
    if {one.booking_id for one in seen} - rows.keys():
        raise RuleBroken("booking", "Somebody on this list has withdrawn meanwhile.")
    for one in seen:
        rows[one.booking_id].attendance = one.attendance
    session.flush()
    day = min(offering.ends_on or offering.starts_on, now.date())
    listed = [rows[one.booking_id] for one in seen]
    _speak(session, offering, listed, day, recorded_by=actor.person_id, now=now)
    note(
        session,
        account_id=actor.account_id,
        action="courses.offering:attendance",
        thing="offering",
        thing_id=offering_id,
        happened_at=now,
    )
    session.flush()
    return _complete(session, actor, offering, listed, day, now) if complete else 0


def _complete(
    session: Session,
    actor: Actor,
    offering: Offering,
    rows: Sequence[Booking],
    day: date,
    now: datetime,
) -> int:
    there = {row.person_id for row in rows if row.attendance is Attendance.ATTENDED}
    done = session.scalars(
        select(Completion.person_id).where(
            Completion.course_id == offering.course_id,
            Completion.completed_on == day,
            Completion.person_id.in_(sorted(there)),
        )
    )
    commands = [
        RecordCompletion(
            course_id=offering.course_id, person_id=person_id, completed_on=day, source="attendance"
        )
        for person_id in sorted(there - set(done))
    ]
    return record_completions(session, actor, commands, now=now).added


def _speak(
    session: Session,
    offering: Offering,
    rows: Sequence[Booking],
    day: date,
    *,
    recorded_by: int | None,
    now: datetime,
) -> None:
    course = session.get_one(Course, offering.course_id)
    develops = session.scalars(
        select(CourseCompetency.competency_id).where(CourseCompetency.course_id == course.id)
    ).all()
    there = [row for row in rows if row.attendance is not None and row.attendance.took_part]
    _take_back(session, {row.id for row in rows} - {row.id for row in there}, recorded_by, now)
    record_many(
        session,
        [
            Observation(
                person_id=row.person_id,
                competency_id=competency_id,
                source_kind=SourceKind.COURSE_COMPLETION,
                source_id=row.id,
                form=EvidenceForm.EXPOSURE,
                observed_on=day,
                title=said_of_attending(course.title, row.attendance),
                recorded_by=recorded_by,
            )
            for row in there
            if row.attendance is not None
            for competency_id in develops
        ],
        now=now,
    )


def _take_back(
    session: Session, booking_ids: Collection[int], recorded_by: int | None, now: datetime
) -> None:
    withdraw_sources(
        session,
        source_kind=SourceKind.COURSE_COMPLETION,
        source_ids=booking_ids,
        recorded_by=recorded_by,
        now=now,
    )
