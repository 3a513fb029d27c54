"""Surveys of a cycle's process, and follow-up questions after a report."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback import service as cycles
from ldtrack.feedback.domain.pulses.commands import AskFollowUp
from ldtrack.feedback.domain.pulses.rows import Given, PulseKind, PulseState
from ldtrack.feedback.models import Invitation, Pulse, PulseInvitation
from ldtrack.feedback.queries import pulses as queries
from ldtrack.feedback.queries.pulses.answering import by_invitation
from ldtrack.feedback.service import pulses as service
from ldtrack.outbox.models import Job, Message
from tests.infrastructure.feedback import (
    RATER_KEY,
    USUAL_SCORES,
    RunningCycle,
    answered_by,
    closed,
    delivery,
    opened,
)
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.pulses import answer_to, finish, running_pulse

QUESTION = AskFollowUp(
    about="Coaching others", question="What would help?", closes_on=date(2026, 12, 1)
)
RATERS = tuple(rater for rater in USUAL_SCORES if rater != "leader")


def ended(
    session: Session, acme: SmallOrganisation, clock: SetClock, *, asks: bool = True
) -> RunningCycle:
    """A cycle that has closed and, if it says so, has asked how it was."""
    running = opened(session, acme, clock.now())
    if asks:
        service.ask_about_process(session, acme.actor["hr"], running.id, now=clock.now())
    answered_by(session, running, ["peer_1", "peer_2", "peer_3"], clock.now())
    cycles.end_some(session, running.id, RATER_KEY, clock.now())
    service.open_process_pulses(session, running.id, now=clock.now(), delivery=delivery())
    return running


def released(session: Session, acme: SmallOrganisation, clock: SetClock) -> RunningCycle:
    """A cycle whose report the leader has."""
    running = closed(session, acme, clock.now())
    cycles.pass_on(session, acme.actor["coach"], running.subject_id, now=clock.now())
    return running


def asked(session: Session, acme: SmallOrganisation, clock: SetClock) -> tuple[int, int]:
    """The same with a question of the leader; the subject's id and the pulse's."""
    running = released(session, acme, clock)
    pulse_id = service.ask_follow_up(
        session,
        acme.actor["leader"],
        running.subject_id,
        QUESTION,
        now=clock.now(),
        delivery=delivery(),
    )
    return running.subject_id, pulse_id


def test_a_cycle_that_says_so_asks_every_rater_when_it_closes_and_no_leader_where_they_are_few(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = ended(session, acme, clock)
        raters, leaders = queries.process_outcomes(session, acme.actor["hr"], running.id)
        names = session.scalars(
            select(PulseInvitation.name).where(PulseInvitation.pulse_id == raters.pulse.id)
        ).all()
        jobs = session.scalars(select(Job.kind).where(Job.kind == "feedback.process_pulses")).all()
    assert (raters.pulse.kind, raters.pulse.state) == (PulseKind.PROCESS_RATERS, PulseState.OPEN)
    assert (len(names), "Amara Okafor" in names) == (len(RATERS), False)
    assert leaders.pulse.state is PulseState.CLOSED
    assert leaders.result is not None
    assert leaders.result.sentence == "Fewer than 3 people could be asked, so nobody was."
    assert jobs == ["feedback.process_pulses"]


def test_asking_again_asks_nobody_twice(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = ended(session, acme, clock)
        mails = session.scalar(select(func.count()).select_from(Message))
        service.open_process_pulses(session, running.id, now=clock.now(), delivery=delivery())
        assert session.scalar(select(func.count()).select_from(Message)) == mails
        with pytest.raises(Conflict):
            service.ask_about_process(session, acme.actor["hr"], running.id, now=clock.now())


def test_a_cycle_that_does_not_say_so_asks_nobody(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = ended(session, acme, clock, asks=False)
        assert queries.process_outcomes(session, hr, running.id) == []
        other = opened(session, acme, clock.now(), name="Another")
        service.ask_about_process(session, hr, other.id, now=clock.now())
        service.ask_about_process(session, hr, other.id, now=clock.now())
        assert len(queries.process_outcomes(session, hr, other.id)) == 2
        service.leave_process_alone(session, hr, other.id, now=clock.now())
        assert queries.process_outcomes(session, hr, other.id) == []
        assert session.scalars(select(Job.kind).where(Job.kind.contains("process"))).all() == []


def test_the_result_of_the_process_is_for_hr_and_holds_the_floor(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = ended(session, acme, clock)
        pulse_id = queries.process_outcomes(session, hr, running.id)[0].pulse.id
        survey = running_pulse(session, acme, pulse_id)
        for rater, score in (("peer_1", 4), ("peer_2", 3), ("manager", 5)):
            answer_to(session, survey, rater, score, clock.now())
        finish(session, pulse_id, clock.now())
        result = queries.process_outcomes(session, hr, running.id)[0].result
        with pytest.raises(NotVisible):
            queries.outcome(session, acme.actor["manager"], pulse_id)
    assert result is not None
    assert [line.figure.text for line in result.lines] == ["4.0", "4.0"]


def test_a_follow_up_goes_to_everybody_who_was_invited_but_the_leader(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        before = set(session.scalars(select(Message.id)))
        _, pulse_id = asked(session, acme, clock)
        mails = [
            mail
            for mail in session.scalars(select(Message))
            if mail.id not in before and mail.subject.startswith("One question")
        ]
        names = session.scalars(
            select(PulseInvitation.name).where(PulseInvitation.pulse_id == pulse_id)
        ).all()
        pulse = session.get_one(Pulse, pulse_id)
    assert len(names) == len(mails) == len(RATERS)
    assert len({mail.due_at for mail in mails}) == 1
    assert {mail.subject for mail in mails} == {
        "One question from Amara Okafor, until 1 December 2026"
    }
    # The cycle's floor, and one for the manager, who is known by nature.
    assert pulse.k == 3 + 1


def test_answers_are_read_at_the_end_by_the_leader_and_the_coach_if_enough_wrote(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _, pulse_id = asked(session, acme, clock)
        _write(session, acme, clock, pulse_id, RATERS[:4])
        leader = acme.actor["leader"]
        assert queries.follow_up(session, leader, pulse_id).result is None
        finish(session, pulse_id, clock.now())
        for reader in ("leader", "coach"):
            result = queries.follow_up(session, acme.actor[reader], pulse_id).result
            assert result is not None
            assert sorted(result.texts) == sorted(f"Words of {rater}" for rater in RATERS[:4])
        for stranger in ("hr", "manager", "sponsor", "other_coach", "other_leader"):
            with pytest.raises(NotVisible):
                queries.follow_up(session, acme.actor[stranger], pulse_id)


def test_with_too_few_answers_there_is_nothing_but_a_sentence(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _, pulse_id = asked(session, acme, clock)
        _write(session, acme, clock, pulse_id, RATERS[:3])
        finish(session, pulse_id, clock.now())
        result = queries.follow_up(session, acme.actor["leader"], pulse_id).result
    assert result is not None
    assert (result.texts, result.count) == ((), None)
    assert result.sentence == "Fewer than 4 people wrote, so nothing is shown to anybody."


def test_only_a_released_report_can_be_asked_about_and_only_by_its_readers(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        for actor in acme.actor.values():
            with pytest.raises(NotVisible):
                _ask(session, acme, clock, running.subject_id, QUESTION, actor.name)
        cycles.pass_on(session, acme.actor["coach"], running.subject_id, now=clock.now())
        may = set()
        for role, actor in acme.actor.items():
            try:
                _ask(session, acme, clock, running.subject_id, QUESTION, actor.name)
            except NotVisible:
                continue
            may.add(role)
    assert may == {"leader", "coach"}


def test_two_questions_may_be_open_at_once_and_people_have_days_to_answer(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        subject_id, first = asked(session, acme, clock)
        _ask(session, acme, clock, subject_id, QUESTION, "Amara Okafor")
        with pytest.raises(RuleBroken, match="2 questions are open already"):
            _ask(session, acme, clock, subject_id, QUESTION, "Amara Okafor")
        finish(session, first, clock.now())
        hasty = AskFollowUp(
            about="", question="Now?", closes_on=clock.now().date() + timedelta(days=1)
        )
        with pytest.raises(RuleBroken, match="between 3 and 30 days"):
            _ask(session, acme, clock, subject_id, hasty, "Amara Okafor")
        _ask(session, acme, clock, subject_id, QUESTION, "Amara Okafor")


def test_too_few_raters_cannot_be_asked_anything(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    few = {"leader": "self", "manager": "manager", "peer_1": "peer", "peer_2": "peer"}
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now(), raters={**few, "peer_3": "peer"})
        answered_by(session, running, ["manager", "peer_1", "peer_2", "peer_3"], clock.now())
        cycles.close_cycle(session, running.id, RATER_KEY, clock.now())
        cycles.pass_on(session, acme.actor["coach"], running.subject_id, now=clock.now())
        # Three peers and the manager: enough. With a peer who left there are too few.
        leaver = running.invitation["peer_3"]
        session.delete(session.get_one(Invitation, leaver))
        session.flush()
        with pytest.raises(RuleBroken, match="Too few people were asked"):
            _ask(session, acme, clock, running.subject_id, QUESTION, "Amara Okafor")


def _ask(
    session: Session,
    acme: SmallOrganisation,
    clock: SetClock,
    subject_id: int,
    question: AskFollowUp,
    name: str,
) -> int:
    actor = next(actor for actor in acme.actor.values() if actor.name == name)
    return service.ask_follow_up(
        session, actor, subject_id, question, now=clock.now(), delivery=delivery()
    )


def _write(
    session: Session,
    acme: SmallOrganisation,
    clock: SetClock,
    pulse_id: int,
    raters: tuple[str, ...],
) -> None:
    running = running_pulse(session, acme, pulse_id)
    for rater in raters:
        asked_one = by_invitation(
            session, running.invitation[rater], rater_key=RATER_KEY, today=clock.now().date()
        )
        service.answer_pulse(session, asked_one, Given(words=f"Words of {rater}"), now=clock.now())
