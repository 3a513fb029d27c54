"""Pathways that nobody new comes to, opened again, and drafts that are thrown away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, RuleBroken
from ldtrack.db.session import Database
from ldtrack.growth.queries import rule_levels
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import (
    ClosePathway,
    ClosingRow,
    CreatePathway,
    EnrolmentState,
    VersionState,
    WriteCall,
    WriteRule,
)
from ldtrack.pathways.models import Pathway, PathwayClosing, ProgrammeOrigin
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.pathways.makers import Made, a_pathway, enrolled

ENDED = ClosePathway(reason="Nobody came.", learnt="Ask leaders first.")


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> Made:
    with database.writing(acme.id) as session:
        return a_pathway(session, acme, clock.now())


def pathway_of(database: Database, acme: SmallOrganisation, made: Made) -> int:
    with database.reading(acme.id) as session:
        return queries.cover(session, acme.actor["hr"], made.version_id).pathway_id


def closed(database: Database, acme: SmallOrganisation, made: Made, clock: SetClock) -> None:
    with database.writing(acme.id) as session:
        service.close_pathway(session, acme.actor["hr"], made.version_id, ENDED, now=clock.now())


def test_nobody_new_comes_to_a_closed_pathway_and_whoever_is_on_it_goes_on(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        enrolment_id = enrolled(session, acme, made, now)
    closed(database, acme, made, clock)
    with pytest.raises(RuleBroken), database.writing(acme.id) as session:
        enrolled(session, acme, made, now, who="other_leader")
    with database.reading(acme.id) as session:
        row = queries.enrolment(session, hr, enrolment_id)
        [listed] = queries.catalogue(session, hr)
        progress = queries.progress_of(session, hr, enrolment_id, now.date())
    assert row.state is EnrolmentState.ACTIVE
    assert listed.closed_on == now.date()
    assert progress.n_late == 1


def test_closing_stops_the_rule_and_ends_the_invitations(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    today, pathway_id = now.date(), pathway_of(database, acme, made)
    later = today + timedelta(days=30)
    with database.writing(acme.id) as session:
        rule = WriteRule(job_profiles=("Head of Operations",))
        service.write_rule(session, hr, pathway_id, rule, now=now)
        service.run_daily(session, hr, pathway_id, on=True, now=now)
        for opens_on, closes_on in ((today, None), (later, later), (today, today)):
            call = WriteCall(story="Come.", targeted=False, opens_on=opens_on, closes_on=closes_on)
            service.write_call(session, hr, pathway_id, call, now=now)
    with database.reading(acme.id) as session:
        ends = queries.what_ends(session, hr, pathway_id, today)
    assert (ends.has_rule, ends.n_invitations, ends.n_active, ends.n_waiting) == (True, 3, 0, 0)
    closed(database, acme, made, clock)
    with database.writing(acme.id) as session:
        kept = queries.rule_of(session, hr, pathway_id)
        assert not service.ask_for_next_night(session, pathway_id, now)
        days = {
            (row.call.opens_on, row.call.closes_on)
            for row in queries.calls_of(session, hr, pathway_id)
        }
        calls = queries.calls_for(session, acme.actor["leader"], today)
    assert kept is not None
    assert (kept.runs_daily, kept.job_profiles) == (False, ("Head of Operations",))
    assert days == {(today, today)}
    assert calls == []
    with database.reading(acme.id) as session:
        levels = rule_levels(session, hr, (), today)
    with pytest.raises(RuleBroken), database.writing(acme.id) as session:
        service.enrol_by_rule(session, hr, pathway_id, levels, starts_on=today, now=now)


def test_a_pathway_that_is_opened_again_takes_people_and_keeps_what_was_learnt(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    closed(database, acme, made, clock)
    with database.writing(acme.id) as session:
        again = service.reopen_pathway(session, hr, made.version_id, now=now)
        enrolled(session, acme, made, now)
    with database.reading(acme.id) as session:
        rows, total = queries.closings(session, hr)
        none = queries.closing_of(session, hr, rows[0].pathway_id)
    assert again == made.version_id
    assert none is None
    assert (rows, total) == (
        [
            ClosingRow(
                pathway_id=rows[0].pathway_id,
                version_id=made.version_id,
                title="To lead others",
                closed_on=now.date(),
                reopened_on=now.date(),
                reason="Nobody came.",
                learnt="Ask leaders first.",
                n_active=1,
            )
        ],
        1,
    )


def test_of_several_versions_the_last_that_was_published_takes_people_again(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        second = service.start_new_version(session, hr, made.version_id)
        service.publish(session, hr, second)
        third = service.start_new_version(session, hr, second)
        service.close_pathway(session, hr, second, ENDED, now=now)
        with pytest.raises(Conflict, match="Open it again first"):
            service.publish(session, hr, third)
        assert service.reopen_pathway(session, hr, made.version_id, now=now) == second
        pathway_id = queries.cover(session, hr, second).pathway_id
        states = [row.state for row in queries.versions_of(session, hr, pathway_id)]
    assert states == [VersionState.DRAFT, VersionState.PUBLISHED, VersionState.RETIRED]


@pytest.mark.parametrize(
    ("search", "n"), [("ask LEADERS", 1), ("nobody", 1), ("to lead", 1), ("%", 0), ("pay", 0)]
)
def test_what_was_learnt_is_found_by_its_words(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock, search: str, n: int
) -> None:
    closed(database, acme, made, clock)
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        rows, total = queries.closings(session, acme.actor["hr"], search=search)
    assert (len(rows), total, len(statements)) == (n, n, 2)


def test_closing_twice_opening_twice_and_closing_a_draft_are_refused(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        draft = service.start_new_version(session, hr, made.version_id)
        with pytest.raises(Conflict, match="Only a pathway that takes people can be closed"):
            service.close_pathway(session, hr, draft, ENDED, now=now)
        with pytest.raises(Conflict, match="This pathway is not closed"):
            service.reopen_pathway(session, hr, draft, now=now)
        service.close_pathway(session, hr, made.version_id, ENDED, now=now)
        with pytest.raises(Conflict, match="This pathway is closed already"):
            service.close_pathway(session, hr, made.version_id, ENDED, now=now)


def test_a_pathway_is_closed_once_at_a_time(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    closed(database, acme, made, clock)
    again = PathwayClosing(
        pathway_id=pathway_of(database, acme, made),
        closed_on=clock.today(),
        reason="Twice.",
        learnt="Nothing.",
    )
    with pytest.raises(IntegrityError), database.writing(acme.id) as session:
        session.add(again)


def test_only_hr_closes_opens_and_throws_away(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    now = clock.now()
    for who in ("leader", "coach", "sponsor"):
        actor = acme.actor[who]
        with database.writing(acme.id) as session:
            draft = service.start_new_version(session, acme.actor["hr"], made.version_id)
            with pytest.raises(NotAllowed):
                service.close_pathway(session, actor, made.version_id, ENDED, now=now)
            with pytest.raises(NotAllowed):
                service.drop_draft(session, actor, draft, now=now)
            with pytest.raises(NotAllowed):
                service.reopen_pathway(session, actor, made.version_id, now=now)
            assert queries.closings(session, actor) == ([], 0)


def test_who_closed_and_why_is_in_the_audit(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    closed(database, acme, made, clock)
    with database.writing(acme.id) as session:
        service.reopen_pathway(session, hr, made.version_id, now=now)
        draft = service.start_new_version(session, hr, made.version_id)
        service.drop_draft(session, hr, draft, now=now)
    with database.reading(acme.id) as session:
        said = session.scalars(
            select(AuditEvent.reason).where(AuditEvent.thing.in_(["pathway", "pathway_version"]))
        ).all()
    assert sorted(said) == [
        "Closed: Nobody came.",
        "Draft thrown away: To lead others, version 2",
        "Opened again",
    ]


def test_a_draft_goes_and_the_version_that_people_are_on_stays(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        enrolment_id = enrolled(session, acme, made, now)
        draft = service.start_new_version(session, hr, made.version_id)
        assert not service.drop_draft(session, hr, draft, now=now)
    with database.writing(acme.id) as session:
        row = queries.enrolment(session, hr, enrolment_id)
        plan = queries.pathway(session, hr, made.version_id)
        again = queries.cover(session, hr, service.start_new_version(session, hr, row.version_id))
    assert (row.version_id, len(plan.steps), again.number) == (made.version_id, 5, 2)


def test_a_pathway_that_is_nothing_but_a_draft_goes_with_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    about = CreatePathway(title="Oops", framework_version_id=acme.framework_version_id)
    with database.writing(acme.id) as session:
        draft = service.create_pathway(session, hr, about)
        assert service.drop_draft(session, hr, draft, now=now)
    with database.reading(acme.id) as session:
        assert session.scalar(select(func.count(Pathway.id))) == 0


def test_a_published_version_is_not_thrown_away(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    with pytest.raises(Conflict), database.writing(acme.id) as session:
        service.drop_draft(session, acme.actor["hr"], made.version_id, now=clock.now())


def test_a_draft_of_what_came_from_elsewhere_stays_unless_it_is_all_there_is(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()

    def came(pathway_id: int) -> ProgrammeOrigin:
        return ProgrammeOrigin(
            pathway_id=pathway_id,
            identifier=str(pathway_id),
            edition=1,
            came_on=date(2026, 11, 1),
        )

    with database.writing(acme.id) as session:
        made = a_pathway(session, acme, now)
        only = a_pathway(session, acme, now, title="New", code="LC-102", published=False)
        for version_id in (made.version_id, only.version_id):
            session.add(came(queries.cover(session, hr, version_id).pathway_id))
        session.flush()
        draft = service.start_new_version(session, hr, made.version_id)
        with pytest.raises(Conflict, match="came from elsewhere"):
            service.drop_draft(session, hr, draft, now=now)
        assert service.drop_draft(session, hr, only.version_id, now=now)
