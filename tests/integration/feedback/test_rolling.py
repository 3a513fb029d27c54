"""Rolling cycles: everybody starts when ready, ends on a day of their own, and is forgotten."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.domain.nominating import Nominates
from ldtrack.feedback.domain.timeline import CycleState, Pace
from ldtrack.feedback.models import Subject
from ldtrack.outbox.models import Job, Message
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

ROLLING = {"pace": Pace.ROLLING, "days": 14}
ENDS = date(2027, 3, 31)


def rolling(
    session: Session, acme: SmallOrganisation, clock: SetClock, **settings: object
) -> RunningCycle:
    """A rolling cycle that has begun; nobody has started."""
    return opened(session, acme, clock.now(), settings={**ROLLING, **settings}, closes_on=ENDS)


def start(
    session: Session, acme: SmallOrganisation, clock: SetClock, subject_id: int, by: str = "hr"
) -> None:
    service.start_subject(session, acme.actor[by], subject_id, now=clock.now(), delivery=delivery())


def test_nobody_is_asked_before_the_leader_starts(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = rolling(session, acme, clock)
        assert queries.cycle(session, acme.actor["hr"], running.id).state is CycleState.OPEN
        assert session.scalars(select(Message.id)).all() == []
        clock.instant += timedelta(days=10)
        start(session, acme, clock, running.subject_id, by="leader")
        assert len(session.scalars(select(Message.id)).all()) == len(running.invitation)
        subject = queries.subject(session, acme.actor["hr"], running.subject_id)
        assert (subject.opens_on, subject.closes_on) == (date(2026, 11, 30), date(2026, 12, 14))


def test_only_hr_and_the_leader_start(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = rolling(session, acme, clock)
        for other in ("coach", "manager", "sponsor", "other_leader"):
            with pytest.raises(NotVisible):
                start(session, acme, clock, running.subject_id, by=other)


def test_nobody_starts_twice_after_the_end_or_before_the_raters_are_settled(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = rolling(session, acme, clock, nominates=Nominates.LEADER)
        with pytest.raises(Conflict, match="not settled"):
            start(session, acme, clock, running.subject_id)
    with database.writing(acme.id) as session:
        other = opened(session, acme, clock.now(), name="Other", settings=ROLLING, closes_on=ENDS)
        start(session, acme, clock, other.subject_id)
        with pytest.raises(Conflict):
            start(session, acme, clock, other.subject_id)
        late = opened(session, acme, clock.now(), name="Late", settings=ROLLING, closes_on=ENDS)
        clock.instant += timedelta(days=200)
        with pytest.raises(Conflict, match="has ended"):
            start(session, acme, clock, late.subject_id)


def test_in_a_cycle_for_all_at_once_nobody_starts_alone(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        with pytest.raises(Conflict):
            start(session, acme, clock, running.subject_id)


def test_people_join_a_rolling_cycle_while_it_runs_and_their_problems_stop_only_them(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = rolling(session, acme, clock)
        joined = service.add_subject(
            session, hr, running.id, acme.person["other_leader"], now=clock.now()
        )
        with pytest.raises(RuleBroken, match="nobody else is asked"):
            start(session, acme, clock, joined)
        start(session, acme, clock, running.subject_id)
        for peer in ("peer_1", "peer_2", "peer_3"):
            command = AskRater(group_key="peer", person_id=acme.person[peer])
            service.invite(session, hr, joined, command, now=clock.now())
        start(session, acme, clock, joined)


def test_each_closes_on_their_own_day_and_the_cycle_when_its_last_day_is_over(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = rolling(session, acme, clock)
        start(session, acme, clock, running.subject_id)
        answered_by(session, running, USUAL_SCORES, clock.now())
        due = session.scalars(select(Job.due_at).where(Job.kind == "feedback.close"))
        assert min(due).date() == clock.today() + timedelta(days=15)
        clock.instant += timedelta(days=15)
        assert service.close_if_due(session, running.id, RATER_KEY, clock.now())
        assert not service.close_if_due(session, running.id, RATER_KEY, clock.now())
        subject = session.get_one(Subject, running.subject_id)
        assert (subject.state, subject.key) == ("closed", None)
        assert queries.cycle(session, hr, running.id).state is CycleState.OPEN
        clock.instant += timedelta(days=200)
        assert not service.close_if_due(session, running.id, RATER_KEY, clock.now())
        assert queries.cycle(session, hr, running.id).state is CycleState.CLOSED


def test_one_persons_last_day_can_be_moved_and_their_questionnaires_closed_now(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = rolling(session, acme, clock)
        start(session, acme, clock, running.subject_id)
        later = clock.today() + timedelta(days=30)
        move = partial(
            service.change_last_day_of, session, hr, now=clock.now(), delivery=delivery()
        )
        move(running.subject_id, later)
        assert queries.subject(session, hr, running.subject_id).closes_on == later
        with pytest.raises(RuleBroken):
            move(running.subject_id, date(2026, 11, 1))
        with pytest.raises(RuleBroken, match="Raters were told"):
            move(running.subject_id, later - timedelta(days=1))
        move(running.subject_id, later - timedelta(days=1), knows=True)
        told = select(Message.id).where(Message.subject.startswith("A new last day"))
        assert len(session.scalars(told).all()) == len(running.invitation)
        service.close_subject(session, hr, running.subject_id, rater_key=RATER_KEY, now=clock.now())
        with pytest.raises(Conflict):
            service.close_subject(
                session, hr, running.subject_id, rater_key=RATER_KEY, now=clock.now()
            )
        with pytest.raises(Conflict):
            move(running.subject_id, later)


def test_leaders_are_asked_to_propose_before_all_open_on_one_day(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    settings = {"nominates": Nominates.LEADER, "nominate_until": date(2026, 11, 25)}
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now(), settings=settings)
        service.begin_nominating(
            session, hr, planned.id, now=clock.now(), base_url="https://ld.example.org"
        )
        (mail,) = session.scalars(select(Message))
        assert mail.to_address == "amara.okafor@example.org"
        assert "Please do so by 25 November 2026." in mail.body
        assert queries.subject(session, hr, planned.subject_id).state.value == "nominating"
        with pytest.raises(RuleBroken, match="has not finished proposing"):
            service.open_cycle(session, hr, planned.id, now=clock.now(), delivery=delivery())
        with pytest.raises(Conflict):
            service.begin_nominating(session, hr, planned.id, now=clock.now())


def test_a_cycle_whose_leaders_choose_opens_only_after_they_were_asked(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now(), settings={"nominates": Nominates.LEADER})
        with pytest.raises(Conflict, match="say first whom to ask"):
            service.open_cycle(session, hr, planned.id, now=clock.now(), delivery=delivery())
        clock.instant += timedelta(days=60)
        with pytest.raises(RuleBroken, match="last day has passed"):
            service.begin_nominating(session, hr, planned.id, now=clock.now())


def test_raters_are_proposed_only_in_groups_that_the_cycle_has(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now(), raters={})
        groups = [g for g in queries.cycle(session, hr, planned.id).groups if g.key != "manager"]
        service.set_groups(session, hr, planned.id, groups, now=clock.now())
        assert service.propose_for_all(session, hr, planned.id, now=clock.now()) == 1
        assert service.propose_for_all(session, hr, planned.id, now=clock.now()) == 0
