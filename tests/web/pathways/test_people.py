"""Enrolling people, seeing how far they are, letting them pass and taking them off."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ldtrack.coaching.domain import OpenEngagement
from ldtrack.coaching.service import open_engagement
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback import service as feedback
from ldtrack.pathways import queries
from ldtrack.pathways.domain import EnrolmentState, StepState
from tests.infrastructure.feedback import set_up
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.integration.pathways.makers import enrolled
from tests.web.pathways.conftest import Way


def test_hr_finds_somebody_and_enrols_them(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    page = hr.get(f"{way.at}/enrol?q=Li")
    assert f"{way.at}/enrol/{encode(acme.person['other_leader'])}" in page.text
    assert "On it already" in hr.get(f"{way.at}/enrol?q=Okafor").text
    page = hr.submit(
        f"{way.at}/enrol/{encode(acme.person['other_leader'])}",
        {"enrolled_on": "2028-02-29", "cohort": "Spring", "role_profile_id": ""},
    )
    assert "Ben Li is enrolled." in page.text
    with database.reading(acme.id) as session:
        row = queries.enrolment_of(session, acme.actor["hr"], acme.person["other_leader"])
    assert row is not None
    assert (row.cohort, row.enrolled_on) == ("Spring", date(2028, 2, 29))
    assert row.role_profile_id == acme.role_profile_id


def test_a_whole_cohort_is_added_to_a_360(
    visit: Visit, database: Database, clock: SetClock, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    found = re.search(r"/pathways/cohorts/\w+/cycle", hr.get(f"{way.at}/people").text)
    assert found is not None
    assert "No cycle takes people at present." in hr.get(found[0]).text
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now(), raters={})
        feedback.remove_subject(session, acme.actor["hr"], planned.subject_id, now=clock.now())
    page = hr.submit(found[0], {"cycle_id": encode(planned.id)})
    assert "Autumn receives feedback in this cycle." in page.text
    assert "Self 1, Manager 1" in page.text


def test_nobody_is_enrolled_twice(visit: Visit, way: Way, acme: SmallOrganisation) -> None:
    address = f"{way.at}/enrol/{encode(acme.person['leader'])}"
    answer = visit(acme.actor["hr"]).post(address, data={"enrolled_on": "2026-11-20"})
    assert answer.status_code == 422
    assert "Amara Okafor is on this pathway already." in answer.text


def test_the_same_enrolment_sent_twice_is_stored_once(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"{way.at}/enrol/{encode(acme.person['other_leader'])}"
    typed = {"enrolled_on": "2026-11-20", "idempotency_key": "0" * 32}
    places = [hr.post(address, data=typed).location for _ in range(2)]
    assert places[0] == places[1]
    assert places[0].startswith("/pathways/enrolments/")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"enrolled_on": ""}, "Give the first day."),
        ({"enrolled_on": "2027-02-29"}, "There is no day 2027-02-29."),
        ({"enrolled_on": "9999-12-31"}, "Please give a day from 1 Jan 1900 to 31 Dec 2200."),
        ({"cohort": "x" * 1_000_000}, "Please shorten this to 200 characters"),
        ({"role_profile_id": "000000000077"}, "This choice is not on offer."),
    ],
)
def test_what_is_wrong_with_an_enrolment_is_said(
    visit: Visit,
    database: Database,
    way: Way,
    acme: SmallOrganisation,
    change: dict[str, str],
    sentence: str,
) -> None:
    address = f"{way.at}/enrol/{encode(acme.person['other_leader'])}"
    typed = {"enrolled_on": "2026-11-20"} | change
    answer = visit(acme.actor["hr"]).post(address, data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    with database.reading(acme.id) as session:
        person_id = acme.person["other_leader"]
        assert queries.enrolment_of(session, acme.actor["hr"], person_id) is None


@pytest.mark.parametrize("cohort", ["\x00A\x00", "ربيع 🌱", "<b>A</b>", "‮A"])
def test_odd_names_of_cohorts_are_stored_as_text(
    visit: Visit, way: Way, acme: SmallOrganisation, cohort: str
) -> None:
    address = f"{way.at}/enrol/{encode(acme.person['other_leader'])}"
    page = visit(acme.actor["hr"]).submit(address, {"enrolled_on": "2026-11-20", "cohort": cohort})
    assert page.status_code == 200
    assert "<b>A</b>" not in page.text


def test_the_list_of_people_says_how_far_each_is(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["hr"]).get(f"{way.at}/people")
    assert "1 person is enrolled; <em>something is overdue</em>." in page.text
    assert "Amara Okafor" in page.text
    assert "Autumn" in page.text
    assert "1 overdue" in page.text


def test_the_list_of_people_asks_as_little_for_three_as_for_one(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    asked = []
    for more in ((), ("other_leader", "manager")):
        with database.writing(acme.id) as session:
            for who in more:
                enrolled(session, acme, way.made, clock.now(), who=who)
        with counted(database.engine) as statements:
            hr.get(f"{way.at}/people")
        asked.append(len(statements))
    assert asked == [9, 9]


def test_one_persons_way_shows_states_reasons_and_due_days(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    for who in ("hr", "leader", "coach", "manager"):
        page = visit(acme.actor[who]).get(way.enrolment_at)
        assert "was due 31 Oct 2026" in page.text
        assert "after “Take the course”" in page.text
        assert "Coaching others at level 3" in page.text
        assert ("Waive" in page.text) == (who == "hr")


def test_a_step_is_waived_with_a_reason_and_asked_for_again(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    course = f"{way.enrolment_at}/step/{encode(way.made.course)}"
    refused = hr.post(f"{course}/waive", data={"reason": " "})
    assert refused.status_code == 422
    assert "Say why; the leader reads it." in refused.text
    page = hr.submit(f"{course}/waive", {"reason": "Teaches it <herself> 🌱"})
    assert "Waived by Hana Rossi on 20 Nov 2026: “Teaches it &lt;herself&gt; 🌱”" in page.text
    assert f"{course}/take-back" in page.text
    again = hr.post(f"{course}/waive", data={"reason": "Again"})
    assert again.status_code == 422
    assert "“Take the course” is waived already." in again.text
    hr.post(f"{course}/take-back")
    with database.reading(acme.id) as session:
        found = queries.progress_of(session, acme.actor["hr"], way.enrolment_id, date(2026, 11, 20))
    assert found.steps[0].state is StepState.OVERDUE
    assert hr.post(f"{course}/take-back").status_code == 404


def test_a_gate_is_waived_too_and_nothing_else(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    with database.reading(acme.id) as session:
        plan = queries.pathway(session, acme.actor["hr"], way.made.version_id)
    gate = f"{way.enrolment_at}/gate/{encode(plan.stages[0].gates[0].id)}"
    page = hr.submit(f"{gate}/waive", {"reason": "Shown before"})
    assert "Waived by Hana Rossi on 20 Nov 2026: “Shown before”" in page.text
    stranger = encode(way.draft.steps[0].id)
    assert hr.get(f"{way.enrolment_at}/step/{stranger}/waive").status_code == 404
    assert hr.get(f"{way.enrolment_at}/thing/{stranger}/waive").status_code == 404


def test_milestones_go_into_coaching_that_begins_later(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    assert (
        "1 milestone of this pathway is not in Amara Okafor’s coaching yet."
        in hr.get(way.enrolment_at).text
    )
    page = hr.post(f"{way.enrolment_at}/milestones", follow_redirects=True)
    assert "Nothing was new for their coaching." in page.text
    with database.writing(acme.id) as session:
        open_engagement(
            session,
            acme.actor["hr"],
            OpenEngagement(
                coach_id=acme.person["coach"],
                person_id=acme.person["leader"],
                starts_on=date(2026, 11, 1),
                sessions_agreed=6,
            ),
            now=clock.now(),
        )
    page = hr.post(f"{way.enrolment_at}/milestones", follow_redirects=True)
    assert "1 milestone went into their coaching." in page.text
    assert "coaching yet" not in page.text


def test_an_enrolment_is_ended_and_stays_readable(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"{way.enrolment_at}/end"
    early = hr.post(address, data={"state": "left", "ended_on": "2026-09-30"})
    assert early.status_code == 422
    assert "Nobody can leave a pathway before they were enrolled." in early.text
    assert hr.post(address, data={"state": "active", "ended_on": "2026-11-01"}).status_code == 422
    page = hr.submit(address, {"state": "completed", "ended_on": "2026-11-01"})
    assert "Amara Okafor completed <em>To lead others</em> on 1 Nov 2026." in page.text
    assert hr.post(address, data={"state": "left", "ended_on": "2026-11-02"}).status_code == 409
    with database.reading(acme.id) as session:
        row = queries.enrolment(session, acme.actor["leader"], way.enrolment_id)
    assert row.state is EnrolmentState.COMPLETED


@pytest.mark.parametrize("who", ["other_leader", "other_coach", "sponsor", "administrator"])
def test_somebody_elses_way_is_not_there(
    visit: Visit, way: Way, acme: SmallOrganisation, who: str
) -> None:
    assert visit(acme.actor[who]).get(way.enrolment_at).status_code in {403, 404}


@pytest.mark.parametrize("who", ["leader", "coach", "manager", "sponsor", "administrator"])
def test_nobody_but_hr_enrols_or_waives(
    visit: Visit, way: Way, acme: SmallOrganisation, who: str
) -> None:
    visitor = visit(acme.actor[who])
    step = f"{way.enrolment_at}/step/{encode(way.made.course)}"
    enrol = f"{way.at}/enrol/{encode(acme.person['other_leader'])}"
    for address in (f"{way.at}/people", f"{way.at}/enrol", enrol, f"{step}/waive"):
        assert visitor.get(address).status_code == 403
    for address in (enrol, f"{step}/waive", f"{step}/take-back", f"{way.enrolment_at}/end"):
        assert visitor.post(address).status_code == 403


def test_people_and_ways_of_another_organisation_do_not_exist_here(
    visit: Visit, way: Way, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    stranger = encode(rival.person["leader"])
    assert visit(acme.actor["hr"]).get(f"{way.at}/enrol/{stranger}").status_code == 404
    hr = visit(rival.actor["hr"])
    step = f"{way.enrolment_at}/step/{encode(way.made.course)}"
    for address in (
        way.enrolment_at,
        f"{way.enrolment_at}/end",
        f"{step}/waive",
        f"{way.at}/enrol",
    ):
        assert hr.get(address).status_code == 404
    assert hr.post(f"{way.enrolment_at}/milestones").status_code == 404
    assert hr.post(f"{step}/take-back").status_code == 404


def test_searching_with_nonsense_finds_nobody(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    answer = hr.get(f"{way.at}/enrol?q=%00%F0%9F%9A%80%25&page=99999999999999999999")
    assert answer.status_code == 200
    assert "Nobody matches" in answer.text
