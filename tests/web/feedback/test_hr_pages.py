"""HR's pages: forms with bad input, other organisations, repeated submits."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import service
from ldtrack.feedback.models import Cycle, Invitation
from tests.infrastructure.feedback import RunningCycle, set_up
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit


def cycle_data(acme: SmallOrganisation, **changes: object) -> dict[str, object]:
    return {
        "name": "Autumn",
        "opens_on": "2026-11-20",
        "closes_on": "2026-12-04",
        "competencies": [encode(acme.competency["coaching-others"])],
        "per_competency": "2",
        "scale": "plain",
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "\x00"}, "Give the cycle a name."),
        ({"name": "a" * 1_000_000}, "Please shorten this to 120 characters"),
        ({"closes_on": "2026-11-01"}, "The last day lies before the first."),
        ({"closes_on": "2027-02-29"}, "There is no day 2027-02-29"),
        ({"competencies": []}, "Choose at least one competency."),
        ({"competencies": ["000000000001"]}, "This choice is not on offer"),
        ({"per_competency": "10000000000000000000"}, "Please give a whole number"),
        ({"per_competency": "0"}, "Please give a number from 1 to 6"),
        ({"scale": "other"}, "This choice is not on offer"),
        ({"pace": "rolling", "days": "2"}, "Please give a number from 3 to 90"),
        ({"pace": "rolling", "days": ""}, "Say for how many days, from 3 to 90."),
        ({"pace": "sometimes"}, "This choice is not on offer"),
        ({"level": "77"}, "This choice is not on offer"),
    ],
)
def test_a_cycle_that_cannot_be_is_refused_beside_its_field(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    changes: dict[str, object],
    sentence: str,
) -> None:
    answer = visit(acme.actor["hr"]).post("/feedback/cycles/new", data=cycle_data(acme, **changes))
    assert answer.status_code == 422
    assert sentence in answer.text
    with database.reading(acme.id) as session:
        assert session.scalars(select(Cycle.id)).all() == []


def test_a_name_in_any_script_and_a_leap_day_are_taken(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    data = cycle_data(acme, name="  משוב 🌱 ", closes_on="2028-02-29")
    assert visit(acme.actor["hr"]).post("/feedback/cycles/new", data=data).status_code == 303
    with database.reading(acme.id) as session:
        assert session.scalars(select(Cycle.name)).all() == ["משוב 🌱"]


def test_the_same_form_sent_twice_sets_up_one_cycle(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    data = cycle_data(acme, idempotency_key="0123456789abcdef0123456789abcdef")
    answers = [hr.post("/feedback/cycles/new", data=data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location


def test_another_organisations_ids_lead_nowhere(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation, running: RunningCycle
) -> None:
    hr = visit(rival.actor["hr"])
    cycle, subject = encode(running.id), encode(running.subject_id)
    rater = encode(running.invitation["peer_1"])
    read = [
        f"/feedback/cycles/{cycle}",
        f"/feedback/cycles/{cycle}/people",
        f"/feedback/cycles/{cycle}/last-day",
        f"/feedback/cycles/{cycle}/progress",
        f"/feedback/subjects/{subject}",
        f"/feedback/subjects/{subject}/ask",
        f"/feedback/subjects/{subject}/ask-outside",
        f"/feedback/cycles/new?framework={encode(acme.framework_version_id)}",
        "/feedback/cycles/new?framework=nonsense",
    ]
    assert {address: hr.get(address).status_code for address in read} == dict.fromkeys(read, 404)
    written = [
        f"/feedback/cycles/{cycle}/open",
        f"/feedback/cycles/{cycle}/remind",
        f"/feedback/cycles/{cycle}/close",
        f"/feedback/cycles/{cycle}/drop",
        f"/feedback/subjects/{subject}/propose",
        f"/feedback/subjects/{subject}/remove",
        f"/feedback/subjects/{subject}/release",
        f"/feedback/raters/{rater}/remove",
    ]
    assert {address: hr.post(address).status_code for address in written} == dict.fromkeys(
        written, 404
    )


def test_people_without_the_role_have_no_cycles(
    visit: Visit, acme: SmallOrganisation, running: RunningCycle
) -> None:
    for role in ("leader", "coach", "manager", "sponsor", "administrator"):
        visitor = visit(acme.actor[role])
        assert visitor.get("/feedback/cycles").status_code == 403
        assert visitor.get(f"/feedback/cycles/{encode(running.id)}").status_code == 403
        assert visitor.post(f"/feedback/cycles/{encode(running.id)}/close").status_code == 403


def test_somebody_from_outside_is_asked_once_and_by_a_real_address(
    visit: Visit, database: Database, acme: SmallOrganisation, running: RunningCycle
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/feedback/subjects/{encode(running.subject_id)}/ask-outside"
    good = {"name": "Olga Kahn", "email": " Olga@Client.example ", "group": "stakeholder"}
    for changes, sentence in (
        ({"email": "olga"}, "Please give an address such as"),
        ({"name": ""}, "Give their name."),
        ({"group": "friends"}, "This choice is not on offer"),
        ({"group": "self"}, "Only one person can answer as self."),
        ({"email": "PETRA.KLINE@example.org"}, "is asked already; everybody is asked once."),
    ):
        answer = hr.post(address, data={**good, **changes})
        assert answer.status_code == 422
        assert sentence in answer.text
    assert hr.post(address, data=good).status_code == 303
    with database.reading(acme.id) as session:
        asked = session.scalars(select(Invitation.email).where(Invitation.person_id.is_(None)))
        assert asked.all() == ["olga@client.example"]


def test_raters_can_be_taken_out_and_proposed_before_opening(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now(), raters={"peer_1": "peer"})
    hr = visit(acme.actor["hr"])
    subject = f"/feedback/subjects/{encode(planned.subject_id)}"
    hr.post(f"/feedback/raters/{encode(planned.invitation['peer_1'])}/remove")
    assert "Nobody is asked about" in hr.get(subject).text
    hr.post(f"{subject}/propose")
    assert "2 people will be asked" in hr.get(subject).text
    answer = hr.post(f"{subject}/remove")
    assert "Nobody receives feedback yet" in hr.get(answer.location).text
    hr.post(f"/feedback/cycles/{encode(planned.id)}/drop")
    assert "Put away" in hr.get("/feedback/cycles").text


def test_the_last_day_can_be_moved_but_not_into_the_past(
    visit: Visit, database: Database, acme: SmallOrganisation, running: RunningCycle
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/feedback/cycles/{encode(running.id)}/last-day"
    assert hr.post(address, data={"closes_on": "2026-11-19"}).status_code == 422
    assert hr.post(address, data={"closes_on": "2026-12-24"}).status_code == 303
    assert "open until 24 Dec" in hr.get(f"/feedback/cycles/{encode(running.id)}").text
    assert "I know that raters" not in hr.get(address).text
    warned = hr.post(address, data={"closes_on": "2026-12-01"})
    assert warned.status_code == 422
    assert "Raters were told 24 December 2026. Say that you know." in warned.text
    assert "I know that raters were told a later day" in warned.text
    assert 'value="2026-12-01"' in warned.text
    knows = {"closes_on": "2026-12-01", "knows": "y"}
    assert hr.post(address, data=knows).status_code == 303
    assert "open until 1 Dec" in hr.get(f"/feedback/cycles/{encode(running.id)}").text


def test_a_cycle_that_has_not_opened_can_be_planned_for_other_days(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now())
    hr = visit(acme.actor["hr"])
    address = f"/feedback/cycles/{encode(planned.id)}/last-day"
    past = {"opens_on": "2026-11-19", "closes_on": "2027-03-12"}
    assert hr.post(address, data=past).status_code == 422
    turned = {"opens_on": "2027-03-12", "closes_on": "2027-03-01"}
    assert "before the first" in hr.post(address, data=turned).text
    later = {"opens_on": "2027-03-01", "closes_on": "2027-03-12"}
    assert hr.post(address, data=later).status_code == 303
    assert "1 Mar to 12 Mar 2027" in hr.get("/feedback/cycles").text


def test_hr_says_why_a_groups_first_360_begins_without_a_trust_pulse(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now())
        for who in ("peer_1", "peer_2"):
            service.add_subject(
                session, acme.actor["hr"], planned.id, acme.person[who], now=clock.now()
            )
    hr = visit(acme.actor["hr"])
    cycle = f"/feedback/cycles/{encode(planned.id)}"
    assert f'<a href="{cycle}/trust">Trust first</a>' in hr.get(cycle).text
    assert hr.post(f"{cycle}/trust", data={"reason": " "}).status_code == 422
    assert hr.post(f"{cycle}/trust", data={"reason": "They met in May."}).status_code == 303
    page = hr.get(cycle).text
    assert "It begins without a trust pulse, because: They met in May." in page


@pytest.mark.parametrize("n_cycles", [1, 3])
def test_the_list_of_cycles_takes_at_most_eight_statements_whatever_its_length(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    n_cycles: int,
) -> None:
    with database.writing(acme.id) as session:
        for number in range(n_cycles):
            set_up(session, acme, clock.now(), name=f"Cycle {number}")
        assert session.scalar(select(func.count()).select_from(Cycle)) == n_cycles
    hr = visit(acme.actor["hr"])
    with counted(database.engine) as statements:
        assert hr.get("/feedback/cycles").status_code == 200
    assert len(statements) <= 8
