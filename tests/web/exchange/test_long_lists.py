"""A list of more than 10,000 rows is written by a job, kept for three days and then deleted."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import func, insert, select

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import new_id
from ldtrack.db.session import Database
from ldtrack.exchange.domain import LIST_KEPT_FOR, ROWS_AT_ONCE, WRITE_LIST
from ldtrack.exchange.models import LongList, LongListPart
from ldtrack.exchange.service.long_lists import forget_lists
from ldtrack.jobs.tidying import tidy_up
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.models import Job
from ldtrack.people.models import Person
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit, Visitor
from tests.web.exchange.test_people_desk import work

A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def n_people(database: Database, acme: SmallOrganisation) -> int:
    """More people than go out while somebody waits."""
    fresh = {
        "organisation_id": acme.id,
        "last_name": "",
        "job_profile": "",
        "locale": "en-GB",
        "time_zone": "",
        "active": True,
        "left_reason": "",
    }
    rows = [
        fresh
        | {
            "id": new_id(),
            "external_id": f"L{number}",
            "email": f"l{number}@example.org",
            "first_name": f"Lo {number}",
        }
        for number in range(ROWS_AT_ONCE)
    ]
    with database.writing(acme.id) as session:
        session.execute(insert(Person), rows)
    return ROWS_AT_ONCE + len(acme.person)


def ask(visitor: Visitor, kind: str) -> str:
    """Ask for everybody. Returns where the list is to be had."""
    answer = visitor.post("/people/file", data={"as": kind})
    assert answer.status_code == 303
    return str(answer.location)


def n_kept(database: Database, acme: SmallOrganisation) -> tuple[int, int]:
    with database.reading(acme.id) as session:
        lists = session.scalar(select(func.count(LongList.id))) or 0
        parts = session.scalar(select(func.count(LongListPart.id))) or 0
    return lists, parts


def test_a_long_list_is_written_while_one_does_something_else_and_taken_once_it_is_ready(
    visit: Visit, app: Flask, acme: SmallOrganisation, n_people: int
) -> None:
    hr = visit(acme.actor["hr"])
    address = ask(hr, "xlsx")
    page = hr.get(address).text
    assert "people-2026-11-20.xlsx</em> is being written." in page
    assert "You can leave this page" in page
    assert hr.get(f"{address}/progress").json == {
        "done": 0,
        "total": 0,
        "state": "waiting",
        "sentence": "The file is being written.",
    }
    assert hr.post(f"{address}/file").status_code == 404
    assert ask(hr, "xlsx") == address
    work(app)
    assert (hr.get(f"{address}/progress").json or {})["next_url"] == address
    assert "1 list that you asked for is ready" in hr.get("/today").text
    assert address in hr.get("/lists").text
    assert f"{n_people:,} rows" in hr.get(address).text
    answer = hr.post(f"{address}/file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="people-2026-11-20.xlsx"'
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + n_people
    assert "ready" not in hr.get("/today").text


@pytest.mark.usefixtures("n_people")
def test_a_long_csv_says_what_a_short_one_would(
    visit: Visit, app: Flask, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = ask(hr, "csv")
    work(app)
    lines = hr.post(f"{address}/file").text.splitlines()
    assert lines[0].startswith("\ufeffexternal_id,email,first_name")
    assert len(lines) == 1 + ROWS_AT_ONCE + len(acme.person)


@pytest.mark.usefixtures("n_people")
def test_a_list_is_for_whoever_asked_for_it_alone(
    visit: Visit, app: Flask, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    address = ask(visit(acme.actor["hr"]), "csv")
    work(app)
    for actor, code in (
        (acme.actor["leader"], 403),
        (acme.actor["administrator"], 403),
        (rival.actor["hr"], 404),
    ):
        visitor = visit(actor)
        assert visitor.get(address).status_code == code
        assert visitor.post(f"{address}/file").status_code == code


@pytest.mark.usefixtures("n_people")
def test_a_list_is_deleted_after_three_days_with_its_pieces(
    visit: Visit, app: Flask, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    address = ask(hr, "csv")
    work(app)
    workshop = app.extensions["ldtrack.queue"].workshop
    clock.instant += LIST_KEPT_FOR - A_MOMENT
    tidy_up(workshop)
    assert n_kept(database, acme)[0] == 1
    clock.instant += 2 * A_MOMENT
    assert visit(acme.actor["hr"]).get(address).status_code == 404
    tidy_up(workshop)
    assert n_kept(database, acme) == (0, 0)


@pytest.mark.usefixtures("n_people")
def test_lists_are_deleted_when_somebody_is_to_be_forgotten(
    visit: Visit, app: Flask, database: Database, acme: SmallOrganisation
) -> None:
    ask(visit(acme.actor["hr"]), "csv")
    work(app)
    with database.writing(acme.id) as session:
        forget_lists(session)
    assert n_kept(database, acme) == (0, 0)


@pytest.mark.usefixtures("n_people")
def test_a_list_that_stopped_says_so_and_can_be_asked_for_again(
    visit: Visit, app: Flask, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = ask(hr, "csv")
    with database.writing(acme.id) as session:
        job = session.scalars(select(Job).where(Job.kind == WRITE_LIST)).one()
        job.state = JobState.FAILED
    assert "stopped on the way" in hr.get(address).text
    assert ask(hr, "csv") == address
    work(app)
    assert "is ready." in hr.get(address).text


def test_a_short_list_goes_out_at_once(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert hr.post("/people/file", data={"as": "xlsx"}).status_code == 200
    assert n_kept(database, acme) == (0, 0)
    assert "No list is kept for you." in hr.get("/lists").text
