"""HR's page of a running cycle: who is told what, what needs a hand, and how many statements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.timeline import Pace
from ldtrack.feedback.models import Invitation, Subject
from ldtrack.feedback.queries.turnout import turnout
from ldtrack.outbox.domain import MessageState
from ldtrack.outbox.models import Message
from ldtrack.people.models import Person
from ldtrack.people.service.directory import unit_named
from tests.infrastructure.feedback import (
    RATER_KEY,
    USUAL_SCORES,
    RunningCycle,
    answered_by,
    delivery,
    opened,
    set_up,
)
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.web.feedback.conftest import run_jobs
from tests.web.feedback.test_live_watch import seen_by


def running_like(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    settings: Mapping[str, object],
    *,
    closes_on: date = date(2026, 12, 4),
) -> RunningCycle:
    """A cycle held like this that has begun."""
    with database.writing(acme.id) as session:
        return opened(session, acme, clock.now(), settings=settings, closes_on=closes_on)


def test_where_nobody_is_told_who_answered_no_page_of_hr_tells_it(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    running = running_like(database, acme, clock, {"tells_who_answered": False})
    hr = visit(acme.actor["hr"])
    pages = [
        "/",
        "/feedback/cycles",
        f"/feedback/cycles/{encode(running.id)}",
        f"/feedback/subjects/{encode(running.subject_id)}",
    ]
    for rater in USUAL_SCORES:
        before = seen_by(hr, pages[3:])
        with database.writing(acme.id) as session:
            answered_by(session, running, [rater], clock.now())
        assert " of 9" not in hr.get(pages[3]).text
        assert "Answered" not in hr.get(pages[3]).text
        assert seen_by(hr, pages[3:]) == before
    page = hr.get(pages[2]).text
    assert "90 % or more of 9 questionnaires are in" in page
    assert "9 of 9" not in page
    assert "4 of 4" not in page
    answer = hr.post(f"/feedback/cycles/{encode(running.id)}/remind")
    told = hr.get(answer.location).text
    assert "Everybody who has not answered is reminded, all at the same hour." in told


def test_response_rates_are_told_by_group(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    clock: SetClock,
) -> None:
    with database.writing(acme.id) as session:
        answered_by(session, running, ["peer_1", "peer_2", "manager"], clock.now())
    page = visit(acme.actor["hr"]).get(f"/feedback/cycles/{encode(running.id)}").text
    assert "3 of 9 questionnaires are in" in page
    assert "2 of 4" in page
    assert "0 of 3" in page


def test_response_rates_are_told_by_the_unit_of_the_leader(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now())
        session.get_one(Person, acme.person["other_leader"]).unit_id = unit_named(session, "Sales")
        session.flush()
        other = service.add_subject(
            session, hr, planned.id, acme.person["other_leader"], now=clock.now()
        )
        for who in ("peer_1", "peer_2", "peer_3"):
            asked = AskRater(group_key="peer", person_id=acme.person[who])
            service.invite(session, hr, other, asked, now=clock.now())
        service.open_cycle(session, hr, planned.id, now=clock.now(), delivery=delivery())
        answered_by(session, planned, ["peer_1", "manager"], clock.now())
    page = visit(hr).get(f"/feedback/cycles/{encode(planned.id)}").text
    table = page[page.index("By unit of the leader") :]
    rows = re.findall(r"<th[^>]*>(Operations|Sales)</th>.*?(\d of \d)", table, re.DOTALL)
    assert rows == [("Operations", "2 of 9"), ("Sales", "0 of 3")]


def test_mail_that_came_back_is_shown_corrected_and_sent_again(
    visit: Visit, database: Database, acme: SmallOrganisation, running: RunningCycle
) -> None:
    hr = visit(acme.actor["hr"])
    cycle = f"/feedback/cycles/{encode(running.id)}"
    assert "Nothing came back." in hr.get(f"{cycle}/mail").text
    with database.writing(acme.id) as session:
        old = session.scalars(
            select(Invitation.email).where(Invitation.id == running.invitation["peer_1"])
        ).one()
        session.execute(
            update(Message)
            .where(Message.to_address == old)
            .values(state=MessageState.FAILED, problem="550 no such user")
        )
    assert "Mail came back" in hr.get(cycle).text
    assert "550 no such user" in hr.get(f"{cycle}/mail").text
    assert "Came back" in hr.get(f"/feedback/subjects/{encode(running.subject_id)}").text
    taken = {"old": old, "email": "maya.lind@example.org"}
    wrong = {"old": old, "email": "petra"}
    unknown = {"old": "nobody@example.org", "email": "somebody@example.org"}
    answer = hr.post(f"{cycle}/mail", data=wrong)
    assert (answer.status_code, "Please give an address" in answer.text) == (422, True)
    with database.reading(acme.id) as session:
        taken["email"] = session.scalars(
            select(Invitation.email).where(Invitation.id == running.invitation["peer_2"])
        ).one()
    answer = hr.post(f"{cycle}/mail", data=taken)
    assert "Somebody else is asked at this address." in answer.text
    assert hr.post(f"{cycle}/mail", data=unknown).status_code == 404
    good = {"old": old, "email": "petra@new.example"}
    assert hr.post(f"{cycle}/mail", data=good).status_code == 303
    assert "Nothing came back." in hr.get(f"{cycle}/mail").text
    with database.reading(acme.id) as session:
        (again,) = session.scalars(select(Message).where(Message.to_address == good["email"]))
        assert again.state == MessageState.WAITING


def test_a_reminder_that_came_back_is_not_shown_because_it_tells_who_has_not_answered(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    running = running_like(database, acme, clock, {"tells_who_answered": False})
    hr = visit(acme.actor["hr"])
    cycle = f"/feedback/cycles/{encode(running.id)}"
    hr.post(f"{cycle}/remind")
    with database.writing(acme.id) as session:
        session.execute(
            update(Message)
            .where(Message.subject.startswith("Reminder"))
            .values(state=MessageState.FAILED, problem="421 busy")
        )
    assert "Mail came back" not in hr.get(cycle).text


@pytest.mark.parametrize("has_answered", [True, False])
def test_hr_says_that_an_invitation_came_back_which_is_offered_for_every_rater_alike(
    has_answered: bool,
    visit: Visit,
    app: Flask,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
) -> None:
    running = running_like(database, acme, clock, {"tells_who_answered": False})
    hr = visit(acme.actor["hr"])
    cycle = f"/feedback/cycles/{encode(running.id)}"
    raters = f"/feedback/subjects/{encode(running.subject_id)}"
    act = f"/feedback/raters/{encode(running.invitation['peer_1'])}/came-back"
    assert hr.post(act).status_code == 409
    run_jobs(app)
    if has_answered:
        with database.writing(acme.id) as session:
            answered_by(session, running, ["peer_1"], clock.now())
    clock.instant += timedelta(hours=2)
    hr.post(f"{cycle}/remind")
    run_jobs(app)
    assert len(re.findall(r"/raters/\w+/came-back", hr.get(raters).text)) == len(USUAL_SCORES)
    assert hr.post(act).location == f"{cycle}/mail"
    assert "HR says that it came back." in hr.get(f"{cycle}/mail").text
    page = hr.get(raters).text
    assert page.count("Came back") == 1
    assert len(re.findall(r"/raters/\w+/came-back", page)) == len(USUAL_SCORES) - 1
    with database.reading(acme.id) as session:
        (failed,) = session.scalars(select(Message).where(Message.state == MessageState.FAILED))
        (said,) = session.scalars(select(AuditEvent).where(AuditEvent.action.contains("came_back")))
        address = failed.to_address
        assert (failed.discreet, said.person_id) == (False, acme.person["leader"])
    hr.post(f"{cycle}/mail", data={"old": address, "email": "petra@new.example"})
    assert "Nothing came back." in hr.get(f"{cycle}/mail").text


@pytest.mark.parametrize("has_answered", [True, False])
def test_whether_somebody_answered_before_they_were_replaced_is_not_told_by_a_count(
    has_answered: bool,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
) -> None:
    running = running_like(database, acme, clock, {"tells_who_answered": False})
    hr = visit(acme.actor["hr"])
    with database.writing(acme.id) as session:
        answered_by(session, running, ["leader", "peer_2", "peer_3", "peer_4"], clock.now())
        if has_answered:
            answered_by(session, running, ["peer_1"], clock.now())
        service.replace_rater(
            session,
            acme.actor["hr"],
            running.invitation["peer_1"],
            AskRater(group_key="peer", person_id=acme.person["other_leader"]),
            now=clock.now(),
            delivery=delivery(),
        )
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        counted = turnout(session, running.id)
        read = queries.first_reading(session, acme.actor["coach"], running.subject_id)
    assert counted.about(running.subject_id).asked == len(USUAL_SCORES)
    assert "Peers 4" in hr.get(f"/feedback/cycles/{encode(running.id)}").text
    told = {group.name: group.count.words for group in read.report.release.groups}
    assert told["Peers"] == "3 or more of 5"


def test_a_rater_is_replaced_by_somebody_known_or_from_outside(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    clock: SetClock,
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/feedback/raters/{encode(running.invitation['peer_1'])}/replace"
    with database.writing(acme.id) as session:
        answered_by(session, running, ["peer_2"], clock.now())
    assert hr.get(f"{address}?q=Ben").status_code == 200
    assert "Choose somebody" in hr.post(address, data={}).text
    assert hr.post(address, data={"email": "olga@client.example"}).status_code == 422
    person = {"person": encode(acme.person["other_leader"])}
    assert hr.post(f"{address}?q=Ben", data=person).status_code == 303
    page = hr.get(f"/feedback/subjects/{encode(running.subject_id)}").text
    assert "Not asked any more" in page
    assert hr.get(address).status_code == 404
    assert hr.post(f"{address}?q=Ben", data=person).status_code == 404
    second = f"/feedback/raters/{encode(running.invitation['peer_3'])}/replace"
    outside = {"name": "Olga Kahn", "email": "olga@client.example"}
    assert hr.post(second, data=outside).status_code == 303
    own = f"/feedback/raters/{encode(running.invitation['leader'])}/replace"
    assert hr.get(own).status_code == 404
    assert hr.post(own, data=outside).status_code == 404


def test_people_who_left_are_named_and_taken_out(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    running: RunningCycle,
    clock: SetClock,
) -> None:
    hr = visit(acme.actor["hr"])
    cycle = f"/feedback/cycles/{encode(running.id)}"
    with database.writing(acme.id) as session:
        answered_by(session, running, ["peer_1", "peer_2"], clock.now())
        session.execute(
            update(Person).where(Person.id == acme.person["peer_1"]).values(active=False)
        )
    assert "1 person has left and is still in this cycle." in hr.get(cycle).text
    hr.post(f"{cycle}/leavers")
    page = hr.get(cycle).text
    assert "1 of 8 questionnaires are in" in page
    assert "still in this cycle" not in page


def test_overdue_approvals_are_listed_with_whoever_has_to_agree(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    settings = {
        "nominates": Nominates.LEADER,
        "approves": Approves.MANAGER,
        "nominate_until": date(2026, 11, 20),
    }
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now(), settings=settings)
    hr = visit(acme.actor["hr"])
    cycle = f"/feedback/cycles/{encode(planned.id)}"
    assert "is set up; next, its leader says whom to ask." in hr.get(cycle).text
    hr.post(f"{cycle}/nominate")
    assert "0 of 1 leader have settled whom to ask" in hr.get(cycle).text
    with database.writing(acme.id) as session:
        session.execute(
            update(Subject).where(Subject.id == planned.subject_id).values(state="approving")
        )
    assert "wait for a yes" in hr.get(cycle).text
    assert "Needs you" not in hr.get(cycle).text
    clock.instant += timedelta(days=1)
    hr = visit(acme.actor["hr"])
    assert "Maya Singh has not agreed to the raters of Amara Okafor." in hr.get(cycle).text


def test_a_yes_that_is_waited_for_longer_than_a_week_is_overdue_without_a_day_for_it(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader = acme.actor["hr"], acme.actor["leader"]
    led = {"nominates": Nominates.LEADER, "approves": Approves.MANAGER}
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now(), raters={}, settings=led)
        service.begin_nominating(session, hr, planned.id, now=clock.now())
        asked = AskRater(group_key="peer", person_id=acme.person["peer_1"])
        how: Any = {"now": clock.now(), "delivery": delivery()}
        service.nominate(session, leader, planned.subject_id, asked, **how)
        service.hand_in(session, leader, planned.subject_id, now=clock.now(), base_url=None)
    cycle = f"/feedback/cycles/{encode(planned.id)}"
    late = "Maya Singh has not agreed to the raters of Amara Okafor."
    clock.instant += timedelta(days=7)
    assert late not in visit(hr).get(cycle).text
    clock.instant += timedelta(days=1)
    assert late in visit(hr).get(cycle).text
    with database.writing(acme.id) as session:
        how["now"] = clock.now()
        service.agree(session, acme.actor["manager"], planned.subject_id, **how)
        service.open_cycle(session, hr, planned.id, **how)
        another = AskRater(group_key="peer", person_id=acme.person["peer_2"])
        service.nominate(session, leader, planned.subject_id, another, **how)
    added = "Maya Singh has not agreed to a rater whom somebody added for Amara Okafor."
    assert added not in visit(hr).get(cycle).text
    clock.instant += timedelta(days=8)
    assert added in visit(hr).get(cycle).text


def test_a_rolling_cycle_from_its_first_start_to_its_last_close(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    running = running_like(
        database,
        acme,
        clock,
        {"pace": Pace.ROLLING, "days": 14},
        closes_on=date(2027, 5, 31),
    )
    hr = visit(acme.actor["hr"])
    cycle = f"/feedback/cycles/{encode(running.id)}"
    subject = f"/feedback/subjects/{encode(running.subject_id)}"
    assert "Not started" in hr.get(cycle).text
    assert "Open for answers" in hr.get(subject).text
    leader = visit(acme.actor["leader"])
    assert "Then 9 people are asked about you, and have 14 days" in leader.get("/feedback").text
    assert leader.post(f"{subject}/start?from=own").location == "/feedback"
    assert "When you are ready" not in leader.get("/feedback").text
    assert "Open until 4 Dec" in hr.get(cycle).text
    assert hr.post(f"{subject}/last-day", data={"closes_on": "2026-12-09"}).status_code == 303
    assert hr.post(f"{subject}/last-day", data={"closes_on": "2026-01-09"}).status_code == 422
    assert "Open until 9 Dec" in hr.get(cycle).text
    assert hr.post(f"{subject}/close").status_code == 303
    assert "Being made" in hr.get(cycle).text


def test_a_complete_cycle_is_put_away_and_an_incomplete_one_is_not(
    visit: Visit, app: Flask, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    running = running_like(database, acme, clock, {"coach_led": False})
    hr = visit(acme.actor["hr"])
    cycle = f"/feedback/cycles/{encode(running.id)}"
    assert hr.post(f"{cycle}/archive").status_code == 409
    with database.writing(acme.id) as session:
        answered_by(session, running, USUAL_SCORES, clock.now())
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
    run_jobs(app)
    assert "every report is out" in hr.get(cycle).text
    assert hr.post(f"{cycle}/archive").status_code == 303
    assert "Put away" in hr.get("/feedback/cycles").text
    assert hr.get(cycle).status_code == 200


@pytest.mark.parametrize("n_subjects", [1, 3])
@pytest.mark.parametrize("is_open", [True, False])
def test_the_page_of_a_cycle_takes_at_most_fifteen_statements(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    n_subjects: int,
    is_open: bool,
) -> None:
    hr_actor = acme.actor["hr"]
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now())
        for person in ("other_leader", "peer_1")[: n_subjects - 1]:
            subject_id = service.add_subject(
                session, hr_actor, planned.id, acme.person[person], now=clock.now()
            )
            rater = AskRater(group_key="peer", person_id=acme.person["peer_2"])
            service.invite(session, hr_actor, subject_id, rater, now=clock.now())
        if is_open:
            for subject in session.scalars(select(Subject)):
                assert subject.cycle_id == planned.id
            service.open_cycle(session, hr_actor, planned.id, now=clock.now(), delivery=delivery())
        assert queries.cycle(session, hr_actor, planned.id).n_subjects == n_subjects
    hr = visit(hr_actor)
    with counted(database.engine) as statements:
        assert hr.get(f"/feedback/cycles/{encode(planned.id)}").status_code == 200
    assert len(statements) <= 15
