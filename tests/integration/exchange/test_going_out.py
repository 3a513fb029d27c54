"""Lists that go out: in again they change nothing, and nobody gets what is not theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed
from ldtrack.courses.service import RecordCompletion, record_completions
from ldtrack.db.session import Database
from ldtrack.exchange import going_out
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.export_csv import csv_file
from ldtrack.exchange.export_xlsx import TooManyRows, write_xlsx
from ldtrack.exchange.going_out import COMPLETIONS, ENROLMENTS, PEOPLE, GoingOut
from ldtrack.exchange.service.at_once import import_file
from ldtrack.people.service.directory import AddPerson, add_person
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.courses.makers import a_course

DAY = date(2026, 3, 1)
ODD = (
    AddPerson(
        external_id="0042",
        email="odd@example.org",
        first_name="=1+1",
        last_name="'=O'Neill; \"x\"",
        unit="-Sales",
        job_profile="+44 Lead",
        locale="de-DE",
        time_zone="Europe/Berlin",
    ),
    AddPerson(
        external_id="@7", email="gone@example.org", first_name="Zoë", last_name="", active=False
    ),
)


def _csv(columns: tuple[str, ...], rows: going_out.Rows) -> bytes:
    return csv_file(columns, rows)


def _xlsx(columns: tuple[str, ...], rows: going_out.Rows) -> bytes:
    file = BytesIO()
    write_xlsx(file, columns, rows)
    return file.getvalue()


def _written(
    database: Database,
    acme: SmallOrganisation,
    out: GoingOut,
    write: Callable[[tuple[str, ...], going_out.Rows], bytes],
    who: str = "hr",
) -> bytes:
    rows = out.rows(partial(database.reading, acme.id), acme.actor[who], date(2026, 11, 20))
    return write(out.columns, rows)


def _completed(session: Session, acme: SmallOrganisation, clock: SetClock) -> None:
    course_id = a_course(session, acme, clock.now())
    results = ((100 / 3, 100.0, None), (1e-05, 7.5, True), (None, None, False), (None, None, None))
    people = ("leader", "coach", "manager", "leader")
    commands = [
        RecordCompletion(
            course_id=course_id,
            person_id=acme.person[who],
            completed_on=DAY.replace(day=number),
            score=score,
            score_max=score_max,
            passed=passed,
        )
        for number, (who, (score, score_max, passed)) in enumerate(
            zip(people, results, strict=True), start=1
        )
    ]
    record_completions(session, acme.actor["hr"], commands, now=clock.now())


@pytest.mark.parametrize("write", [_csv, _xlsx])
def test_people_who_go_out_and_come_in_again_are_unchanged(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    write: Callable[[tuple[str, ...], going_out.Rows], bytes],
) -> None:
    with database.writing(acme.id) as session:
        for one in ODD:
            add_person(session, one)
    raw = _written(database, acme, PEOPLE, write)
    with database.writing(acme.id) as session:
        done = import_file(session, acme.actor["hr"], ImportKind.PEOPLE, raw, now=clock.now())
    n = len(acme.person) + len(ODD)
    assert (done.problems, done.added, done.changed, done.unchanged) == ((), 0, 0, n)


@pytest.mark.parametrize("write", [_csv, _xlsx])
def test_completions_that_go_out_and_come_in_again_are_unchanged(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    write: Callable[[tuple[str, ...], going_out.Rows], bytes],
) -> None:
    with database.writing(acme.id) as session:
        _completed(session, acme, clock)
    raw = _written(database, acme, COMPLETIONS, write)
    with database.writing(acme.id) as session:
        done = import_file(session, acme.actor["hr"], ImportKind.COMPLETIONS, raw, now=clock.now())
    assert (done.problems, done.waiting) == ((), 0)
    assert (done.added, done.changed, done.unchanged) == (0, 0, 4)


def test_a_list_holds_its_own_organisation_and_what_the_actor_may_see(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _completed(session, acme, clock)
    assert _written(database, rival, COMPLETIONS, _csv).count(b"\n") == 1
    assert _written(database, acme, COMPLETIONS, _csv).count(b"\n") == 1 + 4
    assert _written(database, acme, COMPLETIONS, _csv, "sponsor").count(b"\n") == 1
    assert b"acme" not in _written(database, rival, PEOPLE, _csv)


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "administrator"])
@pytest.mark.parametrize("out", [PEOPLE, COMPLETIONS, ENROLMENTS])
def test_only_hr_takes_a_list_and_that_is_written_down(
    database: Database, acme: SmallOrganisation, clock: SetClock, out: GoingOut, who: str
) -> None:
    with database.writing(acme.id) as session:
        with pytest.raises(NotAllowed):
            going_out.hand_out(session, acme.actor[who], out, now=clock.now())
        hr: Actor = acme.actor["hr"]
        going_out.hand_out(session, hr, out, now=clock.now())
        things = session.scalars(select(AuditEvent.thing)).all()
    assert things[-1] == f"{out.name}_export"


def test_a_spreadsheet_that_would_be_too_long_is_not_written() -> None:
    rows = ((number,) for number in range(11))
    with pytest.raises(TooManyRows):
        write_xlsx(BytesIO(), ["n"], rows, most=10)


def test_statements_do_not_grow_with_the_people_of_a_part(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _completed(session, acme, clock)
    numbers = []
    for out in (PEOPLE, COMPLETIONS, ENROLMENTS):
        with counted(database.engine) as statements:
            _written(database, acme, out, _csv)
        numbers.append(len(statements))
    assert numbers == [5 + 1 + 2, 3, 3]
