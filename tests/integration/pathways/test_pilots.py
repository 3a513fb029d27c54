"""Some try a version first; it is looked back on before the next is for all."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import (
    BeginPilot,
    Enrol,
    ReviewPilot,
    StepKind,
    WriteCall,
    WriteRule,
    WriteStep,
)
from ldtrack.pathways.pages.pilots import differences_page
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.pathways.makers import Made, a_pathway, enrolled

TODAY = date(2026, 11, 20)
PILOT = BeginPilot(cohort="First", aim="Whether nine months are enough", ends_on=date(2027, 5, 1))


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> Made:
    with database.writing(acme.id) as session:
        made = a_pathway(session, acme, clock.now())
        service.begin_pilot(session, acme.actor["hr"], made.version_id, PILOT, now=clock.now())
    return made


def review(session: Session, acme: SmallOrganisation, made: Made, clock: SetClock) -> None:
    looked = ReviewPilot(
        worked="Meeting every month",
        changes="Another title for the project",
        decided_by=acme.person["sponsor"],
        reviewed_on=TODAY,
    )
    service.review_pilot(session, acme.actor["hr"], made.version_id, looked, now=clock.now())


def test_a_pilot_takes_its_cohort_alone_however_people_come(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    only = "This version is a pilot for “First”"
    with database.writing(acme.id) as session:
        pathway_id = queries.pathway(session, hr, made.version_id).pathway_id
        for cohort in ("", "Second"):
            with pytest.raises(RuleBroken, match=only):
                enrolled(session, acme, made, now, cohort=cohort)
        rule = WriteRule(job_profiles=("Head of Operations",), into_cohort="Second")
        service.write_rule(session, hr, pathway_id, rule, now=now)
        with pytest.raises(RuleBroken, match=only):
            service.enrol_by_rule(session, hr, pathway_id, {}, starts_on=TODAY, now=now)
        assert not service.is_open_to(session, pathway_id, "Second")
        call = WriteCall(story="Come", targeted=False, opens_on=TODAY)
        call_id = service.write_call(session, hr, pathway_id, call, now=now)
        service.say_interested(session, acme.actor["leader"], call_id, "", {}, now=now)
        people = [acme.person["leader"]]
        with pytest.raises(RuleBroken, match=only):
            service.enrol_interested(
                session, hr, call_id, people, starts_on=TODAY, cohort="", now=now
            )
        assert (
            service.enrol_interested(
                session, hr, call_id, people, starts_on=TODAY, cohort="First", now=now
            )
            == 1
        )
        assert service.is_open_to(session, pathway_id, "First")
        review(session, acme, made, clock)
        assert enrolled(session, acme, made, now, who="manager")


def test_the_next_version_waits_for_the_review_and_lists_what_is_different(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        first = enrolled(session, acme, made, now, cohort="First")
        with pytest.raises(Conflict, match="Look back on the pilot first"):
            service.roll_out(session, hr, made.version_id)
        early = service.start_new_version(session, hr, made.version_id)
        with pytest.raises(RuleBroken, match="Look back on the pilot first"):
            service.publish(session, hr, early)
        review(session, acme, made, clock)
        draft_id = service.roll_out(session, hr, made.version_id)
        assert draft_id == early
        assert differences_page(session, hr, draft_id).lines == []
        plan = queries.pathway(session, hr, draft_id)
        project = plan.stages[1].steps[0]
        changed = WriteStep(
            kind=StepKind.ASSIGNMENT,
            title="Lead a change",
            competency_id=project.competency_id,
            due_days=200,
            requires=project.requires,
        )
        service.change_step(session, hr, project.id, changed)
        service.remove_step(session, hr, plan.stages[1].steps[1].id)
        own = WriteStep(kind=StepKind.REFLECTION, title="What it left")
        service.add_step(session, hr, plan.stages[1].id, own)
        lines = differences_page(session, hr, draft_id).lines
        assert [(line.title, line.field, line.before, line.now) for line in lines] == [
            ("Lead a project", "Title", "Lead a project", "Lead a change"),
            ("Lead a project", "Due", "any day", "200 days after enrolment"),
            ("What it left", "", "Not there", "What it left"),
            ("Ask around", "", "Ask around", "Not there"),
        ]
        service.publish(session, hr, draft_id)
        assert queries.enrolment(session, hr, first).version_id == made.version_id
        service.move_people(session, hr, draft_id, [first], now=now)
        assert queries.enrolment(session, hr, first).version_id == draft_id
        command = Enrol(version_id=draft_id, person_id=acme.person["manager"], enrolled_on=TODAY)
        assert service.enrol(session, hr, command, now=now)


def test_a_review_says_who_decided_and_is_recorded_once(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        review(session, acme, made, clock)
        row = queries.pilot_of(session, hr, made.version_id)
        assert row is not None
        assert (row.worked, row.changes, row.decided_by, row.reviewed_on, row.runs) == (
            "Meeting every month",
            "Another title for the project",
            "Sofia Berg",
            TODAY,
            False,
        )
        with pytest.raises(Conflict, match="looked back on already"):
            review(session, acme, made, clock)
        with pytest.raises(Conflict, match="looked back on already"):
            service.begin_pilot(session, hr, made.version_id, PILOT, now=now)


def test_what_cannot_be_is_refused(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    past = BeginPilot(cohort="First", aim="x", ends_on=date(2026, 11, 19))
    with database.writing(acme.id) as session:
        with pytest.raises(RuleBroken, match="not past"):
            service.begin_pilot(session, hr, made.version_id, past, now=now)
        draft_id = service.start_new_version(session, hr, made.version_id)
        with pytest.raises(Conflict, match="Only a published version"):
            service.begin_pilot(session, hr, draft_id, PILOT, now=now)
        service.end_pilot(session, hr, made.version_id, now=now)
        assert queries.pilot_of(session, hr, made.version_id) is None
        with pytest.raises(NotVisible):
            service.end_pilot(session, hr, made.version_id, now=now)
        for key in set(acme.actor) - {"hr"}:
            assert queries.pilot_of(session, acme.actor[key], made.version_id) is None
            with pytest.raises(NotAllowed):
                service.begin_pilot(session, acme.actor[key], made.version_id, PILOT, now=now)
