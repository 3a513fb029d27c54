"""A change of coach: what the next one reaches, what the one before keeps, and what is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import people_of
from ldtrack.audit.models import AuditEvent
from ldtrack.coaching import pages, queries, service
from ldtrack.coaching.domain import (
    ActionState,
    LogSession,
    NewAction,
    OpenEngagement,
    SetMilestone,
)
from ldtrack.coaching.domain.agreements import AgreementState
from ldtrack.coaching.domain.appointments import PlanAppointment
from ldtrack.coaching.domain.coaches import WriteCoach
from ldtrack.coaching.domain.handover import ChangeCoach, Handed, PeriodRow
from ldtrack.coaching.models import Appointment, CoachingAction, Engagement, Handover
from ldtrack.coaching.queries.trend import own_trend
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.evidence.queries import entries_for
from ldtrack.outbox.models import Message
from tests.infrastructure.milestones import SITE, agreed_milestone
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.coaching.signing import said, sent, sign

HELD = date(2026, 11, 18)
SENDER = service.Sender(address="no-reply@ldtrack.example", base_url=SITE)
EVERYTHING = tuple(Handed)
NOTHING: dict[str, list[str]] = {
    "sessions": [],
    "private": [],
    "actions": [],
    "milestones": [],
    "proposals": [],
    "agreements": [],
    "evidence": ["Coaching milestone"],
    "due": [],
    "feed": [],
}
REACHED: dict[Handed, dict[str, list[str]]] = {
    Handed.GOALS: {
        "milestones": ["Runs a review", "Asks first"],
        "agreements": ["Lead by asking"],
        "due": ["2026-12-01"],
    },
    Handed.SESSIONS: {"sessions": ["Ours"]},
    Handed.ACTIONS: {"actions": ["Ask three people", "Send the article"]},
}


def _as_of_today(session: Session, actor: Actor, today: date) -> Actor:
    """The coach as they come in: with the relationships in force."""
    people = people_of(session, actor.person_id or 0, RelationshipKind.COACH, today)
    return replace(actor, coaches=frozenset(people))


def _lived(session: Session, acme: SmallOrganisation, engagement_id: int, clock: SetClock) -> int:
    """Everything that could leak: a signed agreement, notes, actions, milestones, plans, a draft.

    Returns the session.
    """
    coach, leader, now = acme.actor["coach"], acme.actor["leader"], clock.now()
    sign(session, acme, sent(session, acme, engagement_id, said(acme), now=now), now=now)
    milestones = [
        agreed_milestone(session, coach, leader, _milestone(acme, title, due_on), now=now)
        for title, due_on in (("Asks first", None), ("Runs a review", date(2026, 12, 1)))
    ]
    proposed = _milestone(acme, "Delegates the budget", None)
    service.propose_milestone(session, coach, proposed, now=now, base_url=SITE)
    held = service.log_session(
        session,
        coach,
        engagement_id,
        LogSession(
            held_on=HELD,
            minutes=60,
            shared_note="Ours",
            private_note="Mine",
            milestones_met=(milestones[0],),
            new_actions=(
                NewAction(owner_id=acme.person["leader"], text="Ask three people"),
                NewAction(owner_id=acme.person["coach"], text="Send the article"),
            ),
        ),
        now=now,
        base_url=SITE,
    )
    plan = PlanAppointment(on=date(2026, 12, 4), at=time(15), minutes=45, place="Room 1")
    service.plan_appointment(session, coach, engagement_id, plan, now=now, sender=SENDER)
    service.keep_draft(session, coach, engagement_id, {"private_note": ["Begun"]}, now=now)
    return held


def _milestone(acme: SmallOrganisation, title: str, due_on: date | None) -> SetMilestone:
    return SetMilestone(
        person_id=acme.person["leader"],
        competency_id=acme.competency["coaching-others"],
        title=title,
        level=3,
        due_on=due_on,
    )


def _change(
    session: Session,
    acme: SmallOrganisation,
    engagement_id: int,
    clock: SetClock,
    coach: str = "other_coach",
) -> int:
    command = ChangeCoach(coach_id=acme.person[coach], sessions_agreed=5)
    return service.change_coach(
        session, acme.actor["hr"], engagement_id, command, now=clock.now(), sender=SENDER
    )


def _reached(
    session: Session, acme: SmallOrganisation, coach: Actor, earlier_id: int, clock: SetClock
) -> dict[str, list[str]]:
    """Everything of before that a coach reaches, through every query that hands anything out."""
    leader_id = acme.person["leader"]
    entries = entries_for(session, coach, leader_id, as_of=clock.today())
    versions = queries.versions_of(session, coach, earlier_id)
    service.make_feed(session, coach, now=clock.now())
    word = queries.own_feed(session, coach) or ""
    own = pages.own_record(session, coach, now=clock.now())
    assert (own["sessions"], own["actions"], own["agreements"]) == ([], [], [])
    shown = pages.leader_page(session, coach, leader_id, clock.now())
    found = {
        "sessions": [row.shared_note for row in queries.sessions_of(session, coach, leader_id)],
        "private": [row.note.body for row in queries.own_private_notes(session, coach)],
        "actions": [row.text for row in queries.actions_of(session, coach, leader_id)],
        "milestones": [row.title for row in queries.milestones_of(session, coach, leader_id)],
        "proposals": [
            row.milestone.title for row in queries.proposals_of(session, coach, leader_id).values()
        ],
        "agreements": [queries.version(session, coach, one.id).purpose for one in versions],
        "evidence": [entry.title for each in entries.values() for entry in each],
        "due": [
            day.isoformat()
            for row in queries.caseload(session, coach)
            for day in row.milestones_due_on
        ],
        "feed": [row.place for row in queries.feed_behind(session, word, clock.now())[1]],
    }
    assert [line.held.shared_note for line in shown.sessions] == found["sessions"]
    assert {line.own_note.body for line in shown.sessions} <= {""}
    assert [row.text for row in (*shown.open_actions, *shown.done_actions)] == found["actions"]
    lines = [line.milestone.title for line in (*shown.planned, *shown.moved)]
    assert lines == found["milestones"]
    assert (shown.proposed, shown.not_agreed, shown.draft, shown.appointments) == ((), (), None, ())
    return found


@pytest.mark.parametrize(
    "parts",
    [(), (Handed.GOALS,), (Handed.SESSIONS,), (Handed.ACTIONS,), EVERYTHING],
    ids=lambda parts: "-".join(parts) or "nothing",
)
def test_the_next_coach_reaches_what_the_leader_hands_over_and_no_more(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    unsigned_id: int,
    parts: Sequence[Handed],
) -> None:
    with database.writing(acme.id) as session:
        _lived(session, acme, unsigned_id, clock)
        following = _change(session, acme, unsigned_id, clock)
        coach = _as_of_today(session, acme.actor["other_coach"], clock.today())
        before = _reached(session, acme, coach, unsigned_id, clock)
        service.hand_over(session, acme.actor["leader"], following, parts, now=clock.now())
        after = _reached(session, acme, coach, unsigned_id, clock)
        service.hand_over(session, acme.actor["leader"], following, (), now=clock.now())
        back = _reached(session, acme, coach, unsigned_id, clock)
    expected = dict(NOTHING)
    for part in parts:
        expected |= REACHED[part]
    assert before == back == NOTHING
    assert after == expected


def test_what_is_handed_over_is_read_and_worked_on_but_its_sessions_stay_as_they_are(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        held = _lived(session, acme, unsigned_id, clock)
        following = _change(session, acme, unsigned_id, clock)
        service.hand_over(session, acme.actor["leader"], following, EVERYTHING, now=now)
        coach = _as_of_today(session, acme.actor["other_coach"], clock.today())
        [planned] = [
            row
            for row in queries.milestones_of(session, coach, acme.person["leader"])
            if row.met_on is None
        ]
        open_one = [
            row
            for row in queries.actions_of(session, coach, acme.person["leader"])
            if row.settled_on is None
        ]
        for refused in (
            lambda: service.unshare_note(session, coach, held),
            lambda: service.take_back_session(session, coach, held, now=now),
            lambda: service.write_own_note(session, coach, held, "Mine now"),
            lambda: queries.session_held(session, coach, held),
            lambda: service.keep_draft(session, coach, unsigned_id, {}, now=now),
        ):
            with pytest.raises(NotVisible):
                refused()
        command = LogSession(
            held_on=clock.today(),
            minutes=60,
            unsigned_reason="The agreement is being written",
            milestones_met=(planned.id,),
            actions_done=tuple(row.id for row in open_one),
        )
        service.log_session(session, coach, following, command, now=now, base_url=SITE)
        moved = queries.milestones_of(session, coach, acme.person["leader"])
        settled = queries.actions_of(session, coach, acme.person["leader"])
    assert [row.title for row in moved if row.met_on is not None] == ["Runs a review", "Asks first"]
    assert [row.text for row in open_one] == ["Ask three people"]
    assert all(row.settled_on is not None for row in settled)


def test_what_is_not_handed_over_can_be_neither_moved_nor_ticked_nor_dropped(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now, leader = clock.now(), acme.actor["leader"]
    with database.writing(acme.id) as session:
        _lived(session, acme, unsigned_id, clock)
        milestone = queries.milestones_of(session, leader, acme.person["leader"])[0]
        action = queries.actions_of(session, leader, acme.person["leader"])[0]
        following = _change(session, acme, unsigned_id, clock)
        coach = _as_of_today(session, acme.actor["other_coach"], clock.today())
        held = LogSession(held_on=clock.today(), minutes=60, unsigned_reason="It waits")
        for more, field in (
            (replace(held, milestones_met=(milestone.id,)), "milestones_met"),
            (replace(held, actions_done=(action.id,)), "actions_done"),
        ):
            with pytest.raises(RuleBroken) as broken, session.begin_nested():
                service.log_session(session, coach, following, more, now=now)
            assert broken.value.field == field
        with pytest.raises(NotVisible):
            service.drop_milestone(session, coach, milestone.id)
        with pytest.raises(NotVisible):
            service.finish_action(session, coach, action.id, now=now)


def test_the_coach_before_sees_nothing_of_what_comes_after_and_keeps_their_private_notes(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    leader_id, now = acme.person["leader"], clock.now()
    with database.writing(acme.id) as session:
        _lived(session, acme, unsigned_id, clock)
        following = _change(session, acme, unsigned_id, clock)
        after = _as_of_today(session, acme.actor["other_coach"], clock.today())
        held = LogSession(
            held_on=clock.today(), minutes=30, unsigned_reason="Soon", shared_note="Theirs"
        )
        service.log_session(session, after, following, held, now=now)
        coach = _as_of_today(session, acme.actor["coach"], clock.today())
        assert coach.coaches == frozenset()
        assert queries.sessions_of(session, coach, leader_id) == []
        assert queries.actions_of(session, coach, leader_id) == []
        assert queries.milestones_of(session, coach, leader_id) == []
        assert queries.caseload(session, coach) == []
        for engagement_id in (unsigned_id, following):
            with pytest.raises(NotVisible):
                queries.engagement(session, coach, engagement_id)
        notes = [row.note.body for row in queries.own_private_notes(session, coach)]
        trends = [
            [one.minutes for one in own_trend(session, who, date(2026, 1, 1)).sessions]
            for who in (coach, after)
        ]
        own = queries.sessions_of(session, acme.actor["leader"], leader_id)
    assert notes == ["Begun", "Mine"]
    assert trends == [[60], [30]]
    assert [(row.coach, row.shared_note) for row in own] == [
        ("Otto Lind", "Theirs"),
        ("Ines Marques", "Ours"),
    ]


def test_plans_are_called_off_promises_dropped_both_are_told_and_it_is_written_down(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    with database.writing(acme.id) as session:
        _lived(session, acme, unsigned_id, clock)
        told = set(session.scalars(select(Message.id)))
        following = _change(session, acme, unsigned_id, clock)
        mails = [
            (mail.to_address, mail.subject, mail.body)
            for mail in session.scalars(select(Message).order_by(Message.id))
            if mail.id not in told
        ]
        off = session.execute(select(Appointment.state, Appointment.word)).all()
        promised = session.execute(
            select(CoachingAction.text, CoachingAction.state).order_by(CoachingAction.text)
        ).all()
        done = set(session.scalars(select(AuditEvent.action)))
        service.hand_over(
            session, acme.actor["leader"], following, (Handed.ACTIONS,), now=clock.now()
        )
        [reason] = session.scalars(
            select(AuditEvent.reason).where(AuditEvent.action == "coaching.handover:decide")
        )
    assert [tuple(row) for row in off] == [("cancelled", service.COACH_CHANGED)]
    assert [tuple(row) for row in promised] == [
        ("Ask three people", ActionState.OPEN),
        ("Send the article", ActionState.DROPPED),
    ]
    subjects = sorted(subject for _, subject, _ in mails)
    assert subjects == [
        "Cancelled: Coaching Amara Okafor",
        "Cancelled: Coaching with Ines Marques",
        "You coach Amara Okafor from now on",
        "Your coach from now on: Otto Lind",
    ]
    words = " ".join(body for *_, body in mails)
    for said_there in ("Ours", "Mine", "Ask three", "Asks first", "Lead by asking"):
        assert said_there not in words
    assert {
        "coaching.engagement:ended",
        "coaching.engagement:opened",
        "coaching.coach:changed",
    } <= (done)
    assert reason == ""


def test_the_next_agreement_is_version_two_and_until_it_is_signed_a_sponsor_sees_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now, hr = clock.now(), acme.actor["hr"]
    with database.writing(acme.id) as session:
        _lived(session, acme, unsigned_id, clock)
        seen = [queries.sponsor_sees(session, acme.person["leader"])]
        following = _change(session, acme, unsigned_id, clock)
        seen.append(queries.sponsor_sees(session, acme.person["leader"]))
        without = [
            row.engagement.id
            for row in queries.engagements(session, hr)
            if row.engagement.runs and row.agreed_on is None
        ]
        agreement_id = sent(session, acme, following, said(acme), now=now)
        coach = _as_of_today(session, acme.actor["other_coach"], clock.today())
        version = queries.version(session, coach, agreement_id)
        for actor in (acme.actor["leader"], coach, acme.actor["sponsor"]):
            service.sign_agreement(session, actor, agreement_id, actor.name, now=now, base_url=SITE)
        seen.append(queries.sponsor_sees(session, acme.person["leader"]))
        heads = queries.versions_of(session, hr, following)
    assert version.number == 2
    assert [(head.number, head.state) for head in heads] == [(2, AgreementState.IN_FORCE)]
    assert {party.name for party in version.parties} >= {"Otto Lind", "Amara Okafor"}
    assert without == [following]
    assert [len(words) for words in seen] == [1, 0, 1]


def test_hr_sees_the_periods_of_all_coaches_and_each_counts_for_their_own(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        _lived(session, acme, unsigned_id, clock)
        second = _change(session, acme, unsigned_id, clock)
        clock.instant += timedelta(days=30)
        third = _change(session, acme, second, clock, "peer_1")
        shown = [queries.periods_of(session, hr, one) for one in (unsigned_id, second, third)]
        others = queries.periods_of(session, acme.actor["leader"], second)
        running = [row.engagement.id for row in queries.engagements(session, hr)][:1]
        taken = {row.name: row.n_running for row in queries.coaches(session, hr, clock.today())}
    begun = clock.today() - timedelta(days=30)
    assert shown == [shown[0]] * 3
    assert shown[0] == [
        _period(unsigned_id, "Ines Marques", date(2026, 9, 1), begun, 1),
        _period(second, "Otto Lind", begun, clock.today(), 0),
        _period(third, "Petra Kline", clock.today(), None, 0),
    ]
    assert others == []
    assert running == [third]
    assert (taken["Ines Marques"], taken["Otto Lind"]) == (0, 0)


def _period(
    engagement_id: int, coach: str, starts_on: date, ends_on: date | None, n_held: int
) -> PeriodRow:
    return PeriodRow(
        engagement_id=engagement_id,
        coach=coach,
        starts_on=starts_on,
        ends_on=ends_on,
        n_held=n_held,
    )


def test_a_coach_without_a_place_the_same_one_or_coaching_that_is_over_is_refused(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        service.describe_coach(
            session, hr, acme.person["other_coach"], WriteCoach(places=0), now=now
        )
        for coach, sentence in (
            ("other_coach", "0 of 0 places taken"),
            ("coach", "They are the coach already"),
            ("leader", "Nobody can be their own coach"),
        ):
            with pytest.raises(RuleBroken, match=sentence):
                _change(session, acme, unsigned_id, clock, coach)
        runs = session.get_one(Engagement, unsigned_id).ends_on
        service.end_engagement(session, hr, unsigned_id, now=now)
        with pytest.raises(Conflict, match="has ended"):
            _change(session, acme, unsigned_id, clock, "peer_1")
    assert runs is None


@pytest.mark.parametrize("who", ["coach", "other_coach", "hr", "manager", "sponsor"])
def test_nobody_but_the_leader_hands_anything_over(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int, who: str
) -> None:
    with database.writing(acme.id) as session:
        following = _change(session, acme, unsigned_id, clock)
        actor = _as_of_today(session, acme.actor[who], clock.today())
        assert queries.handover_to(session, actor, following) is None
        with pytest.raises(NotVisible):
            service.hand_over(session, actor, following, EVERYTHING, now=clock.now())
        assert session.scalars(select(Handover)).all() == []


def test_there_is_nothing_to_hand_over_where_nobody_coached_before(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        assert queries.handover_to(session, leader, unsigned_id) is None
        with pytest.raises(Conflict, match="no coaching with anybody else"):
            service.hand_over(session, leader, unsigned_id, EVERYTHING, now=clock.now())


def test_what_was_handed_over_to_one_coach_is_not_handed_on_to_the_next(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    with database.writing(acme.id) as session:
        _lived(session, acme, unsigned_id, clock)
        second = _change(session, acme, unsigned_id, clock)
        service.hand_over(session, acme.actor["leader"], second, EVERYTHING, now=clock.now())
        _change(session, acme, second, clock, "administrator")
        now_and_before = [
            _as_of_today(session, acme.actor[who], clock.today())
            for who in ("administrator", "other_coach")
        ]
        reached = [_titles(session, actor, acme.person["leader"]) for actor in now_and_before]
    assert reached == [[], []]


def test_what_was_handed_over_to_one_coach_is_no_business_of_another_who_coaches_beside_them(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    with database.writing(acme.id) as session:
        _lived(session, acme, unsigned_id, clock)
        second = _change(session, acme, unsigned_id, clock)
        service.hand_over(session, acme.actor["leader"], second, EVERYTHING, now=clock.now())
        beside = OpenEngagement(
            coach_id=acme.person["administrator"],
            person_id=acme.person["leader"],
            starts_on=clock.today(),
            sessions_agreed=3,
        )
        service.open_engagement(session, acme.actor["hr"], beside, now=clock.now())
        reached = {
            who: len(
                _titles(
                    session,
                    _as_of_today(session, acme.actor[who], clock.today()),
                    acme.person["leader"],
                )
            )
            for who in ("other_coach", "administrator")
        }
    assert reached == {"other_coach": 2 + 1 + 2, "administrator": 0}


def test_a_coach_who_comes_back_sees_nothing_of_what_they_were_handed_the_first_time(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    with database.writing(acme.id) as session:
        _lived(session, acme, unsigned_id, clock)
        second = _change(session, acme, unsigned_id, clock)
        service.hand_over(session, acme.actor["leader"], second, EVERYTHING, now=clock.now())
        third = _change(session, acme, second, clock, "administrator")
        _change(session, acme, third, clock)
        back = _as_of_today(session, acme.actor["other_coach"], clock.today())
        reached = _titles(session, back, acme.person["leader"])
    assert reached == []


def _titles(session: Session, actor: Actor, leader_id: int) -> list[str]:
    rows: Iterable[str] = (
        *(row.title for row in queries.milestones_of(session, actor, leader_id)),
        *(row.shared_note for row in queries.sessions_of(session, actor, leader_id)),
        *(row.text for row in queries.actions_of(session, actor, leader_id)),
    )
    return list(rows)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"starts_on": date(2026, 11, 1)}, "begins_after_it"),
        ({"follows_ended_on": None}, "follows_one_that_ended"),
        ({"follows_ended_on": date(2026, 11, 19)}, "FOREIGN KEY|follows_id_follows_ended_on"),
    ],
)
def test_the_times_of_two_coaches_cannot_overlap(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    unsigned_id: int,
    values: dict[str, object],
    name: str,
) -> None:
    with database.writing(acme.id) as session:
        following = _change(session, acme, unsigned_id, clock)
        with pytest.raises(IntegrityError, match=name), session.begin_nested():
            session.execute(update(Engagement).where(Engagement.id == following).values(values))


def test_one_period_is_followed_by_one_other_and_a_change_of_its_end_is_followed(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    with database.writing(acme.id) as session:
        following = _change(session, acme, unsigned_id, clock)
        one = session.get_one(Engagement, following)
        twice = Engagement(
            coach_id=acme.person["peer_1"],
            person_id=acme.person["leader"],
            starts_on=clock.today(),
            sessions_agreed=4,
            follows_id=one.follows_id,
            follows_ended_on=one.follows_ended_on,
        )
        with session.begin_nested() as attempt:
            session.add(twice)
            with pytest.raises(IntegrityError, match="follows_id"):
                session.flush()
            attempt.rollback()
        earlier = clock.today() - timedelta(days=1)
        session.execute(
            update(Engagement).where(Engagement.id == unsigned_id).values(ends_on=earlier)
        )
        session.expire_all()
        assert session.get_one(Engagement, following).follows_ended_on == earlier
