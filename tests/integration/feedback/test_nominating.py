"""A leader proposes raters, somebody agrees or sends them back, and raters may decline."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback import service
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.domain.nominating import Approves, InvitationState, Nominates
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, Invitation, Response, Subject
from ldtrack.feedback.queries.answering import by_id
from ldtrack.feedback.queries.nominating import (
    approvals,
    choices_of,
    others_choice,
    own_choice,
    planned_requests,
)
from ldtrack.outbox.models import Message
from ldtrack.people.models import Organisation
from tests.infrastructure.feedback import RATER_KEY, answered_by, delivery, opened, set_up
from tests.infrastructure.nominations import UNTIL, nominating
from tests.infrastructure.organisation import SmallOrganisation

SITE = "https://ld.example.org"


def propose(
    session: Session,
    acme: SmallOrganisation,
    subject_id: int,
    clock: SetClock,
    *people: str,
    group: str = "peer",
    by: str = "leader",
) -> list[int]:
    """Let somebody propose these people of the small organisation."""
    return [
        service.nominate(
            session,
            acme.actor[by],
            subject_id,
            AskRater(group_key=group, person_id=acme.person[person]),
            now=clock.now(),
            delivery=delivery(),
        )
        for person in people
    ]


def states(session: Session) -> dict[str, InvitationState]:
    """Everybody's state, by name."""
    return {
        name: InvitationState(state)
        for name, state in session.execute(select(Invitation.name, Invitation.state))
    }


