"""Short answers that pages need in passing say the same as the long ones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import relate
from ldtrack.assignments.queries import waiting
from ldtrack.coaching import service as coaching
from ldtrack.coaching.domain import (
    Agree,
    LogSession,
    NewAction,
    OpenEngagement,
    SetMilestone,
    SponsorSees,
)
from ldtrack.coaching.queries import ahead_of, attention, sponsor_sees, sponsored
from ldtrack.competencies.queries import figures as competencies
from ldtrack.core.clock import SetClock
from ldtrack.courses.queries import figures as courses
from ldtrack.courses.queries import waiting as waiting_courses
from ldtrack.dashboards.queries import figures
from ldtrack.db.session import Database
from ldtrack.feedback.queries import moderation
from ldtrack.growth.queries import growth_of, growth_of_people
from ldtrack.outbox import queries as outbox
from ldtrack.outbox.service import post
from ldtrack.pathways.domain import EnrolmentState, Waive
from ldtrack.pathways.queries import (
    active_enrolments,
    ahead_on,
    enrolment_of,
    on_the_way,
    progress_of,
    progress_on,
)
from ldtrack.pathways.queries import figures as pathways
from ldtrack.pathways.service import waive
from ldtrack.people.queries import figures as people
from tests.infrastructure.milestones import agreed_milestone
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.courses.makers import a_course
from tests.integration.growth.evidence import met, rated
from tests.integration.pathways.makers import a_pathway, enrolled

TODAY = date(2026, 11, 20)


def _open(
    database: Database, acme: SmallOrganisation, clock: SetClock, starts_on: date, whom: str
) -> int:
    with database.writing(acme.id) as session:
        return coaching.open_engagement(
            session,
            acme.actor["hr"],
            OpenEngagement(
                coach_id=acme.person["coach"],
                person_id=acme.person[whom],
                starts_on=starts_on,
                sessions_agreed=6,
                first_on=starts_on + timedelta(days=7),
            ),
            now=clock.now(),
        )


def test_counts_are_those_of_the_own_organisation(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    _open(database, acme, clock, date(2026, 9, 1), "leader")
    _open(database, rival, clock, date(2026, 9, 1), "leader")
    _open(database, rival, clock, date(2026, 11, 1), "other_leader")
    with database.writing(rival.id) as session:
        post(session, to_address="a@b.example", subject="x", body="y", due_at=clock.now())
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        found = figures(session, acme.actor["hr"], TODAY)
    assert found == {
        waiting_courses.CERTIFICATES: 0,
        waiting_courses.ENDING: 0,
        waiting_courses.PARKED: 0,
        attention.ACCREDITATIONS: 0,
        attention.RUNNING: 1,
        attention.WITHOUT_AGREEMENT: 1,
        attention.SILENT: 1,
        waiting.APPLICATIONS: 0,
        waiting.PROPOSALS: 0,
        waiting.WITHOUT_PROOF: 0,
        outbox.UNDELIVERED: 0,
        outbox.GIVEN_UP: 0,
        outbox.STOPPED_FILES: 0,
        attention.UNLOGGED: 1,
        moderation.TO_READ: 0,
        competencies.PUBLISHED: 1,
        competencies.ROLE_PROFILES: 1,
        competencies.UNDESCRIBED: 1,
        people.PEOPLE: 15,
        people.COACHES: 2,
        people.LEADERS: 3,
        people.PUT_AWAY: 0,
        courses.ON_OFFER: 0,
        pathways.PUBLISHED: 0,
        pathways.ENROLLED: 0,
        pathways.OPEN_NEEDS: 0,
    }
    assert len(statements) == 1


def test_what_nothing_develops_is_missed_only_in_a_framework_that_is_worked_with(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(rival.id) as session:
        a_course(session, rival, clock.now(), levels={"coaching-others": 2})
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now(), levels={"strategic-thinking": 3})
    with database.reading(acme.id) as session:
        found = figures(session, acme.actor["hr"], TODAY)
    assert list(competencies.undeveloped(found).values()) == [2]
    assert found[courses.ON_OFFER] == 1


def test_a_planned_session_is_missed_until_a_later_one_is_logged(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    engagement_id = _open(database, acme, clock, date(2026, 11, 1), "leader")
    found = []
    for days, next_in in ((8, 3), (4, 9)):
        with database.writing(acme.id) as session:
            coaching.log_session(
                session,
                acme.actor["coach"],
                engagement_id,
                LogSession(
                    held_on=TODAY - timedelta(days=days),
                    minutes=60,
                    unsigned_reason="It could not wait",
                    next_on=TODAY - timedelta(days=days - next_in),
                ),
                now=clock.now(),
            )
        with database.reading(acme.id) as session:
            found.append(figures(session, acme.actor["hr"], TODAY)[attention.UNLOGGED])
    assert found == [1, 0]


def test_a_session_within_sixty_days_is_not_silence(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    engagement_id = _open(database, acme, clock, date(2026, 8, 1), "leader")
    with database.writing(acme.id) as session:
        coaching.log_session(
            session,
            acme.actor["coach"],
            engagement_id,
            LogSession(
                held_on=TODAY - timedelta(days=60), minutes=60, unsigned_reason="It could not wait"
            ),
            now=clock.now(),
        )
    with database.reading(acme.id) as session:
        assert figures(session, acme.actor["hr"], TODAY)[attention.SILENT] == 0


def test_a_leader_reads_the_next_session_and_what_they_promised(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    engagement_id = _open(database, acme, clock, date(2026, 9, 1), "leader")
    leader = acme.actor["leader"]
    with database.reading(acme.id) as session:
        before = ahead_of(session, leader, acme.person["leader"])
    assert (before.next_on, before.actions) == (date(2026, 9, 8), ())
    with database.writing(acme.id) as session:
        coaching.log_session(
            session,
            acme.actor["coach"],
            engagement_id,
            LogSession(
                held_on=date(2026, 11, 2),
                minutes=60,
                unsigned_reason="It could not wait",
                next_on=date(2026, 11, 25),
                new_actions=(
                    NewAction(owner_id=acme.person["leader"], text="Later"),
                    NewAction(
                        owner_id=acme.person["leader"], text="First", due_on=date(2026, 11, 24)
                    ),
                    NewAction(owner_id=acme.person["coach"], text="The coach's own"),
                ),
            ),
            now=clock.now(),
        )
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        after = ahead_of(session, leader, acme.person["leader"])
        nobody = ahead_of(session, acme.actor["hr"], acme.person["leader"])
    assert after.next_on == date(2026, 11, 25)
    assert [action.text for action in after.actions] == ["First", "Later"]
    assert (nobody.next_on, nobody.actions) == (None, ())
    assert len(statements) == 2


def test_what_several_leaders_agreed_is_what_each_of_them_agreed(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    people = [acme.person[key] for key in ("leader", "other_leader", "manager")]
    first = _open(database, acme, clock, date(2026, 9, 1), "leader")
    _open(database, acme, clock, date(2026, 9, 1), "other_leader")
    now = clock.now()
    with database.writing(acme.id) as session:
        coaching.agree(
            session,
            acme.actor["hr"],
            first,
            Agree(
                agreed_on=date(2026, 9, 2),
                purpose="Lead by asking",
                sponsor_sees=frozenset({SponsorSees.MILESTONES, SponsorSees.SESSION_COUNTS}),
            ),
            now=now,
        )
        for number in (1, 2):
            agreed_milestone(
                session,
                acme.actor["coach"],
                acme.actor["leader"],
                SetMilestone(
                    person_id=acme.person["leader"],
                    competency_id=acme.competency["coaching-others"],
                    title=f"Milestone {number}",
                    level=3,
                ),
                now=now,
            )
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        found = sponsored(session, people, sponsor_id=acme.person["sponsor"])
    with database.reading(acme.id) as session:
        each = {person_id: sponsor_sees(session, person_id) for person_id in people}
    assert {person_id: row.sees for person_id, row in found.items()} == each
    assert [(found[who].n_sessions, found[who].milestones) for who in people] == [
        (0, (0, 2)),
        (None, None),
        (None, None),
    ]
    assert len(statements) == 1


@pytest.mark.parametrize("n_people", [1, 3])
def test_growth_of_several_is_that_of_each(
    n_people: int, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    keys = ["leader", "other_leader", "manager"][:n_people]
    with database.writing(acme.id) as session:
        for number, key in enumerate(keys):
            rated(
                session,
                acme,
                "coaching-others",
                3.0 + number / 2,
                date(2026, 3, 1),
                now,
                source_id=number + 1,
                whom=key,
            )
    hr = acme.actor["hr"]
    people = {acme.person[key]: "Head of Operations" for key in keys}
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        found = growth_of_people(session, hr, people, as_of=TODAY)
    with database.reading(acme.id) as session:
        each = {
            person_id: growth_of(session, hr, person_id, job_profile=job, as_of=TODAY)
            for person_id, job in people.items()
        }
    levels = {
        person_id: [one.standing for one in growth.competencies]
        for person_id, growth in found.items()
    }
    assert levels == {
        person_id: [one.standing for one in growth.competencies]
        for person_id, growth in each.items()
    }
    assert len(statements) == 3


def test_growth_of_several_leaves_out_whom_the_actor_may_not_see(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, other = acme.person["leader"], acme.person["other_leader"]
    with database.writing(acme.id) as session:
        met(session, acme, "coaching-others", 3, date(2026, 3, 1), clock.now(), source_id=1)
        relate(
            session,
            kind=RelationshipKind.SPONSOR,
            holder_id=acme.person["sponsor"],
            person_id=other,
            starts_on=date(2026, 1, 1),
        )
    people = {leader: "Head of Operations", other: "Head of Operations"}
    with database.reading(acme.id) as session:
        sponsor = acme.actor["sponsor"]
        assert growth_of_people(session, sponsor, people, as_of=TODAY) == {}
        seen = growth_of_people(session, sponsor, people, as_of=TODAY, agreed={leader})
    assert [growth.n_assessed for growth in seen.values()] == [1]
    assert set(seen) == {leader}


def test_what_lies_ahead_is_what_progress_says(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        made = a_pathway(session, acme, now)
        enrolment_id = enrolled(session, acme, made, now)
        waive(
            session,
            acme.actor["hr"],
            enrolment_id,
            Waive(step_id=made.course, reason="Taught it for years"),
            now=now,
        )
    leader = acme.actor["leader"]
    for today in (TODAY, TODAY + timedelta(days=200)):
        with database.reading(acme.id) as session, counted(database.engine) as statements:
            short = ahead_on(session, leader, acme.person["leader"], today)
        with database.reading(acme.id) as session:
            long = progress_of(session, leader, enrolment_id, today)
        assert short is not None
        assert len(statements) == 2
        assert [
            (each.step.id, each.state, each.due_on, each.is_late, each.after)
            for each in short.steps
        ] == [
            (each.step.id, each.state, each.due_on, each.is_late, each.after) for each in long.steps
        ]
        assert [stage.stage.title for stage in short.stages] == ["Foundations", "In the open"]
        assert short.enrolment == long.enrolment


def test_nothing_lies_ahead_without_a_pathway(database: Database, acme: SmallOrganisation) -> None:
    with database.reading(acme.id) as session:
        assert ahead_on(session, acme.actor["leader"], acme.person["leader"], TODAY) is None


def test_who_is_late_is_who_progress_says_is_late(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        made = a_pathway(session, acme, now)
        enrolled(session, acme, made, now)
        enrolled(session, acme, made, now, who="other_leader")
        a_course(session, acme, now, code="OTHER", title="Another course")
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        glance = on_the_way(session, hr, TODAY)
    with database.reading(acme.id) as session:
        rows = active_enrolments(session, hr)
        late = [p for p in progress_on(session, rows, TODAY) if p.n_late]
    assert (glance.n_people, len(rows)) == (2, 2)
    assert [(row.title, row.n_people) for row in glance.late] == [("To lead others", len(late))]
    assert len(statements) == 4
    with database.reading(acme.id) as session:
        row = enrolment_of(session, hr, acme.person["leader"])
    assert row is not None
    assert row.state is EnrolmentState.ACTIVE
