"""People come to a pathway by rule, in few statements; nobody twice, nobody thrown out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from ldtrack.audit.queries import about
from ldtrack.coaching import queries as coaching
from ldtrack.coaching.domain import OpenEngagement
from ldtrack.coaching.service import open_engagement
from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, RuleBroken
from ldtrack.core.ids import new_id
from ldtrack.db.session import Database
from ldtrack.growth.queries import rule_levels
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.models import Job
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import EndEnrolment, EnrolmentState, Preview, WriteRule
from ldtrack.pathways.models import Enrolment
from ldtrack.people.models import Person, Unit
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.growth.evidence import rated
from tests.integration.pathways.makers import Made, a_pathway, enrolled

TODAY = date(2026, 11, 20)
LEADERS = {"Amara Okafor", "Ben Li", "Maya Singh"}
LEADS = WriteRule(job_profiles=("Head of Operations",))


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> Made:
    with database.writing(acme.id) as session:
        return a_pathway(session, acme, clock.now())


def pathway_of(session: Session, acme: SmallOrganisation, made: Made) -> int:
    return queries.pathway(session, acme.actor["hr"], made.version_id).pathway_id


def write(
    database: Database, acme: SmallOrganisation, made: Made, command: WriteRule, now: datetime
) -> int:
    with database.writing(acme.id) as session:
        pathway_id = pathway_of(session, acme, made)
        service.write_rule(session, acme.actor["hr"], pathway_id, command, now=now)
    return pathway_id


def look(session: Session, acme: SmallOrganisation, pathway_id: int) -> Preview:
    hr = acme.actor["hr"]
    rule = queries.rule_of(session, hr, pathway_id)
    assert rule is not None
    return queries.preview_of(session, hr, rule, rule_levels(session, hr, rule.gaps, TODAY))


def carry_out(
    database: Database,
    acme: SmallOrganisation,
    pathway_id: int,
    now: datetime,
    expected: int | None = None,
) -> int:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        rule = queries.rule_of(session, hr, pathway_id)
        assert rule is not None
        levels = rule_levels(session, hr, rule.gaps, TODAY)
        return service.enrol_by_rule(
            session, hr, pathway_id, levels, starts_on=TODAY, now=now, expected=expected
        )


def names(database: Database, acme: SmallOrganisation, ids: list[int]) -> set[str]:
    with database.reading(acme.id) as session:
        rows = session.scalars(select(Person).where(Person.id.in_(ids)))
        return {f"{row.first_name} {row.last_name}" for row in rows}


def test_those_who_match_are_shown_with_reasons_before_anything_is_stored(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    hr = acme.actor["hr"]
    with database.reading(acme.id) as session:
        rule = service.checked_rule(session, hr, pathway_of(session, acme, made), LEADS)
        found = queries.preview_of(session, hr, rule, {})
    assert names(database, acme, [each.person_id for each in found.come]) == LEADERS
    assert {point.words for each in found.come for point in each.points} == {"Head of Operations"}
    with database.reading(acme.id) as session:
        assert queries.rule_of(session, hr, rule.pathway_id) is None
        assert session.scalar(select(func.count()).select_from(Enrolment)) == 0


@pytest.mark.parametrize("change", [{"job_profile": "Specialist"}, {"active": False}])
def test_who_was_brought_and_is_elsewhere_now_is_counted_and_no_other_tenants(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    made: Made,
    clock: SetClock,
    change: dict[str, object],
) -> None:
    hr = acme.actor["hr"]
    pathway_id = write(database, acme, made, LEADS, clock.now())
    carry_out(database, acme, pathway_id, clock.now())
    with database.writing(acme.id) as session:
        assert queries.astray(session, hr) == []
        session.execute(update(Person).where(Person.id == acme.person["leader"]).values(change))
        found = [(row.version_id, row.n_people) for row in queries.astray(session, hr)]
        assert found == [(made.version_id, 1)]
        assert queries.astray(session, acme.actor["leader"]) == []
    with database.reading(rival.id) as session, counted(database.engine) as statements:
        assert queries.astray(session, rival.actor["hr"]) == []
    assert len(statements) == 1


def test_who_moved_out_of_the_unit_of_the_rule_is_counted_and_who_is_below_it_is_not(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        own = session.scalars(select(Unit.id)).one()
        below, away = new_id(), new_id()
        for id_, name, parent in ((below, "Below", own), (away, "Away", None)):
            session.add(Unit(id=id_, name=name, parent_id=parent))
    rule = WriteRule(unit_id=own, job_profiles=LEADS.job_profiles)
    carry_out(database, acme, write(database, acme, made, rule, clock.now()), clock.now())
    for unit_id, n in ((below, []), (away, [1])):
        with database.writing(acme.id) as session:
            leader = Person.id == acme.person["leader"]
            session.execute(update(Person).where(leader).values(unit_id=unit_id))
            assert [row.n_people for row in queries.astray(session, hr)] == n


def test_carrying_it_out_enrols_them_once_into_the_cohort_with_role_profile_and_record(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    command = WriteRule(job_profiles=("Head of Operations",), into_cohort="Winter")
    pathway_id = write(database, acme, made, command, clock.now())
    assert carry_out(database, acme, pathway_id, clock.now(), expected=3) == 3
    assert carry_out(database, acme, pathway_id, clock.now(), expected=0) == 0
    hr, ben = acme.actor["hr"], acme.person["other_leader"]
    with database.reading(acme.id) as session:
        rows = queries.active_enrolments(session, hr)
        noted = about(session, ben, action="pathways.enrolment:write")
    assert {(row.cohort, row.enrolled_on, row.role_profile_id) for row in rows} == {
        ("Winter", TODAY, acme.role_profile_id)
    }
    assert [each.reason for each in noted] == ["By rule"]


def test_milestones_go_into_the_coaching_of_those_who_have_a_coach(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        open_engagement(
            session,
            acme.actor["hr"],
            OpenEngagement(
                coach_id=acme.person["coach"],
                person_id=acme.person["leader"],
                starts_on=date(2026, 9, 1),
                sessions_agreed=6,
            ),
            now=clock.now(),
        )
    carry_out(database, acme, write(database, acme, made, LEADS, clock.now()), clock.now())
    with database.reading(acme.id) as session:
        found = coaching.milestones_of(session, acme.actor["coach"], acme.person["leader"])
    assert [(row.title, row.step_id, row.due_on) for row in found] == [
        ("Coach a peer", made.milestone, date(2027, 2, 18))
    ]


def test_if_others_match_by_now_nothing_is_done(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    pathway_id = write(database, acme, made, LEADS, clock.now())
    with pytest.raises(Conflict):
        carry_out(database, acme, pathway_id, clock.now(), expected=2)
    with database.reading(acme.id) as session:
        assert queries.active_enrolments(session, acme.actor["hr"]) == []


def test_a_unit_counts_with_every_unit_below_even_in_a_ring(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        top = Unit(name="Commercial")
        session.add(top)
        session.flush()
        sales = Unit(name="Sales", parent_id=top.id)
        session.add(sales)
        session.flush()
        top.parent_id = sales.id
        session.execute(
            update(Person).where(Person.id == acme.person["peer_1"]).values(unit_id=sales.id)
        )
        session.execute(
            update(Person).where(Person.id == acme.person["peer_2"]).values(unit_id=top.id)
        )
    pathway_id = write(database, acme, made, WriteRule(unit_id=top.id), clock.now())
    with database.reading(acme.id) as session:
        found = look(session, acme, pathway_id)
    assert [point.words for each in found.come for point in each.points] == ["Sales", "Commercial"]
    assert names(database, acme, [each.person_id for each in found.come]) == {
        "Petra Kline",
        "Paul Ode",
    }


def test_only_those_known_to_be_short_of_a_level_come_unless_the_rule_says_so(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    coaching_others, now = acme.competency["coaching-others"], clock.now()
    with database.writing(acme.id) as session:
        rated(session, acme, "coaching-others", 1.5, date(2026, 11, 1), now, source_id=1, noise=0.1)
        rated(
            session,
            acme,
            "coaching-others",
            4.8,
            date(2026, 11, 1),
            now,
            source_id=2,
            noise=0.1,
            whom="other_leader",
        )
    command = WriteRule(job_profiles=("Head of Operations",), gaps={coaching_others: 3})
    pathway_id = write(database, acme, made, command, now)
    with database.reading(acme.id) as session:
        [found] = look(session, acme, pathway_id).come
    assert found.person_id == acme.person["leader"]
    assert [point.words for point in found.points] == [
        "Head of Operations",
        "Coaching others: 1.6, level 3 not yet",
    ]
    too = WriteRule(
        job_profiles=("Head of Operations",), gaps={coaching_others: 3}, unassessed_too=True
    )
    write(database, acme, made, too, now)
    with database.reading(acme.id) as session:
        come = [each.person_id for each in look(session, acme, pathway_id).come]
    assert names(database, acme, come) == {"Amara Okafor", "Maya Singh"}


def test_people_of_a_cohort_of_another_pathway_come(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        other = a_pathway(session, acme, clock.now(), title="Before", code="LC-1")
        enrolled(session, acme, other, clock.now(), cohort="Autumn")
        [cohort] = queries.cohorts(session)
    pathway_id = write(database, acme, made, WriteRule(cohort_id=cohort.id), clock.now())
    with database.reading(acme.id) as session:
        come = [each.person_id for each in look(session, acme, pathway_id).come]
    assert come == [acme.person["leader"]]


def test_who_no_longer_matches_is_listed_and_stays_until_somebody_says_so(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    pathway_id = write(database, acme, made, LEADS, now)
    with database.writing(acme.id) as session:
        by_hand = enrolled(session, acme, made, now, who="peer_1")
    carry_out(database, acme, pathway_id, now)
    with database.writing(acme.id) as session:
        changed = [acme.person["other_leader"], acme.person["manager"]]
        session.execute(
            update(Person).where(Person.id.in_(changed)).values(job_profile="Specialist")
        )
    carry_out(database, acme, pathway_id, now)
    with database.writing(acme.id) as session:
        found = look(session, acme, pathway_id)
        assert {each.person_id for each in found.go} == set(changed)
        assert (found.n_stay, found.n_others) == (1, 1)
        [maya] = [each for each in found.go if each.person_id == acme.person["manager"]]
        assert maya.before is not None
        service.keep_on(session, hr, maya.before.enrolment_id, now=now)
    with pytest.raises(Conflict), database.writing(acme.id) as session:
        service.end_by_rule(session, hr, pathway_id, {}, expected=2, now=now)
    with database.writing(acme.id) as session:
        assert service.end_by_rule(session, hr, pathway_id, {}, expected=1, now=now) == 1
    with database.reading(acme.id) as session:
        left = session.scalars(
            select(Enrolment.person_id).where(Enrolment.state == EnrolmentState.LEFT)
        ).all()
        noted = about(session, acme.person["other_leader"], action="pathways.enrolment:write")
        assert queries.enrolment(session, hr, by_hand).state is EnrolmentState.ACTIVE
    assert left == [acme.person["other_leader"]]
    assert {each.reason for each in noted} == {"By rule", "Left: the rule no longer matches"}


def test_who_was_on_it_before_is_not_put_on_it_again_by_rule(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        done = EndEnrolment(state=EnrolmentState.COMPLETED, ended_on=date(2026, 11, 1))
        service.end_enrolment(session, hr, enrolled(session, acme, made, now), done, now=now)
    pathway_id = write(database, acme, made, LEADS, now)
    assert carry_out(database, acme, pathway_id, now) == 2
    with database.reading(acme.id) as session:
        assert [each.person_id for each in look(session, acme, pathway_id).again] == [
            acme.person["leader"]
        ]


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (WriteRule(), ""),
        (WriteRule(unit_id=1), "unit_id"),
        (WriteRule(cohort_id=1), "cohort_id"),
        (WriteRule(gaps={1: 3}), "competency_1"),
    ],
)
def test_a_rule_for_everybody_or_for_nothing_known_is_refused(
    database: Database,
    acme: SmallOrganisation,
    made: Made,
    clock: SetClock,
    command: WriteRule,
    field: str,
) -> None:
    with pytest.raises(RuleBroken) as refused:
        write(database, acme, made, command, clock.now())
    assert refused.value.field == field


def test_only_hr_writes_and_carries_out_rules(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    pathway_id = write(database, acme, made, LEADS, clock.now())
    for key in ("leader", "coach", "manager", "administrator"):
        actor = acme.actor[key]
        with database.reading(acme.id) as session:
            assert queries.rule_of(session, actor, pathway_id) is None
        with pytest.raises(NotAllowed), database.writing(acme.id) as session:
            service.write_rule(session, actor, pathway_id, LEADS, now=clock.now())
        with pytest.raises(NotAllowed), database.writing(acme.id) as session:
            service.enrol_by_rule(session, actor, pathway_id, {}, starts_on=TODAY, now=clock.now())


def test_every_night_joiners_come_by_themselves_until_it_is_switched_off(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock, tmp_path: Path
) -> None:
    hr = acme.actor["hr"]
    shop = Workshop(
        settings=Settings(instance=tmp_path, secret_key="for tests", rater_key="for tests"),
        database=database,
        clock=clock,
    )
    pathway_id = write(database, acme, made, LEADS, clock.now())
    with database.writing(acme.id) as session:
        service.run_daily(session, hr, pathway_id, on=True, now=clock.now())
    assert work_off(shop, KINDS) == 0
    clock.instant = datetime(2026, 11, 21, 4, 1, tzinfo=UTC)
    assert work_off(shop, KINDS) == 1
    with database.writing(acme.id) as session:
        assert len(queries.active_enrolments(session, hr)) == 3
        session.execute(
            update(Person)
            .where(Person.id == acme.person["peer_1"])
            .values(job_profile="Head of Operations")
        )
    clock.instant = datetime(2026, 11, 22, 4, 1, tzinfo=UTC)
    assert work_off(shop, KINDS) == 1
    with database.writing(acme.id) as session:
        rows = queries.active_enrolments(session, hr)
        assert len(rows) == 4
        assert rows[-1].enrolled_on == date(2026, 11, 22)
        service.run_daily(session, hr, pathway_id, on=False, now=clock.now())
    clock.instant = datetime(2026, 11, 23, 4, 1, tzinfo=UTC)
    assert work_off(shop, KINDS) == 1
    with database.reading(acme.id) as session:
        states = session.scalars(select(Job.state)).all()
    assert JobState.WAITING not in states


@pytest.mark.parametrize("n_more", [1, 300])
def test_statements_do_not_grow_with_the_people(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock, n_more: int
) -> None:
    with database.writing(acme.id) as session:
        session.execute(
            insert(Person),
            [
                {
                    "id": new_id(),
                    "organisation_id": acme.id,
                    "external_id": f"X{number}",
                    "email": f"x{number}@example.org",
                    "first_name": "X",
                    "last_name": str(number),
                    "job_profile": "Head of Operations",
                }
                for number in range(n_more)
            ],
        )
    pathway_id = write(database, acme, made, LEADS, clock.now())
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        assert len(look(session, acme, pathway_id).come) == 3 + n_more
    assert len(statements) == 3
    with counted(database.engine) as statements:
        assert carry_out(database, acme, pathway_id, clock.now()) == 3 + n_more
    assert len(statements) <= 20
