"""Planning a session on a page, what becomes of it, and the calendar that fetches it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from flask import Flask
from icalendar import Calendar

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit

TYPED = {"on": "2026-12-04", "at": "14:30", "minutes": "45", "place": "Room 1"}
_MOVE = re.compile(r'href="(/coaching/appointments/[^"/]+)"')
_ADDRESS = re.compile(r"(/calendar/[^<]+\.ics)<")


def test_a_session_is_planned_moved_called_off_and_both_read_why(
    visit: Visit, acme: SmallOrganisation, engagement_id: int
) -> None:
    coach, leader = visit(acme.actor["coach"]), visit(acme.actor["leader"])
    page = coach.submit(f"/coaching/engagements/{encode(engagement_id)}/appointments/new", TYPED)
    assert "It is planned." in page.text
    assert "45 minutes" in page.text
    own = leader.get("/coaching").text
    assert "Room 1" in own
    found = _MOVE.search(own)
    assert found is not None
    moved = leader.submit(found[1], TYPED | {"at": "16:00"})
    assert "16:00" in moved.text
    refused = leader.post(f"{found[1]}/cancel", data={"word": ""})
    assert refused.status_code == 422
    assert "Say in a few words why" in refused.text
    off = leader.submit(f"{found[1]}/cancel", {"word": "A strike"})
    assert "1 session not held" in off.text
    for address in (found[1], f"{found[1]}/cancel", f"{found[1]}/missed"):
        over = coach.get(address)
        assert over.status_code == 409
        assert "This session is not planned any more." in over.text
    assert "A strike" in coach.get(f"/people/{encode(acme.person['leader'])}/coaching").text
    hr = visit(acme.actor["hr"])
    overview = hr.get(f"/coaching/engagements/{encode(engagement_id)}").text
    assert '<dt>Cancelled</dt><dd class="num">1</dd>' in overview
    assert "strike" not in overview
    for role in ("hr", "manager", "sponsor", "administrator"):
        one = visit(acme.actor[role])
        for address in (found[1], f"{found[1]}/cancel", f"{found[1]}/missed"):
            assert one.get(address).status_code in {403, 404}, (role, address)


def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(
    visit: Visit, acme: SmallOrganisation, engagement_id: int
) -> None:
    address = f"/coaching/engagements/{encode(engagement_id)}/appointments/new"
    coach = visit(acme.actor["coach"])
    for more, sentence in (
        ({"on": "2026-11-19"}, "Plan a time that is still to come."),
        ({"on": "2027-02-29"}, "There is no day 2027-02-29."),
        ({"at": "25:00"}, "Please give a time from 00:00 to 23:59"),
        ({"minutes": "0"}, "Please give a number from 5 to 480."),
        ({"link": "javascript:alert(1)"}, "Please give an address such as"),
    ):
        page = coach.post(address, data=TYPED | more)
        assert page.status_code == 422
        assert sentence in page.text
        assert 'value="Room 1"' in page.text


def test_a_planned_session_is_logged_without_typing_its_day_and_length_again(
    visit: Visit, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach = visit(acme.actor["coach"])
    at = encode(engagement_id)
    coach.submit(f"/coaching/engagements/{at}/appointments/new", TYPED)
    clock.instant = datetime(2026, 12, 4, 17, tzinfo=UTC)
    coach = visit(acme.actor["coach"])
    form = coach.get(f"/coaching/engagements/{at}/sessions/new").text
    assert 'value="2026-12-04"' in form
    assert '<option selected value="45">' in form
    coach.submit(
        f"/coaching/engagements/{at}/sessions/new", {"held_on": "2026-12-04", "minutes": "45"}
    )
    page = coach.get(f"/people/{encode(acme.person['leader'])}/coaching").text
    assert "No time is planned." in page


def test_a_calendar_fetches_by_an_address_that_can_be_ended(
    app: Flask, visit: Visit, database: Database, acme: SmallOrganisation, engagement_id: int
) -> None:
    leader = visit(acme.actor["leader"])
    leader.submit(f"/coaching/engagements/{encode(engagement_id)}/appointments/new", TYPED)
    page = leader.post("/coaching/calendar/new", follow_redirects=True).text
    found = _ADDRESS.search(page)
    assert found is not None
    program = app.test_client()
    with counted(database.engine) as statements:
        first = program.get(found[1])
    assert len(statements) <= 7, statements
    [event] = Calendar.from_ical(first.get_data()).walk("VEVENT")
    assert event.decoded("DTSTART") == datetime(2026, 12, 4, 14, 30, tzinfo=UTC)
    assert str(event["SUMMARY"]) == "Coaching with Ines Marques"
    again = program.get(found[1], headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert (
        "no-store" in first.headers["Cache-Control"] or "private" in first.headers["Cache-Control"]
    )
    leader.post("/coaching/calendar/new")
    assert program.get(found[1]).status_code == 404
    renewed = _ADDRESS.search(leader.get("/coaching/calendar").text)
    assert renewed is not None
    assert program.get(renewed[1]).status_code == 200
    leader.post("/coaching/calendar/end")
    assert program.get(renewed[1]).status_code == 404


def test_the_mail_carries_an_invitation_that_a_calendar_understands(
    app: Flask,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    tmp_path: Path,
) -> None:
    coach = visit(acme.actor["coach"])
    coach.submit(f"/coaching/engagements/{encode(engagement_id)}/appointments/new", TYPED)
    shop = Workshop(settings=app.extensions["ldtrack.settings"], database=database, clock=clock)
    work_off(shop, KINDS)
    mails = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in tmp_path.glob("mail/*.eml")
    ]
    assert len(mails) == 2
    for mail in mails:
        [part] = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
        assert part.get_param("method") == "REQUEST"
        calendar = Calendar.from_ical(str(part.get_content()))
        assert str(calendar["METHOD"]) == "REQUEST"
