"""The first pages of coaches, HR and sponsors, and the competency map."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind, Role
from ldtrack.access.service import end_relation, relate
from ldtrack.assignments.domain import Develops, PostingKind
from ldtrack.assignments.domain.commands import EndPlacement, Place, PostOpening
from ldtrack.assignments.service import end_placement, place, post_opening
from ldtrack.coaching import service as coaching
from ldtrack.coaching.domain import OpenEngagement, SponsorSees
from ldtrack.coaching.queries import engagements
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.exchange.domain import STORE, ImportKind
from ldtrack.exchange.service.keeping import begin, forget
from ldtrack.feedback.domain.commands import BuildQuestionnaire, NewCycle
from ldtrack.feedback.service import remind
from ldtrack.feedback.service.cycles import create_cycle
from ldtrack.outbox.domain import JobState, MessageState
from ldtrack.outbox.models import Job, Message
from ldtrack.outbox.service import ask
from ldtrack.pathways.domain import NeedKind, StateNeed, WriteRule
from ldtrack.pathways.models import Enrolment
from ldtrack.pathways.queries import enrolments_of
from ldtrack.pathways.service import state_need, write_rule
from ldtrack.people.service.accounts import open_account
from ldtrack.people.service.directory import AddPerson, add_person, found_organisation
from tests.infrastructure.feedback import answered_by, delivery, opened
from tests.infrastructure.organisation import PASSWORD, QUICK, SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.integration.courses.makers import a_course
from tests.web.dashboards.conftest import agree_on


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))


def _heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found.group(1)) if found else ""


def _coach_everybody(
    database: Database, acme: SmallOrganisation, clock: SetClock, *people: str
) -> None:
    with database.writing(acme.id) as session:
        for key in people:
            coaching.open_engagement(
                session,
                acme.actor["hr"],
                OpenEngagement(
                    coach_id=acme.person["coach"],
                    person_id=acme.person[key],
                    starts_on=date(2026, 11, 2),
                    sessions_agreed=6,
                ),
                now=clock.now(),
            )


def _ended_assignment(database: Database, acme: SmallOrganisation, clock: SetClock) -> None:
    now = clock.now()
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        posting_id = post_opening(
            session,
            hr,
            PostOpening(
                title="Supplier turnaround",
                kind=PostingKind.PROJECT,
                owner_id=acme.person["manager"],
                sponsor_id=acme.person["sponsor"],
                promised_outcome="Two suppliers back on time",
                measure="On-time share",
                starts_on=date(2026, 3, 1),
                ends_on=date(2026, 12, 1),
                share_of_time=40,
                develops=(Develops(competency_id=acme.competency["strategic-thinking"], level=4),),
            ),
            now=now,
        )
        placement_id = place(
            session,
            hr,
            Place(
                posting_id=posting_id,
                person_id=acme.person["leader"],
                starts_on=date(2026, 3, 1),
            ),
            now=now,
        )
        end_placement(session, hr, placement_id, EndPlacement(ended_on=date(2026, 11, 1)), now=now)


# The caseload.


def test_a_coach_without_leaders_reads_what_will_be_here(
    visit: Visit, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["other_coach"]).get("/caseload").text
    assert _heading(page) == "You coach nobody at the moment."
    assert "Your leaders will be listed here." in page


def test_who_needs_the_coach_comes_first_with_the_reason(
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
    engagement_id: int,
) -> None:
    _coach_everybody(database, acme, clock, "other_leader")
    _ended_assignment(database, acme, clock)
    clock.instant = clock.instant.replace(month=12, day=1)
    page = _words(visit(acme.actor["coach"]).get("/caseload").text)
    assert page.index("Amara Okafor") < page.index("Ben Li")
    assert "Amara Okafor first: session of 25 Nov not logged." in page
    assert "Session of 25 Nov not logged Debrief to hold: Supplier turnaround" in page


def test_each_leader_has_what_the_coach_does_next(
    visit: Visit, acme: SmallOrganisation, engagement_id: int
) -> None:
    page = visit(acme.actor["coach"]).get("/caseload").text
    assert f'href="/coaching/engagements/{encode(engagement_id)}/sessions/new"' in page
    assert f'href="/people/{encode(acme.person["leader"])}/growth"' in page


@pytest.mark.parametrize("n_leaders", [1, 3])
def test_the_caseload_asks_little(
    n_leaders: int,
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
) -> None:
    people = ("leader", "other_leader", "manager")[:n_leaders]
    _coach_everybody(database, acme, clock, *people)
    coach = visit(acme.actor["coach"])
    with counted(database.engine) as statements:
        page = coach.get("/caseload")
    assert page.text.count("Log a session") == n_leaders
    # Sign-in, two for the rail, three for the caseload, one each for 360 reports and debriefs.
    assert len(statements) == 2 + 2 + 3 + 1 + 1


@pytest.mark.parametrize("who", ["leader", "hr", "sponsor", "administrator"])
def test_the_caseload_is_for_coaches(who: str, visit: Visit, acme: SmallOrganisation) -> None:
    assert visit(acme.actor[who]).get("/caseload").status_code == 403


# Today.


def test_a_fresh_organisation_is_led_through_its_set_up(
    visit: Visit, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["hr"]).get("/today").text
    assert _heading(page) == "5 of 10 set-up steps are done; next: Add the courses you offer."
    assert _words(page).count("To do") == 5


def test_an_empty_organisation_begins_with_a_framework(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    with database.writing() as session:
        organisation_id = found_organisation(session, name="New", created_at=clock.now())
        person_id = add_person(
            session, AddPerson(external_id="1", email="a@new.example", first_name="Ann")
        )
        account_id = open_account(
            session,
            email="a@new.example",
            password=PASSWORD,
            roles=frozenset({Role.HR}),
            person_id=person_id,
            hasher=QUICK,
        )
    ann = replace(
        acme.actor["hr"],
        organisation_id=organisation_id,
        account_id=account_id,
        person_id=person_id,
    )
    visitor = visit(ann)
    assert _heading(visitor.get("/today").text) == (
        "1 of 10 set-up steps are done; next: Choose a competency framework."
    )
    assert _heading(visitor.get("/competency-map").text) == ("There is no framework to map yet.")


@pytest.mark.usefixtures("pathway", "engagement_id")
def test_what_waits_stands_with_the_page_where_it_is_done(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    _ended_assignment(database, acme, clock)
    page = visit(acme.actor["hr"]).get("/today").text
    words = _words(page)
    assert _heading(page) == (
        "5 things wait for you; first: 1 person has steps overdue on To lead others."
    )
    assert "Nothing develops 1 competency" in words
    assert "1 role that people have is described by nobody" in words
    assert "1 engagement has no agreement" in words
    assert "1 assignment ended without a proved outcome" in words
    assert "Setting up" in words


def test_the_set_up_steps_are_put_away_and_brought_back(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    gone = hr.post("/today/set-up/put-away", follow_redirects=True).text
    assert _heading(gone) == "Nothing waits for you today."
    assert "Setting up" not in _words(gone)
    assert "5 of 10 are done." in _words(gone)
    assert "Setting up" in visit(rival.actor["hr"]).get("/today").text
    back = hr.post("/today/set-up/get-back", follow_redirects=True).text
    assert _heading(back) == "5 of 10 set-up steps are done; next: Add the courses you offer."
    assert visit(acme.actor["coach"]).post("/today/set-up/put-away").status_code == 403


@pytest.mark.usefixtures("pathway", "engagement_id")
def test_with_everything_set_up_the_list_is_gone_and_little_is_asked(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    for number in (1, 3):
        with database.writing(acme.id) as session:
            create_cycle(
                session,
                acme.actor["hr"],
                NewCycle(
                    name=f"Cycle {number}",
                    opens_on=date(2026, 11, 2),
                    closes_on=date(2026, 12, 4),
                    questionnaire=BuildQuestionnaire(
                        framework_version_id=acme.framework_version_id,
                        competency_ids=tuple(acme.competency.values()),
                        plain_scale=True,
                    ),
                ),
                now=clock.now(),
            )
        with counted(database.engine) as statements:
            page = hr.get("/today")
        assert "Setting up" not in page.text
        assert len(page.data) < 60_000
        # Sign-in, rail, cycles, four for pathways, one for rules, one for pilots, one for gaps by
        # framework and one for all counts; no cycle is open.
        assert len(statements) == 2 + 1 + 1 + 4 + 1 + 1 + 1 + 1


@pytest.mark.usefixtures("pathway")
def test_needs_people_astray_and_stopped_files_wait_for_hr_each_with_its_action(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        [row] = enrolments_of(session, hr, [acme.person["leader"]])
        state_need(
            session,
            hr,
            StateNeed(enrolment_id=row.id, kind=NeedKind.TIME, words="x"),
            now=now,
        )
        write_rule(session, hr, row.pathway_id, WriteRule(job_profiles=("Director",)), now=now)
        session.execute(update(Enrolment).values(by_rule=True))
        run_id = begin(session, hr, ImportKind.PEOPLE, BytesIO(b"a"), name="x.csv", now=now)
        ask(session, kind=STORE, thing_id=run_id, due_at=now)
        session.execute(update(Job).where(Job.kind == STORE).values(state=JobState.FAILED))
    page = visit(acme.actor["hr"]).get("/today").text
    words = _words(page)
    assert "1 need of participants waits for somebody" in words
    assert "1 person matches the rule of To lead others no longer" in words
    assert "1 file stopped on the way in" in words
    assert "in the background gave up" not in words
    for address in ("/pathways/needs", "/rule", "/bring-in"):
        assert f'{address}">' in page
    with database.writing(acme.id) as session:
        forget(session, run_id)
    assert "stopped on the way in" not in visit(acme.actor["hr"]).get("/today").text


@pytest.mark.parametrize("address", ["/today", "/competency-map", "/today/undelivered"])
@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "administrator"])
def test_the_programme_is_for_hr(
    address: str, who: str, visit: Visit, acme: SmallOrganisation
) -> None:
    assert visit(acme.actor[who]).get(address).status_code == 403


def test_undelivered_mail_is_listed_with_the_reason(visit: Visit, acme: SmallOrganisation) -> None:
    page = visit(acme.actor["hr"]).get("/today/undelivered").text
    assert _heading(page) == "No address has to be corrected."


@pytest.mark.parametrize("tells_who_answered", [True, False])
def test_a_returned_invitation_is_listed_and_a_returned_reminder_is_not_even_counted(
    tells_who_answered: bool,
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
) -> None:
    hr = visit(acme.actor["hr"])
    with database.writing(acme.id) as session:
        running = opened(
            session, acme, clock.now(), settings={"tells_who_answered": tells_who_answered}
        )
        answered_by(session, running, ["leader", "manager"], clock.now())
        remind(session, acme.actor["hr"], running.id, now=clock.now(), delivery=delivery())
        assert _came_back(session, "Your view", "petra.kline@example.org") == 1
        silent = ("petra.kline@example.org", "paul.ode@example.org")
        assert _came_back(session, "Reminder", *silent) == 2
    page = hr.get("/today/undelivered").text
    assert _heading(page) == "1 message could not be delivered."
    assert [address for address in silent if address in page] == [silent[0]]
    assert "1 message could not be delivered" in _words(hr.get("/today").text)
    cycle = f"/feedback/cycles/{encode(running.id)}"
    assert "1 rater was not reached." in hr.get(f"{cycle}/mail").text


def _came_back(session: Session, about: str, *addresses: str) -> int:
    """Let the mails to these addresses whose subject begins so come back. Returns how many."""
    theirs = session.scalars(
        select(Message).where(Message.subject.startswith(about), Message.to_address.in_(addresses))
    ).all()
    for message in theirs:
        message.state, message.problem = MessageState.FAILED, "550 no such user"
    return len(theirs)


# The competency map.


def test_counts_open_to_names_and_levels(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        a_course(session, acme, clock.now(), code="X", title="Spreadsheets", levels={})
    page = visit(acme.actor["hr"]).get("/competency-map").text
    words = _words(page)
    assert _heading(page) == "Nothing develops 2 of 3 competencies."
    assert "Strategic thinking Business 1 Leading change level 3 – none – none – none" in words
    assert "Coaching others People Nothing develops this" in words
    assert f'href="/courses/{encode(course_id)}/change"' in page
    assert words.index("These develop nothing on the map") < words.index("Spreadsheets")


def test_another_organisations_framework_is_not_there(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    own = encode(acme.framework_version_id)
    assert hr.get(f"/competency-map?framework={own}").status_code == 200
    theirs = encode(rival.framework_version_id)
    for wrong in (theirs, "nonsense", "0" * 12):
        assert hr.get(f"/competency-map?framework={wrong}").status_code == 404


@pytest.mark.parametrize("n_courses", [1, 3])
def test_the_map_asks_little(
    n_courses: int,
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
) -> None:
    with database.writing(acme.id) as session:
        for number in range(n_courses):
            a_course(session, acme, clock.now(), code=f"C{number}", title=f"Course {number}")
    hr = visit(acme.actor["hr"])
    with counted(database.engine) as statements:
        page = hr.get("/competency-map")
    assert len(page.data) < 60_000
    # Sign-in, rail, frameworks, competencies, two for courses, openings, milestones, steps.
    assert len(statements) == 2 + 1 + 1 + 1 + 2 + 1 + 1 + 1


# The portfolio.


def test_a_sponsor_reads_what_was_agreed_and_what_is_asked(
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
    engagement_id: int,
    evidence: None,
) -> None:
    _ended_assignment(database, acme, clock)
    sponsor = visit(acme.actor["sponsor"])
    page = sponsor.get("/portfolio").text
    assert _heading(page) == "You sponsor Amara Okafor; 1 outcome waits for your word."
    assert "Nothing was agreed to be shown to you yet." in page
    assert "at target" not in page
    agree_on(database, acme, engagement_id, clock, SponsorSees.SESSION_COUNTS)
    words = _words(sponsor.get("/portfolio").text)
    assert "1 coaching session held" in words
    assert "at target" not in words
    agree_on(database, acme, engagement_id, clock, SponsorSees.LEVELS, SponsorSees.MILESTONES)
    words = _words(sponsor.get("/portfolio").text)
    assert "Amara is at target in 1 of 3 competencies;" in words
    assert "0 of 0 milestones met" in words
    assert "coaching session" not in words


@pytest.mark.parametrize("n_leaders", [1, 3])
def test_the_portfolio_asks_no_more_for_more_leaders(
    n_leaders: int,
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
) -> None:
    keys = ("leader", "other_leader", "manager")[:n_leaders]
    with database.writing(acme.id) as session:
        for key in keys[1:]:
            relate(
                session,
                kind=RelationshipKind.SPONSOR,
                holder_id=acme.person["sponsor"],
                person_id=acme.person[key],
                starts_on=date(2026, 1, 1),
            )
    _coach_everybody(database, acme, clock, *keys)
    with database.reading(acme.id) as session:
        running = [row.engagement.id for row in engagements(session, acme.actor["hr"])]
    for engagement_id in running:
        agree_on(database, acme, engagement_id, clock, SponsorSees.LEVELS, SponsorSees.PROGRESS)
    sponsor = visit(acme.actor["sponsor"])
    with counted(database.engine) as statements:
        page = sponsor.get("/portfolio")
    assert page.text.count("<h3>") == n_leaders
    # Sign-in, people with what they share of their journals, one for agreements, two for growth
    # without evidence, competencies with their scales, one for enrolments, and one for what is
    # asked.
    assert len(statements) == 2 + 1 + 1 + 2 + 1 + 1 + 1


def test_somebody_who_sponsors_nobody_reads_so(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        end_relation(
            session,
            kind=RelationshipKind.SPONSOR,
            person_id=acme.person["leader"],
            holder_id=acme.person["sponsor"],
            ended_on=clock.today(),
        )
    page = visit(acme.actor["sponsor"]).get("/portfolio").text
    assert _heading(page) == "You sponsor nobody at the moment."
