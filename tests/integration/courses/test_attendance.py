"""Having been there is listed and moves no level."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, RuleBroken
from ldtrack.courses import queries
from ldtrack.courses.domain import Attendance, Attended
from ldtrack.courses.service import AddOffering, add_offering, book, record_attendance
from ldtrack.db.session import Database
from ldtrack.evidence.domain import EvidenceForm, SourceKind
from ldtrack.evidence.queries import entries_for
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.courses.makers import a_course

SITE = "https://ld.example.org"
FIRST, LAST = date(2026, 11, 18), date(2026, 11, 19)


@pytest.fixture
def run(database: Database, acme: SmallOrganisation, clock: SetClock) -> int:
    """A run that ended yesterday, with three people in it."""
    earlier = clock.now().replace(day=2)
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        command = AddOffering(starts_on=FIRST, ends_on=LAST)
        run = add_offering(session, acme.actor["hr"], course_id, command, now=earlier)
        for key in ("leader", "peer_1", "peer_2"):
            book(session, acme.actor["hr"], run, acme.person[key], now=earlier, base_url=SITE)
    return run


def seen(
    session: Session, acme: SmallOrganisation, run: int, **said: Attendance | None
) -> list[Attended]:
    names = {person_id: key for key, person_id in acme.person.items()}
    return [
        Attended(booking_id=row.id, attendance=said[names[row.person_id]])
        for row in queries.bookings_of(session, acme.actor["hr"], run)
        if names[row.person_id] in said
    ]


def entries(session: Session, acme: SmallOrganisation, who: str) -> list[tuple[object, ...]]:
    found = entries_for(session, acme.actor["hr"], acme.person[who])
    return [
        (entry.title, entry.source_kind, entry.form, entry.level, entry.observed_on)
        for lines in found.values()
        for entry in lines
    ]


def test_who_was_there_is_listed_as_exposure_and_who_was_not_is_not(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    hr, kind = acme.actor["hr"], SourceKind.COURSE_COMPLETION
    with database.writing(acme.id) as session:
        lines = seen(
            session,
            acme,
            run,
            leader=Attendance.ATTENDED,
            peer_1=Attendance.PARTLY,
            peer_2=Attendance.ABSENT,
        )
        record_attendance(session, hr, run, lines, complete=False, now=clock.now())
        assert entries(session, acme, "leader") == [
            ("Leading change (attended)", kind, EvidenceForm.EXPOSURE, None, LAST)
        ]
        assert entries(session, acme, "peer_1") == [
            ("Leading change (partly there)", kind, EvidenceForm.EXPOSURE, None, LAST)
        ]
        assert entries(session, acme, "peer_2") == []
        assert queries.completions_of(session, hr, acme.person["leader"]) == []


def test_a_correction_takes_back_what_was_said(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    with database.writing(acme.id) as session:
        for word in (Attendance.ATTENDED, Attendance.ATTENDED, Attendance.ABSENT):
            lines = seen(session, acme, run, leader=word)
            record_attendance(
                session, acme.actor["hr"], run, lines, complete=False, now=clock.now()
            )
        [[_, _, form, _, _]] = entries(session, acme, "leader")
    assert form is EvidenceForm.WITHDRAWN


def test_completions_follow_for_those_who_attended_in_full_and_only_once(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        lines = seen(session, acme, run, leader=Attendance.ATTENDED, peer_1=Attendance.PARTLY)
        numbers = [
            record_attendance(session, hr, run, lines, complete=True, now=clock.now())
            for _ in range(2)
        ]
        [done] = queries.completions_of(session, hr, acme.person["leader"])
        assert queries.completions_of(session, hr, acme.person["peer_1"]) == []
    assert (numbers, done.completed_on, done.result) == ([1, 0], LAST, "Took part")


def test_attendance_waits_for_the_first_day_and_is_hr_s_to_record(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    with database.writing(acme.id) as session:
        lines = seen(session, acme, run, leader=Attendance.ATTENDED)
        with pytest.raises(NotAllowed):
            record_attendance(
                session, acme.actor["leader"], run, lines, complete=False, now=clock.now()
            )
        with pytest.raises(Conflict):
            record_attendance(
                session,
                acme.actor["hr"],
                run,
                lines,
                complete=False,
                now=clock.now().replace(day=17),
            )
        stranger = [Attended(booking_id=5, attendance=Attendance.ATTENDED)]
        with pytest.raises(RuleBroken):
            record_attendance(
                session, acme.actor["hr"], run, stranger, complete=False, now=clock.now()
            )
