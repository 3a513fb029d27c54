"""The page of the organisation: its name, and where its clocks hang."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.feedback.models import Subject
from ldtrack.outbox.models import Job
from ldtrack.people.models import Organisation
from tests.infrastructure.feedback import opened
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit

FREEZE = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("who", ["hr", "administrator"])
def test_hr_and_administrators_say_where_the_clocks_hang(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> None:
    clock.instant = FREEZE
    visitor = visit(acme.actor[who])
    assert "Here it is <em>23:30</em> on Fri 20 Nov." in visitor.get("/organisation").text
    answer = visitor.submit("/organisation", {"name": "Acme", "time_zone": "Europe/Paris"})
    assert "Here it is <em>00:30</em> on Sat 21 Nov." in answer.text
    with database.reading(acme.id) as session:
        assert session.get_one(Organisation, acme.id).time_zone == "Europe/Paris"
        noted = select(AuditEvent.reason).where(AuditEvent.action == "people.organisation:write")
        assert session.scalars(noted).all() == ["Acme, Europe/Paris"]


@pytest.mark.parametrize("who", ["coach", "leader", "sponsor"])
def test_nobody_else_does(visit: Visit, acme: SmallOrganisation, who: str) -> None:
    visitor = visit(acme.actor[who])
    assert visitor.get("/organisation").status_code == 403
    assert ">Organisation</a>" not in visitor.get("/account").text


def test_only_hr_is_led_to_the_limits_of_360_feedback(
    visit: Visit, acme: SmallOrganisation
) -> None:
    limits = 'href="/feedback/settings"'
    assert limits in visit(acme.actor["hr"]).get("/organisation").text
    assert limits not in visit(acme.actor["administrator"]).get("/organisation").text


def test_a_time_zone_that_is_not_there_and_a_name_that_is_taken_are_refused_at_their_fields(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    answer = hr.post("/organisation", data={"name": "Acme", "time_zone": "Mars/Olympus"})
    assert answer.status_code == 422
    assert "This choice is not on offer. Please choose again." in answer.text
    answer = hr.post("/organisation", data={"name": "Rival", "time_zone": "Europe/Paris"})
    assert answer.status_code == 422
    assert "There is an organisation of that name already." in answer.text
    assert 'value="Rival"' in answer.text


def test_the_close_of_what_is_open_moves_with_the_clocks(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
    hr = visit(acme.actor["hr"])
    hr.submit("/organisation", {"name": "Acme", "time_zone": "Asia/Tokyo"})
    with database.reading(acme.id) as session:
        due = select(Job.due_at).where(Job.kind == "feedback.close")
        assert session.scalars(due).all() == [datetime(2026, 12, 4, 15, tzinfo=UTC)]
        assert session.get_one(Subject, running.subject_id).closes_on == date(2026, 12, 4)


def test_the_page_asks_little_of_the_database(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    with counted(database.engine) as statements:
        hr.get("/organisation")
    assert len(statements) == 4


def test_a_time_of_day_is_shown_by_the_clocks_of_the_organisation(
    visit: Visit, acme: SmallOrganisation, clock: SetClock
) -> None:
    clock.instant = FREEZE
    administrator = visit(acme.actor["administrator"])
    row = '<span class="num">20 Nov 2026, 23:30</span>'
    assert row in administrator.get("/account").text
    administrator.submit("/organisation", {"name": "Acme", "time_zone": "Europe/Paris"})
    page = administrator.get("/account").text
    assert '<span class="num">21 Nov 2026, 00:30</span>' in page
    assert "Since (Europe/Paris time)" in page
