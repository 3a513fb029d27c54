"""Milestones that one proposes and the other answers, and that count only then."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import (
    Agree,
    ChangeMilestone,
    LogSession,
    MilestoneState,
    ProposalRow,
    SetMilestone,
    SponsorSees,
    Terms,
)
from ldtrack.coaching.models import Milestone
from ldtrack.coaching.queries.sponsored import sponsored
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.evidence.queries import entries_for
from ldtrack.outbox.models import Message
from ldtrack.people.models import Account
from tests.infrastructure.milestones import SITE
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted

TITLE = "Runs a review without giving the answers"
TODAY = date(2026, 11, 20)


def _command(acme: SmallOrganisation, title: str = TITLE) -> SetMilestone:
    return SetMilestone(
        person_id=acme.person["leader"],
        competency_id=acme.competency["coaching-others"],
        title=title,
        level=3,
        due_on=date(2026, 12, 18),
        word="As we said",
    )


def _proposed(session: Session, acme: SmallOrganisation, clock: SetClock, who: str) -> int:
    return service.propose_milestone(
        session, acme.actor[who], _command(acme), now=clock.now(), base_url=SITE
    )


def _agree(
    session: Session, acme: SmallOrganisation, clock: SetClock, who: str, one: int, turn: int = 0
) -> None:
    service.agree_to_milestone(session, acme.actor[who], one, turn, now=clock.now(), base_url=SITE)


def _row(session: Session, acme: SmallOrganisation, who: str, one: int) -> ProposalRow:
    return queries.proposal(session, acme.actor[who], one)


def _mails(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(select(Message.to_address, Message.subject).order_by(Message.id))
    return sorted((address, subject) for address, subject in rows)


@pytest.mark.parametrize(("who", "other"), [("coach", "leader"), ("leader", "coach")])
def test_what_one_proposes_counts_nowhere_until_the_other_agreed(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    who: str,
    other: str,
) -> None:
    agreed = Agree(agreed_on=TODAY, purpose="", sponsor_sees=frozenset({SponsorSees.MILESTONES}))
    leader_id, competency_id = acme.person["leader"], acme.competency["coaching-others"]

    def counts(session: Session) -> tuple[object, ...]:
        found = sponsored(session, [leader_id], sponsor_id=acme.person["sponsor"])[leader_id]
        return (
            len(queries.milestones_of(session, acme.actor["leader"], leader_id)),
            queries.milestones_for(session, [competency_id]).get(competency_id, 0),
            sum(queries.milestone_counts(session, engagement_id).values()),
            found.milestones,
            queries.caseload(session, acme.actor["coach"])[0].milestones_due_on,
        )

    with database.writing(acme.id) as session:
        service.agree(session, acme.actor["hr"], engagement_id, agreed, now=clock.now())
        one = _proposed(session, acme, clock, who)
        before = counts(session)
        row = _row(session, acme, other, one)
        assert (row.waits_for(acme.person[other]), row.waits_for(acme.person[who])) == (True, False)
        _agree(session, acme, clock, other, one)
        after = counts(session)
        row = _row(session, acme, who, one)
    assert before == (0, 0, 0, (0, 0), ())
    assert after == (1, 1, 1, (0, 1), (date(2026, 12, 18),))
    assert (row.by_id, row.answered_by_id, row.answered_on, row.word) == (
        acme.person[who],
        acme.person[other],
        TODAY,
        "As we said",
    )


def test_only_what_is_agreed_can_be_moved_and_leaves_evidence(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach, leader = acme.actor["coach"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        one = _proposed(session, acme, clock, "leader")
        held = LogSession(held_on=TODAY, minutes=60, milestones_met=(one,))
        with pytest.raises(RuleBroken, match="moved already"), session.begin_nested():
            service.log_session(session, coach, engagement_id, held, now=clock.now())
        assert entries_for(session, leader, acme.person["leader"]) == {}
        _agree(session, acme, clock, "coach", one)
        service.log_session(session, coach, engagement_id, held, now=clock.now())
        left = entries_for(session, leader, acme.person["leader"])
    assert {key: len(rows) for key, rows in left.items()} == {acme.competency["coaching-others"]: 1}


def test_the_other_changes_it_and_sends_it_back_and_what_is_new_is_told(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    with database.writing(acme.id) as session:
        one = _proposed(session, acme, clock, "coach")
        terms = ChangeMilestone(title=TITLE, level=2, due_on=None, word="One step first")
        service.change_milestone(
            session, acme.actor["leader"], one, terms, now=clock.now(), base_url=SITE
        )
        with pytest.raises(Conflict, match="proposed it yourself"):
            _agree(session, acme, clock, "leader", one, 1)
        with pytest.raises(Conflict, match="changed since you looked"):
            _agree(session, acme, clock, "coach", one, 0)
        row = _row(session, acme, "coach", one)
        assert (row.turn, row.waits_for(acme.person["coach"]), row.first_by_id, row.by_id) == (
            1,
            True,
            acme.person["coach"],
            acme.person["leader"],
        )
        assert row.before == Terms(title=TITLE, level=3, due_on=date(2026, 12, 18))
        assert row.changed == ("level", "due_on")
        _agree(session, acme, clock, "coach", one, 1)
        [agreed] = queries.milestones_of(session, acme.actor["leader"], acme.person["leader"])
    assert (agreed.level, agreed.due_on, agreed.state) == (2, None, MilestoneState.PLANNED)


def test_a_no_has_a_word_and_can_be_followed_by_another_proposal(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach, leader, now = acme.actor["coach"], acme.actor["leader"], clock.now()
    with database.writing(acme.id) as session:
        one = _proposed(session, acme, clock, "coach")
        with pytest.raises(RuleBroken, match="in a few words"):
            service.decline_milestone(session, leader, one, "", now=now, base_url=SITE)
        service.decline_milestone(session, leader, one, "Too early", now=now, base_url=SITE)
        row = _row(session, acme, "coach", one)
        assert (row.milestone.state, row.answer, row.is_open) == (
            MilestoneState.DECLINED,
            "Too early",
            False,
        )
        with pytest.raises(Conflict, match="answered already"):
            _agree(session, acme, clock, "leader", one)
        terms = ChangeMilestone(title=TITLE, level=2)
        service.change_milestone(session, coach, one, terms, now=now, base_url=SITE)
        row = _row(session, acme, "leader", one)
    assert (row.milestone.state, row.answer, row.waits_for(acme.person["leader"])) == (
        MilestoneState.PROPOSED,
        "",
        True,
    )


def test_a_proposal_is_taken_back_by_who_made_it_and_never_becomes_agreed_that_way(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach, leader = acme.actor["coach"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        one = _proposed(session, acme, clock, "leader")
        with pytest.raises(Conflict, match="change it or decline it"):
            service.drop_milestone(session, coach, one)
        service.drop_milestone(session, leader, one)
        with pytest.raises(Conflict, match="only they can"):
            service.plan_again(session, coach, one)
        service.plan_again(session, leader, one)
        assert _row(session, acme, "coach", one).milestone.state is MilestoneState.PROPOSED


def test_each_word_reaches_the_other_by_mail_and_says_nothing_of_the_milestone(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        one = _proposed(session, acme, clock, "leader")
        terms = ChangeMilestone(title="Otherwise", level=2)
        service.change_milestone(session, acme.actor["coach"], one, terms, now=now, base_url=SITE)
        _agree(session, acme, clock, "leader", one, 1)
        again = _proposed(session, acme, clock, "coach")
        service.decline_milestone(
            session, acme.actor["leader"], again, "No", now=now, base_url=SITE
        )
        bodies = "".join(session.scalars(select(Message.body)))
        mails = _mails(session)
    coach, leader = "ines.marques@example.org", "amara.okafor@example.org"
    assert mails == [
        (leader, "A milestone came back, changed"),
        (leader, "A milestone is proposed to you"),
        (coach, "A milestone is agreed"),
        (coach, "A milestone is proposed to you"),
        (coach, "A milestone was declined"),
    ]
    assert (TITLE in bodies, "Otherwise" in bodies, f"{SITE}/coaching\n" in bodies) == (
        False,
        False,
        True,
    )


def test_what_the_leader_proposed_is_agreed_with_the_session_and_open_again_without_it(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        theirs = _proposed(session, acme, clock, "leader")
        own = _proposed(session, acme, clock, "coach")
        held = LogSession(held_on=date(2026, 11, 18), minutes=60, milestones_agreed=(own,))
        with pytest.raises(RuleBroken, match="not proposed to you"), session.begin_nested():
            service.log_session(session, coach, engagement_id, held, now=clock.now())
        held = LogSession(held_on=date(2026, 11, 18), minutes=60, milestones_agreed=(theirs,))
        session_id = service.log_session(
            session, coach, engagement_id, held, now=clock.now(), base_url=SITE
        )
        row = _row(session, acme, "leader", theirs)
        assert (row.milestone.state, row.answered_on) == (
            MilestoneState.PLANNED,
            TODAY,
        )
        service.take_back_session(session, coach, session_id, now=clock.now())
        row = _row(session, acme, "leader", theirs)
        draft = queries.draft_of(session, coach, engagement_id)
    assert (row.milestone.state, row.answered_on) == (MilestoneState.PROPOSED, None)
    assert draft is not None
    assert len(draft.lines["milestones_agreed"]) == 1


def test_what_a_coach_writes_down_for_a_leader_who_cannot_sign_in_counts_as_agreed(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    with database.writing(acme.id) as session:
        for account in session.scalars(
            select(Account).where(Account.person_id == acme.person["leader"])
        ):
            account.disabled_at = clock.now()
        session.flush()
        one = _proposed(session, acme, clock, "coach")
        row = _row(session, acme, "coach", one)
        mails = _mails(session)
    assert (row.milestone.state, row.answered_by_id, row.by_id) == (
        MilestoneState.PLANNED,
        acme.person["coach"],
        acme.person["coach"],
    )
    assert mails == []


def test_nothing_is_agreed_in_coaching_that_is_over(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    with database.writing(acme.id) as session:
        one = _proposed(session, acme, clock, "coach")
        service.end_engagement(session, acme.actor["hr"], engagement_id, now=clock.now())
        with pytest.raises(Conflict, match="has ended"):
            _agree(session, acme, clock, "leader", one)
        assert _row(session, acme, "leader", one).is_open is False


@pytest.mark.parametrize("who", ["hr", "sponsor", "manager", "other_leader", "other_coach"])
def test_nobody_but_the_two_reads_or_answers_a_proposal(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int, who: str
) -> None:
    outsider = acme.actor[who]
    with database.writing(acme.id) as session:
        one = _proposed(session, acme, clock, "coach")
        with pytest.raises(NotVisible):
            queries.proposal(session, outsider, one)
        with pytest.raises((NotVisible, NotAllowed)):
            _agree(session, acme, clock, who, one)
        assert queries.proposals_of(session, outsider, acme.person["leader"]) == {}


def test_the_database_takes_no_proposal_outside_of_coaching_and_no_no_without_a_word(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    for changes, name in (
        ({"engagement_id": None}, "proposed_in_coaching"),
        ({"answered_on": TODAY}, "open_until_answered"),
        ({"state": MilestoneState.DECLINED, "answered_on": TODAY}, "no_with_a_word"),
    ):
        with database.writing(acme.id) as session:
            row = session.get_one(Milestone, _proposed(session, acme, clock, "coach"))
            for column, value in changes.items():
                setattr(row, column, value)
            with pytest.raises(IntegrityError, match=name):
                session.flush()
            session.rollback()


@pytest.mark.parametrize("n", [1, 3])
def test_proposals_take_one_statement(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int, n: int
) -> None:
    with database.writing(acme.id) as session:
        for _ in range(n):
            _proposed(session, acme, clock, "coach")
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        rows = queries.proposals_of(session, acme.actor["leader"], acme.person["leader"])
    assert (len(rows), len(statements)) == (n, 1)


@pytest.mark.parametrize(("proposer", "n"), [("coach", 0), ("leader", 1)])
def test_a_caseload_counts_what_waits_for_the_coach(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    proposer: str,
    n: int,
) -> None:
    with database.writing(acme.id) as session:
        _proposed(session, acme, clock, proposer)
        [row] = queries.caseload(session, acme.actor["coach"])
        ahead = queries.ahead_of(session, acme.actor["leader"], acme.person["leader"])
    assert (row.n_to_answer, ahead.n_to_answer) == (n, 1 - n)
