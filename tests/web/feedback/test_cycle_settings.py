"""HR's pages of how a cycle is held: what they keep, what they refuse, and where."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import queries
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.timeline import Pace
from ldtrack.feedback.models import Cycle, UsualGroup
from tests.infrastructure.feedback import RunningCycle, set_up
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit

SETTINGS = {
    "pace": "rolling",
    "days": "14",
    "nominates": "leader",
    "approves": "manager",
    "nominate_until": "2026-11-30",
    "reminders": "5, 1",
    "k": "4",
    "kept_months": "12",
    "weighting": "rater",
    "moderator": "",
}


@pytest.fixture
def planned(database: Database, acme: SmallOrganisation, clock: SetClock) -> RunningCycle:
    """A draft about the leader."""
    with database.writing(acme.id) as session:
        return set_up(session, acme, clock.now())


def test_settings_are_shown_kept_and_told_in_sentences(
    visit: Visit, database: Database, acme: SmallOrganisation, planned: RunningCycle
) -> None:
    hr = visit(acme.actor["hr"])
    cycle = f"/feedback/cycles/{encode(planned.id)}"
    assert hr.get(f"{cycle}/settings").status_code == 200
    assert hr.post(f"{cycle}/settings", data=SETTINGS).status_code == 303
    page = hr.get(cycle).text
    for sentence in (
        "Each leader starts when ready and has 14 days.",
        "Leaders propose whom to ask until 30 November 2026, and their manager agrees.",
        "Leaders have their report at once.",
        "Nobody is told who has answered, not even HR.",
        "Reminders go out 5 and 1 days before the last day.",
        "Every rater counts the same.",
        "Answers are kept for 12 months.",
    ):
        assert sentence in page
    with database.reading(acme.id) as session:
        row = queries.cycle(session, acme.actor["hr"], planned.id)
    assert (row.pace, row.nominates, row.approves, row.k) == (
        Pace.ROLLING,
        Nominates.LEADER,
        Approves.MANAGER,
        4,
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"days": ""}, "Say for how many days, from 3 to 90."),
        ({"days": "1"}, "Please give a number from 3 to 90"),
        ({"k": "2"}, "Please give a number from 3 to 10"),
        ({"k": ""}, "Say from how many raters anything is shown."),
        ({"kept_months": "61"}, "Please give a number from 1 to 60"),
        ({"reminders": "often"}, "Please give numbers of days such as 7, 2."),
        ({"reminders": "1 2 3 4 5 6"}, "Remind people at most 5 times."),
        ({"reminders": "99"}, "Reminders go out from 0 to 60 days"),
        ({"nominate_until": "2027-01-01"}, "This lies after the last day for answers."),
        ({"moderator": "000000000001"}, "This choice is not on offer"),
        ({"weighting": "precision"}, "This choice is not on offer"),
    ],
)
def test_settings_that_cannot_be_are_refused_beside_their_field(
    visit: Visit,
    acme: SmallOrganisation,
    planned: RunningCycle,
    changes: dict[str, str],
    sentence: str,
) -> None:
    address = f"/feedback/cycles/{encode(planned.id)}/settings"
    answer = visit(acme.actor["hr"]).post(address, data={**SETTINGS, **changes})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_groups_are_renamed_added_limited_and_taken_away(
    visit: Visit, database: Database, acme: SmallOrganisation, planned: RunningCycle
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/feedback/cycles/{encode(planned.id)}/groups"
    page = hr.get(address)
    assert page.status_code == 200
    lines = {
        "groups-0-key": "self",
        "groups-0-name": "Self",
        "groups-1-key": "manager",
        "groups-1-name": "Line manager",
        "groups-2-key": "peer",
        "groups-2-name": "Colleagues",
        "groups-2-floor": "5",
        "groups-2-least": "3",
        "groups-2-most": "8",
        "groups-3-key": "direct_report",
        "groups-3-name": "Direct reports",
        "groups-4-key": "made up",
        "groups-4-name": "Clients",
    }
    assert hr.post(address, data=lines).status_code == 303
    with database.reading(acme.id) as session:
        groups = queries.cycle(session, acme.actor["hr"], planned.id).groups
    assert [(g.key, g.name, g.exempt, g.floor, g.least, g.most) for g in groups] == [
        ("self", "Self", True, 0, 0, None),
        ("manager", "Line manager", True, 0, 0, None),
        ("peer", "Colleagues", False, 5, 3, 8),
        ("direct_report", "Direct reports", False, 0, 0, None),
        ("clients", "Clients", False, 0, 0, None),
    ]
    for changes, sentence in (
        ({"groups-0-name": ""}, "own view of themselves cannot be left out"),
        ({"groups-2-name": ""}, "Somebody is asked as one of"),
        ({"groups-4-name": "colleagues"}, "Two groups have the same name."),
        ({"groups-2-most": "2"}, "the most is less than the least"),
        ({"groups-2-floor": "11"}, "Please give a number from 0 to 10"),
    ):
        answer = hr.post(address, data={**lines, **changes})
        assert answer.status_code == 422
        assert sentence in answer.text


def test_the_organisations_groups_and_limits_hold_for_new_cycles(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert hr.get("/feedback/settings").status_code == 200
    data = {
        "floor": "4",
        "budget": "6",
        "groups-0-key": "self",
        "groups-0-name": "Self",
        "groups-1-name": "Everybody else",
    }
    assert hr.post("/feedback/settings", data=data).status_code == 303
    with database.reading(acme.id) as session:
        names = session.scalars(select(UsualGroup.name).order_by(UsualGroup.position)).all()
    assert names == ["Self", "Everybody else"]
    for changes in ({"floor": "2"}, {"budget": "0"}, {"groups-0-name": ""}):
        assert hr.post("/feedback/settings", data={**data, **changes}).status_code == 422


def test_a_running_cycle_can_only_promise_more(
    visit: Visit, acme: SmallOrganisation, running: RunningCycle
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/feedback/cycles/{encode(running.id)}/stricter"
    assert "Peers: shown from" in hr.get(address).text
    good = {"k": "4", "kept_months": "12", "floors-0-key": "peer", "floors-0-floor": "5"}
    assert hr.post(address, data=good).status_code == 303
    for changes, sentence in (
        ({"k": "3"}, "This can only be raised now: raters were told 4."),
        ({"kept_months": "24"}, "This can only be shortened now: raters were told 12."),
        ({"floors-0-floor": "4"}, "Peers: from 5 to 10, never lower."),
        ({"tells_who_answered": "y"}, "nobody learns whether they answered"),
    ):
        answer = hr.post(address, data={**good, **changes})
        assert answer.status_code == 422
        assert sentence in answer.text


def test_a_cycle_is_held_again_with_new_days(
    visit: Visit, database: Database, acme: SmallOrganisation, running: RunningCycle
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/feedback/cycles/{encode(running.id)}/copy"
    assert hr.get(address).status_code == 200
    data = {
        "name": "Spring",
        "opens_on": "2027-05-01",
        "closes_on": "2027-05-14",
        "with_people": "y",
    }
    answer = hr.post(address, data=data)
    assert "nobody else is asked yet" in hr.get(answer.location).text
    assert hr.post(address, data=data).status_code == 422
    assert (
        hr.post(address, data={**data, "name": "S", "closes_on": "2027-04-01"}).status_code == 422
    )
    with database.reading(acme.id) as session:
        assert session.scalar(select(func.count()).select_from(Cycle)) == 2


def test_somebody_else_or_nobody_reads_comments_first(
    visit: Visit, database: Database, acme: SmallOrganisation, running: RunningCycle
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/feedback/cycles/{encode(running.id)}/moderator"
    assert hr.get(address).status_code == 200
    reader = encode(acme.person["coach"])
    assert hr.post(address, data={"moderator": reader}).status_code == 303
    with database.reading(acme.id) as session:
        row = queries.cycle(session, acme.actor["hr"], running.id)
        assert row.moderator_id == acme.person["coach"]
    assert hr.post(address, data={"moderator": ""}).status_code == 303


def test_raters_are_proposed_for_everybody_who_has_none(
    visit: Visit, acme: SmallOrganisation, planned: RunningCycle
) -> None:
    hr = visit(acme.actor["hr"])
    cycle = f"/feedback/cycles/{encode(planned.id)}"
    assert "Propose raters for all" not in hr.get(cycle).text
    people = {"people": [encode(acme.person["other_leader"])]}
    data = {"name": "Again", "opens_on": "2027-05-01", "closes_on": "2027-05-14"}
    copied = hr.post(f"{cycle}/copy", data={**data, "with_people": "y"}).location
    assert "Propose raters for all" in hr.get(copied).text
    assert hr.post(f"{copied}/people", data=people).status_code == 303
    hr.post(f"{copied}/propose")
    assert "Self 1, Manager 1" in hr.get(copied).text
    assert "Propose raters for all" not in hr.get(copied).text
