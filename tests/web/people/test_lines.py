"""Reporting lines on the record of a person, for HR."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders_over_time
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.people.pages import person_page
from ldtrack.people.queries import managers
from tests.infrastructure.organisation import SINCE, SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit


def _address(acme: SmallOrganisation, key: str) -> str:
    return f"/people/{encode(acme.person[key])}/manager"


def _lines(
    database: Database, acme: SmallOrganisation, key: str
) -> list[tuple[int, date, date | None]]:
    with database.reading(acme.id) as session:
        rows = holders_over_time(session, acme.person[key], RelationshipKind.MANAGER)
    return [(row.holder_id, row.starts_on, row.ends_on) for row in reversed(rows)]


def test_the_record_shows_the_line_to_the_top_and_who_reports(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit(_address(acme, "report_1"), {"who": "E1004", "starts_on": "2026-11-01"})
    page = hr.get(f"/people/{encode(acme.person['leader'])}/record").text
    assert page.index("Maya Singh</a>") < page.index("<strong>Amara Okafor") < page.index("Rosa")


def test_a_manager_who_is_followed_by_another_loses_sight_on_that_day(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, today = visit(acme.actor["hr"]), clock.today()
    from_day = today + timedelta(days=10)
    page = hr.submit(_address(acme, "leader"), {"who": "E1008", "starts_on": from_day.isoformat()})
    assert "will report" in page.text
    last = from_day - timedelta(days=1)
    assert [(start, end) for _, start, end in _lines(database, acme, "leader")] == [
        (SINCE, last),
        (from_day, None),
    ]
    with database.reading(acme.id) as session:
        person = acme.person["leader"]
        assert managers(session, [person], last)[person] == acme.person["manager"]
        assert managers(session, [person], from_day)[person] != acme.person["manager"]


def test_a_planned_change_is_taken_back_as_if_it_had_never_been(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    before = _lines(database, acme, "leader")
    day = (clock.today() + timedelta(days=10)).isoformat()
    hr.submit(_address(acme, "leader"), {"who": "E1008", "starts_on": day})
    with database.reading(acme.id) as session:
        planned = holders_over_time(session, acme.person["leader"], RelationshipKind.MANAGER)[0]
    address = f"{_address(acme, 'leader')}/{encode(planned.relationship_id)}/take-back"
    assert hr.post(address).status_code == 303
    assert _lines(database, acme, "leader") == before
    assert hr.post(address).status_code == 404


def test_who_comes_back_the_next_day_just_goes_on(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, today = visit(acme.actor["hr"]), clock.today().isoformat()
    before = _lines(database, acme, "leader")
    hr.submit(_address(acme, "leader"), {"who": "E1008", "starts_on": today})
    hr.submit(_address(acme, "leader"), {"who": "E1006", "starts_on": today})
    assert _lines(database, acme, "leader") == before


def test_a_change_made_now_lasts_until_the_one_that_is_planned(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, today = visit(acme.actor["hr"]), clock.today()
    later = today + timedelta(days=30)
    hr.submit(_address(acme, "leader"), {"who": "E1008", "starts_on": later.isoformat()})
    hr.submit(_address(acme, "leader"), {"who": "E1009", "starts_on": today.isoformat()})
    spans = [(start, end) for _, start, end in _lines(database, acme, "leader")]
    assert spans == [
        (SINCE, today - timedelta(days=1)),
        (today, later - timedelta(days=1)),
        (later, None),
    ]


@pytest.mark.parametrize(
    ("who", "days", "sentence"),
    [
        ("E9999", 0, "There is nobody with this mail address or external id."),
        ("E1004", 0, "Nobody can be their own line manager."),
        ("E1008", -2000, "The present line began on 6 Jan 2025; choose that day or a later one."),
        ("E1008", 500, "Plan at most a year ahead."),
    ],
)
def test_what_is_wrong_with_a_line_is_said_and_nothing_changes(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    who: str,
    days: int,
    sentence: str,
) -> None:
    before = _lines(database, acme, "leader")
    day = (clock.today() + timedelta(days=days)).isoformat()
    answer = visit(acme.actor["hr"]).post(
        _address(acme, "leader"), data={"who": who, "starts_on": day}
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert _lines(database, acme, "leader") == before


def test_a_circle_is_refused_by_the_names_in_it(
    visit: Visit, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, day = visit(acme.actor["hr"]), clock.today().isoformat()
    hr.submit(_address(acme, "report_1"), {"who": "E1004", "starts_on": day})
    answer = hr.post(_address(acme, "manager"), data={"who": "E1013", "starts_on": day})
    circle = "Maya Singh → Rosa Diaz → Amara Okafor → Maya Singh"
    assert f"Then reporting lines would run in a circle: {circle}." in answer.text


def test_a_circle_that_would_only_close_when_a_plan_comes_is_refused_too(
    visit: Visit, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, today = visit(acme.actor["hr"]), clock.today()
    plan = (today + timedelta(days=30)).isoformat()
    hr.submit(_address(acme, "peer_1"), {"who": "E1010", "starts_on": plan})
    answer = hr.post(
        _address(acme, "peer_2"), data={"who": "E1009", "starts_on": today.isoformat()}
    )
    assert "run in a circle: Paul Ode → Petra Kline → Paul Ode." in answer.text


def test_statements_of_the_record_do_not_grow_with_the_reports(
    database: Database, acme: SmallOrganisation, clock: SetClock, visit: Visit
) -> None:
    hr, numbers = visit(acme.actor["hr"]), []
    for who in ("peer_1", "peer_2"):
        hr.submit(_address(acme, who), {"who": "E1004", "starts_on": clock.today().isoformat()})
        with counted(database.engine) as statements, database.reading(acme.id) as session:
            person_page(session, acme.actor["hr"], acme.person["leader"], clock.today())
        numbers.append(len(statements))
    assert numbers == [9, 9]