def test_a_leader_proposes_and_the_manager_agrees(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, manager = acme.actor["leader"], acme.actor["manager"]
    with database.writing(acme.id) as session:
        running = nominating(session, acme, clock.now())
        propose(session, acme, running.subject_id, clock, "peer_1", "peer_2")
        to = service.hand_in(session, leader, running.subject_id, now=clock.now(), base_url=SITE)
        assert to is SubjectState.APPROVING
        assert [(w.person, w.until) for w in approvals(session, manager)] == [
            ("Amara Okafor", UNTIL)
        ]
        assert set(states(session).values()) == {InvitationState.PROPOSED, InvitationState.APPROVED}
        n = service.agree(
            session, manager, running.subject_id, now=clock.now(), delivery=delivery()
        )
        assert n == 2
        assert set(states(session).values()) == {InvitationState.APPROVED}
        assert approvals(session, manager) == []
        assert session.get_one(Subject, running.subject_id).state == SubjectState.READY


def test_the_leaders_own_view_is_asked_for_by_itself(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = nominating(session, acme, clock.now(), approves=Approves.NOBODY)
        propose(session, acme, running.subject_id, clock, "peer_1")
        to = service.hand_in(
            session, acme.actor["leader"], running.subject_id, now=clock.now(), base_url=None
        )
        assert to is SubjectState.READY
        groups = session.scalars(select(Invitation.group_key).order_by(Invitation.group_key)).all()
        assert groups == ["peer", "self"]


def test_proposals_come_back_with_a_word_and_go_out_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, manager = acme.actor["leader"], acme.actor["manager"]
    with database.writing(acme.id) as session:
        running = nominating(session, acme, clock.now())
        about = running.subject_id
        propose(session, acme, about, clock, "peer_1")
        service.hand_in(session, leader, about, now=clock.now(), base_url=SITE)
        with pytest.raises(RuleBroken, match="Say in a sentence"):
            service.send_back(session, manager, about, "  ", now=clock.now(), base_url=SITE)
        service.send_back(
            session, manager, about, "Ask the depot too.", now=clock.now(), base_url=SITE
        )
        assert own_choice(session, leader, about).subject.returned_with == "Ask the depot too."
        assert [(c.state, c.returned) for c in choices_of(session, leader)] == [
            (SubjectState.NOMINATING, True)
        ]
        service.hand_in(session, leader, about, now=clock.now(), base_url=SITE)
        assert own_choice(session, leader, about).subject.returned_with == ""
        subjects = session.scalars(select(Message.subject).order_by(Message.id)).all()
        assert sorted(subjects) == [
            "Please look again: Autumn 2026",
            "Raters to agree to: Amara Okafor",
            "Raters to agree to: Amara Okafor",
        ]


def test_a_leader_who_waits_changes_nothing_but_can_take_it_back(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        running = nominating(session, acme, clock.now())
        propose(session, acme, running.subject_id, clock, "peer_1")
        service.hand_in(session, leader, running.subject_id, now=clock.now(), base_url=None)
        with pytest.raises(Conflict, match="wait for a yes"):
            propose(session, acme, running.subject_id, clock, "peer_2")
        propose(session, acme, running.subject_id, clock, "peer_2", by="manager")
        service.take_back(session, leader, running.subject_id, now=clock.now())
        propose(session, acme, running.subject_id, clock, "peer_3")
        assert own_choice(session, leader, running.subject_id).asked["peer"] == 3


@pytest.mark.parametrize(
    ("approves", "may"),
    [
        (Approves.MANAGER, {"manager", "hr"}),
        (Approves.COACH, {"coach", "hr"}),
        (Approves.HR, {"hr"}),
        (Approves.NOBODY, set()),
    ],
)
def test_only_whom_the_cycle_names_and_hr_may_agree(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    approves: Approves,
    may: set[str],
) -> None:
    with database.writing(acme.id) as session:
        running = nominating(session, acme, clock.now(), approves=approves)
        allowed = set()
        for role, actor in acme.actor.items():
            try:
                others_choice(session, actor, running.subject_id)
            except NotVisible:
                continue
            allowed.add(role)
        assert allowed == may


def test_a_leader_without_a_manager_to_agree_is_named_before_leaders_are_asked(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    led = {"nominates": Nominates.LEADER, "approves": Approves.MANAGER, "coach_led": False}
    with database.writing(acme.id) as session:
        planned = set_up(session, acme, clock.now(), raters={}, settings=led)
        service.add_subject(session, hr, planned.id, acme.person["manager"], now=clock.now())
        found = service.launch_check(session, hr, planned.id, now=clock.now())
    assert [problem.sentence for problem in found] == [
        "Maya Singh: has no line manager, who is to agree to the raters."
    ]


def test_nobody_is_proposed_beyond_the_limit_of_the_quarter(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        session.get_one(Organisation, acme.id).rater_budget = 1
        opened(session, acme, clock.now(), name="Another", raters={"peer_1": "peer"})
        running = nominating(session, acme, clock.now())
        with pytest.raises(RuleBroken, match="is asked for 1 questionnaires this quarter already"):
            propose(session, acme, running.subject_id, clock, "peer_1")
        propose(session, acme, running.subject_id, clock, "peer_2")
        added = service.suggest(session, acme.actor["leader"], running.subject_id, now=clock.now())
        proposed = set(states(session)) - {"Petra Kline", "Paul Ode"}
        assert added == len(proposed) > 0


def test_who_is_proposed_twice_is_refused(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = nominating(session, acme, clock.now())
        propose(session, acme, running.subject_id, clock, "peer_1")
        with pytest.raises(RuleBroken, match="everybody is asked once"):
            propose(session, acme, running.subject_id, clock, "peer_1", group="stakeholder")


def test_somebody_added_while_it_is_open_waits_for_a_yes_and_then_gets_a_link(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, manager, hr = (acme.actor[who] for who in ("leader", "manager", "hr"))
    with database.writing(acme.id) as session:
        running = nominating(session, acme, clock.now())
        about = running.subject_id
        propose(session, acme, about, clock, "peer_1", "peer_2", "peer_3")
        service.hand_in(session, leader, about, now=clock.now(), base_url=None)
        service.agree(session, manager, about, now=clock.now(), delivery=delivery())
        service.open_cycle(session, hr, running.id, now=clock.now(), delivery=delivery())
        (late,) = propose(session, acme, about, clock, "peer_4")
        assert session.get_one(Invitation, late).sent_on is None
        assert [w.subject_id for w in approvals(session, manager)] == [about]
        service.agree(session, manager, about, now=clock.now(), delivery=delivery())
        session.expire_all()
        asked = session.get_one(Invitation, late)
        assert (asked.state, asked.sent_on) == (InvitationState.APPROVED, clock.today())


def test_a_rater_declines_what_was_answered_goes_and_the_leader_learns_the_name_alone(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_1", "peer_2"], clock.now())
        before = len(session.scalars(select(Response.id)).all())
        asked = by_id(
            session, running.invitation["peer_1"], rater_key=RATER_KEY, today=clock.today()
        )
        service.decline(session, asked, "We hardly meet.", now=clock.now(), base_url=SITE)
        session.expire_all()
        assert len(session.scalars(select(Response.id)).all()) == before - 1
        row = session.get_one(Invitation, running.invitation["peer_1"])
        assert (row.state, row.reason) == (InvitationState.DECLINED, "We hardly meet.")
        mail = session.scalars(
            select(Message).where(Message.subject.startswith("Somebody cannot answer"))
        ).one()
        assert row.name in mail.body
        assert "hardly meet" not in mail.body
        service.think_better(session, asked, now=clock.now())
        session.expire_all()
        row = session.get_one(Invitation, running.invitation["peer_1"])
        assert (row.state, row.reason) == (InvitationState.APPROVED, "")


def test_nobody_declines_their_own_view_or_after_the_close(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        own = by_id(session, running.invitation["leader"], rater_key=RATER_KEY, today=clock.today())
        with pytest.raises(Conflict, match="Your own view"):
            service.decline(session, own, "", now=clock.now(), base_url=None)
        peer = by_id(
            session, running.invitation["peer_1"], rater_key=RATER_KEY, today=clock.today()
        )
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        with pytest.raises(Conflict, match="has closed"):
            service.decline(session, peer, "", now=clock.now(), base_url=None)


def test_hr_sees_the_requests_of_every_cycle_by_the_day_it_opens(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        opened(session, acme, clock.now(), raters={"peer_1": "peer"})
        running = nominating(session, acme, clock.now(), name="Later")
        session.get_one(Cycle, running.id).opens_on = date(2026, 12, 1)
        propose(session, acme, running.subject_id, clock, "peer_1", "peer_2")
        found = planned_requests(session, acme.actor["hr"], clock.today())
        assert [(c.name, c.may_move, len(c.asks)) for c in found] == [
            ("Autumn 2026", False, 1),
            ("Later", True, 2),
        ]
