"""Invitations reach those whom they are meant for, and are answered in one act."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.growth.queries import rule_levels
from ldtrack.outbox.models import Message
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import (
    EndEnrolment,
    EnrolmentState,
    InterestState,
    WriteCall,
    WriteRule,
)
from ldtrack.pathways.models import CallInterest, PathwayCall
from ldtrack.people.models import Person, Unit
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.growth.evidence import rated
from tests.integration.pathways.makers import Made, a_pathway, enrolled

TODAY = date(2026, 11, 20)
OPEN = WriteCall(story="Come along", targeted=False, opens_on=TODAY)
TARGETED = WriteCall(story="Come along", targeted=True, opens_on=TODAY)


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> Made:
    with database.writing(acme.id) as session:
        return a_pathway(session, acme, clock.now())


def invite(
    session: Session,
    acme: SmallOrganisation,
    made: Made,
    clock: SetClock,
    command: WriteCall = OPEN,
    rule: WriteRule | None = None,
) -> int:
    hr = acme.actor["hr"]
    pathway_id = queries.pathway(session, hr, made.version_id).pathway_id
    if rule is not None:
        service.write_rule(session, hr, pathway_id, rule, now=clock.now())
    return service.write_call(session, hr, pathway_id, command, now=clock.now())


def who_is_meant(session: Session, acme: SmallOrganisation) -> set[str]:
    found = set()
    for key, actor in acme.actor.items():
        for each in queries.calls_for(session, actor, TODAY):
            levels = rule_levels(session, actor, each.gaps, TODAY).get(actor.person_id or 0, {})
            if each.is_for_reader(levels, TODAY):
                found.add(key)
    return found


def interested(
    session: Session, acme: SmallOrganisation, call_id: int, clock: SetClock, *keys: str
) -> None:
    for key in keys:
        actor = acme.actor[key]
        service.say_interested(session, actor, call_id, f"{key} would", {}, now=clock.now())


def test_an_open_invitation_is_for_everybody_who_is_not_on_the_pathway(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        invite(session, acme, made, clock)
        enrolled(session, acme, made, clock.now())
        assert who_is_meant(session, acme) == set(acme.actor) - {"leader"}


def test_a_targeted_one_is_for_those_alone_whom_the_rule_names(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        above = Unit(name="Company")
        session.add(above)
        session.flush()
        session.execute(update(Unit).where(Unit.name == "Operations").values(parent_id=above.id))
        elsewhere = Unit(name="Elsewhere")
        session.add(elsewhere)
        session.flush()
        ben = acme.person["other_leader"]
        session.execute(update(Person).where(Person.id == ben).values(unit_id=elsewhere.id))
        lead = ("Head of Operations",)
        rule = WriteRule(unit_id=above.id, job_profiles=lead)
        call_id = invite(session, acme, made, clock, TARGETED, rule)
        assert who_is_meant(session, acme) == {"leader", "manager"}
        with pytest.raises(NotVisible):
            interested(session, acme, call_id, clock, "other_leader")


def test_a_level_that_somebody_has_shown_takes_them_out(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    coaching = acme.competency["coaching-others"]
    with database.writing(acme.id) as session:
        for number, (whom, value) in enumerate((("leader", 5.0), ("other_leader", 1.0)) * 3):
            rated(
                session,
                acme,
                "coaching-others",
                value,
                date(2026, 11, 1),
                clock.now(),
                source_id=100 + number,
                whom=whom,
            )
        rule = WriteRule(job_profiles=("Head of Operations",), gaps={coaching: 3})
        invite(session, acme, made, clock, TARGETED, rule)
        assert who_is_meant(session, acme) == {"other_leader"}


def test_without_a_rule_or_a_published_version_nobody_is_meant(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        with pytest.raises(RuleBroken, match="Write the pathway’s rule first"):
            invite(session, acme, made, clock, TARGETED)
        rule = WriteRule(job_profiles=("Head of Operations",))
        call_id = invite(session, acme, made, clock, TARGETED, rule)
        pathway_id = queries.call(session, acme.actor["hr"], call_id).pathway_id
        service.remove_rule(session, acme.actor["hr"], pathway_id, now=clock.now())
        assert who_is_meant(session, acme) == set()
        unpublished = a_pathway(
            session, acme, clock.now(), title="Later", code="LC-9", published=False
        )
        invite(session, acme, unpublished, clock)
        assert who_is_meant(session, acme) == set()


def test_interest_is_said_anew_and_taken_back_without_a_trace(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, leader = acme.actor["hr"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        call_id = invite(session, acme, made, clock)
        service.say_interested(session, leader, call_id, "First", {}, now=clock.now())
        service.say_interested(session, leader, call_id, "Second", {}, now=clock.now())
        [row] = queries.interested_in(session, hr, call_id)
        assert (row.name, row.words, row.state) == (
            "Amara Okafor",
            "Second",
            InterestState.STATED,
        )
        service.withdraw_interest(session, leader, call_id)
        assert session.scalar(select(func.count()).select_from(CallInterest)) == 0
        with pytest.raises(NotVisible):
            service.withdraw_interest(session, leader, call_id)


def test_nobody_but_hr_lists_who_is_interested(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        call_id = invite(session, acme, made, clock)
        interested(session, acme, call_id, clock, "leader")
        for key in set(acme.actor) - {"hr"}:
            assert queries.interested_in(session, acme.actor[key], call_id) == []
            with pytest.raises(NotAllowed):
                service.enrol_interested(
                    session,
                    acme.actor[key],
                    call_id,
                    [],
                    starts_on=TODAY,
                    cohort="",
                    now=clock.now(),
                )


def test_hr_enrols_in_one_act_as_far_as_there_are_seats(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    keys = ("leader", "other_leader", "manager")
    people = [acme.person[key] for key in keys]

    def enrol(session: Session, chosen: list[int]) -> int:
        return service.enrol_interested(
            session, hr, call_id, chosen, starts_on=TODAY, cohort="Winter", now=now
        )

    with database.writing(acme.id) as session:
        seats = WriteCall(story="Come", targeted=False, opens_on=TODAY, seats=2)
        call_id = invite(session, acme, made, clock, seats)
        interested(session, acme, call_id, clock, *keys)
        with pytest.raises(RuleBroken, match="Of 2 seats 2 are free"):
            enrol(session, people)
        assert enrol(session, people[:2]) == 2
        with pytest.raises(RuleBroken, match="Of 2 seats 0 are free"):
            enrol(session, people[2:])
        with pytest.raises(Conflict):
            enrol(session, people[:1])
        rows = queries.active_enrolments(session, hr)
        assert {(row.person_id, row.cohort) for row in rows} == {
            (people[0], "Winter"),
            (people[1], "Winter"),
        }
        [figures] = queries.calls_of(session, hr, rows[0].pathway_id)
        counts = (figures.n_answered, figures.n_interested, figures.n_enrolled, figures.seats_left)
        assert counts == (3, 1, 2, 0)
        for row in rows[:1]:
            ended = EndEnrolment(state=EnrolmentState.COMPLETED, ended_on=TODAY)
            service.end_enrolment(session, hr, row.id, ended, now=now)
        [figures] = queries.calls_of(session, hr, rows[0].pathway_id)
        assert figures.n_completed == 1


def test_who_came_otherwise_or_left_meanwhile_is_not_enrolled_again(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        call_id = invite(session, acme, made, clock)
        interested(session, acme, call_id, clock, "leader", "other_leader")
        enrolled(session, acme, made, now)
        ben = acme.person["other_leader"]
        session.execute(update(Person).where(Person.id == ben).values(active=False))
        for key, why in (("leader", "on this pathway already"), ("other_leader", "has left")):
            with pytest.raises(RuleBroken, match=why):
                service.enrol_interested(
                    session,
                    hr,
                    call_id,
                    [acme.person[key]],
                    starts_on=TODAY,
                    cohort="",
                    now=now,
                )


def test_who_is_declined_gets_a_kind_mail_and_is_not_asked_twice(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        call_id = invite(session, acme, made, clock)
        interested(session, acme, call_id, clock, "leader")
        people = [acme.person["leader"]]
        words = "Talk to Maya about a stretch assignment."
        assert service.decline_interested(session, hr, call_id, people, words, now=now) == 1
        [mail] = session.scalars(select(Message))
        assert (mail.to_address, mail.subject) == (
            "amara.okafor@example.org",
            "Your interest in To lead others",
        )
        assert mail.body.startswith("Dear Amara Okafor,\n\nthank you for telling us")
        assert words in mail.body
        with pytest.raises(Conflict):
            service.decline_interested(session, hr, call_id, people, words, now=now)
        with pytest.raises(Conflict, match="answered already"):
            interested(session, acme, call_id, clock, "leader")
        with pytest.raises(Conflict, match="answered already"):
            service.withdraw_interest(session, acme.actor["leader"], call_id)


def test_once_answered_a_text_stays_what_was_answered(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    other = WriteCall(story="Another text", targeted=False, opens_on=TODAY, seats=5)
    with database.writing(acme.id) as session:
        call_id = invite(session, acme, made, clock)
        service.change_call(session, hr, call_id, other, now=now)
        interested(session, acme, call_id, clock, "leader")
        with pytest.raises(RuleBroken, match="People answered this text already"):
            service.change_call(session, hr, call_id, OPEN, now=now)
        closed = WriteCall(story="Another text", targeted=False, opens_on=TODAY, closes_on=TODAY)
        service.change_call(session, hr, call_id, closed, now=now)
        assert queries.call(session, hr, call_id).closes_on == TODAY


def test_it_cannot_close_before_it_opens(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    wrong = WriteCall(story="Come", targeted=False, opens_on=TODAY, closes_on=date(2026, 11, 19))
    with database.writing(acme.id) as session, pytest.raises(RuleBroken, match="before it opens"):
        invite(session, acme, made, clock, wrong)
    with database.writing(acme.id) as session:
        call_id = invite(session, acme, made, clock)
    with (
        pytest.raises(IntegrityError, match=r"closes_after_opening|CHECK"),
        database.writing(acme.id) as session,
    ):
        session.execute(
            update(PathwayCall)
            .where(PathwayCall.id == call_id)
            .values(closes_on=date(2026, 11, 19))
        )


def test_looking_for_invitations_is_one_statement_with_one_and_with_three(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    rule = WriteRule(
        job_profiles=("Head of Operations",), gaps={acme.competency["coaching-others"]: 3}
    )
    with database.writing(acme.id) as session:
        invite(session, acme, made, clock, TARGETED, rule)
    for n in (1, 3):
        with database.writing(acme.id) as session:
            while len(queries.calls_for(session, acme.actor["leader"], TODAY)) < n:
                invite(session, acme, made, clock)
        with database.reading(acme.id) as session, counted(database.engine) as statements:
            assert len(queries.calls_for(session, acme.actor["leader"], TODAY)) == n
        assert len(statements) == 1
