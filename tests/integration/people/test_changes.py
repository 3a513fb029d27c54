"""People join, move, leave and come back on a day, and what is planned can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders_over_time
from ldtrack.access.service import relate
from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import RuleBroken
from ldtrack.db.session import Database
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.people.domain.changes import Leave, LeaveReason, Move
from ldtrack.people.models import Person
from ldtrack.people.queries import changes_of, full_person, managers
from ldtrack.people.service import changes
from ldtrack.people.service.leaving import leave_all
from ldtrack.people.service.sign_in import sign_in, signed_in
from tests.infrastructure.organisation import PASSWORD, SmallOrganisation

DAY = timedelta(days=1)


@pytest.fixture
def workshop(database: Database, clock: SetClock, tmp_path: Path) -> Workshop:
    """What jobs work with."""
    settings = Settings(instance=tmp_path, secret_key="for tests", rater_key="for tests")
    return Workshop(settings=settings, database=database, clock=clock)


def _words(session: Session, person_id: int) -> list[tuple[date, str, bool]]:
    return [(row.on, row.words, row.planned) for row in changes_of(session, person_id)]


def _night(workshop: Workshop, clock: SetClock) -> None:
    """The next day comes, and its jobs run."""
    clock.instant += DAY
    work_off(workshop, KINDS)


def test_who_leaves_tomorrow_is_here_today_and_gone_from_the_first_minute_of_tomorrow(
    database: Database, acme: SmallOrganisation, clock: SetClock, workshop: Workshop
) -> None:
    person_id, tomorrow = acme.person["leader"], clock.today() + DAY
    with database.writing(acme.id) as session:
        command = Leave(on=tomorrow, reason=LeaveReason.RETIRED)
        changes.leave(session, acme.actor["hr"], person_id, command, now=clock.now())
        assert session.get_one(Person, person_id).active
        assert managers(session, [person_id], clock.today()) == {person_id: acme.person["manager"]}
        assert managers(session, [person_id], tomorrow) == {}
        assert _words(session, person_id) == [(tomorrow, "Leaves: retired", True)]
    with database.writing() as session:
        token = sign_in(
            session,
            email="amara.okafor@example.org",
            password=PASSWORD,
            now=clock.now(),
            lasts=timedelta(days=9),
        )
        assert signed_in(session, token=token, now=clock.now()) is not None
        midnight = clock.now().replace(hour=0) + DAY
        assert signed_in(session, token=token, now=midnight - timedelta(minutes=1)) is not None
        assert signed_in(session, token=token, now=midnight) is None
    _night(workshop, clock)
    with database.reading(acme.id) as session:
        assert not session.get_one(Person, person_id).active
        assert _words(session, person_id) == [(tomorrow, "Left: retired", False)]


def test_a_planned_leave_that_is_taken_back_leaves_everything_as_it_was(
    database: Database, acme: SmallOrganisation, clock: SetClock, workshop: Workshop
) -> None:
    hr, person_id = acme.actor["hr"], acme.person["leader"]
    with database.writing(acme.id) as session:
        before = holders_over_time(session, person_id, RelationshipKind.MANAGER)
        command = Leave(on=clock.today() + DAY, reason=LeaveReason.OTHER)
        change_id = changes.leave(session, hr, person_id, command, now=clock.now())
        changes.take_back_change(session, hr, person_id, change_id, now=clock.now())
        assert holders_over_time(session, person_id, RelationshipKind.MANAGER) == before
    _night(workshop, clock)
    with database.reading(acme.id) as session:
        assert session.get_one(Person, person_id).active
        assert _words(session, person_id) == []


def test_who_left_on_a_past_day_is_gone_at_once_and_comes_back_with_their_history(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, person_id, today = acme.actor["hr"], acme.person["leader"], clock.today()
    gone = date(2026, 10, 1)
    with database.writing(acme.id) as session:
        command = Leave(on=gone, reason=LeaveReason.RESIGNED)
        changes.leave(session, hr, person_id, command, now=clock.now())
        assert managers(session, [person_id], date(2026, 9, 30)) != {}
        assert managers(session, [person_id], gone) == {}
        with pytest.raises(RuleBroken) as refused:
            changes.come_back(session, hr, person_id, gone - DAY, now=clock.now())
        assert refused.value.field == "on"
        changes.come_back(session, hr, person_id, today, now=clock.now())
        person = session.get_one(Person, person_id)
        assert (person.active, person.left_on, person.left_reason) == (True, None, "")
        assert managers(session, [person_id], today) == {}
        assert _words(session, person_id) == [
            (today, "Came back", False),
            (gone, "Left: chose to leave", False),
        ]


def test_whom_a_file_left_out_has_their_day_in_the_history_too(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, person_id, today = acme.actor["hr"], acme.person["peer_1"], clock.today()
    with database.writing(acme.id) as session:
        leave_all(session, [person_id], on=today, reason="Not in the file")
        session.expire_all()
        assert _words(session, person_id) == [(today, "Left: not in the file", False)]
        changes.come_back(session, hr, person_id, today, now=clock.now())
        assert {words for _, words, _ in _words(session, person_id)} == {
            "Came back",
            "Left: not in the file",
        }


def test_a_move_comes_on_its_day_with_unit_job_and_line_manager(
    database: Database, acme: SmallOrganisation, clock: SetClock, workshop: Workshop
) -> None:
    hr, person_id, today = acme.actor["hr"], acme.person["leader"], clock.today()
    sponsor = acme.person["sponsor"]
    with database.writing(acme.id) as session:
        command = Move(on=today + DAY, unit="Finance", job_profile="Director", manager_id=sponsor)
        changes.move(session, hr, person_id, command, now=clock.now())
        whole = full_person(session, person_id, today)
        assert (whole.unit, whole.job_profile) == ("Operations", "Head of Operations")
        assert managers(session, [person_id], today) == {person_id: acme.person["manager"]}
        assert managers(session, [person_id], today + DAY) == {person_id: sponsor}
        moves = "Moves from Head of Operations, Operations to Director, Finance"
        assert _words(session, person_id) == [(today + DAY, moves, True)]
    _night(workshop, clock)
    with database.reading(acme.id) as session:
        whole = full_person(session, person_id, clock.today())
        assert (whole.unit, whole.job_profile) == ("Finance", "Director")
        moved = "Moved from Head of Operations, Operations to Director, Finance"
        assert _words(session, person_id) == [(clock.today(), moved, False)]


def test_who_joins_later_cannot_sign_in_before(
    database: Database, acme: SmallOrganisation, clock: SetClock, workshop: Workshop
) -> None:
    person_id = acme.person["leader"]
    with database.writing(acme.id) as session:
        changes.join_from(
            session, acme.actor["hr"], person_id, clock.today() + DAY, now=clock.now()
        )
        assert not session.get_one(Person, person_id).active
    _night(workshop, clock)
    with database.reading(acme.id) as session:
        assert session.scalar(select(Person.active).where(Person.id == person_id))


@pytest.mark.parametrize(
    ("who", "days", "field", "sentence"),
    [
        ("leader", 367, "on", "Choose a day at most a year away."),
        ("leader", -367, "on", "Choose a day at most a year away."),
        ("hr", 0, "", "Somebody else has to say that you leave."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    who: str,
    days: int,
    field: str,
    sentence: str,
) -> None:
    command = Leave(on=clock.today() + timedelta(days=days), reason=LeaveReason.OTHER)
    with database.writing(acme.id) as session, pytest.raises(RuleBroken) as refused:
        changes.leave(session, acme.actor["hr"], acme.person[who], command, now=clock.now())
    assert (refused.value.field, refused.value.message) == (field, sentence)


def test_what_began_after_somebody_was_planned_to_leave_ends_with_them_too(
    database: Database, acme: SmallOrganisation, clock: SetClock, workshop: Workshop
) -> None:
    hr, person_id, today = acme.actor["hr"], acme.person["leader"], clock.today()
    with database.writing(acme.id) as session:
        command = Leave(on=today + DAY, reason=LeaveReason.OTHER)
        change_id = changes.leave(session, hr, person_id, command, now=clock.now())
        relate(
            session,
            kind=RelationshipKind.SPONSOR,
            holder_id=acme.person["peer_1"],
            person_id=person_id,
            starts_on=today,
        )
    _night(workshop, clock)
    with database.writing(acme.id) as session:
        rows = holders_over_time(session, person_id, RelationshipKind.SPONSOR)
        assert {row.ends_on for row in rows} == {today}
        changes.take_back_change(session, hr, person_id, change_id, now=clock.now())
        rows = holders_over_time(session, person_id, RelationshipKind.SPONSOR)
        assert {row.ends_on for row in rows} == {None}
