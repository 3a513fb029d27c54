"""A leader chooses a coach: who is offered, first talks, the choice, the answer, and its end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, Role
from ldtrack.coaching import pages, queries, service
from ldtrack.coaching.domain.appointments import PlanAppointment
from ldtrack.coaching.domain.choosing import CandidateState, InviteToChoose
from ldtrack.coaching.domain.coaches import PresentOneself, WriteCoach
from ldtrack.coaching.domain.matching import LookedFor
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.outbox.models import Message
from tests.infrastructure.organisation import SmallOrganisation

SENDER = service.Sender(address="no-reply@ldtrack.example", base_url="https://ldtrack.example")
LAST = "Their last place has just been taken, we are sorry. Please choose another coach."


def _invite(
    session: Session,
    acme: SmallOrganisation,
    clock: SetClock,
    who: str = "leader",
    *coaches: str,
    looked_for: LookedFor | None = None,
) -> int:
    command = InviteToChoose(
        person_id=acme.person[who],
        coach_ids=tuple(acme.person[one] for one in coaches or ("coach", "other_coach")),
        sessions_agreed=6,
        closes_on=clock.today() + timedelta(28),
        looked_for=looked_for or LookedFor(),
    )
    hr, now = acme.actor["hr"], clock.now()
    return service.invite_to_choose(session, hr, command, now=now, sender=SENDER)


def _offered(
    session: Session, acme: SmallOrganisation, clock: SetClock, who: str = "leader"
) -> dict[str, tuple[int, CandidateState]]:
    _, offered = queries.own_choice(session, acme.actor[who], clock.today())
    return {one.row.coach: (one.row.id, one.row.state) for one in offered}


def _mails(session: Session) -> Iterator[tuple[str, str, bool]]:
    for message in session.scalars(select(Message).order_by(Message.due_at, Message.id)):
        yield message.to_address.split("@")[0], message.subject, bool(message.calendar)


def _coach(acme: SmallOrganisation, key: str = "coach") -> Actor:
    return replace(acme.actor[key], roles=acme.actor[key].roles | {Role.COACH})


def test_a_leader_meets_two_chooses_one_and_coaching_begins_with_their_yes(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _invite(session, acme, clock)
        offered = _offered(session, acme, clock)
        assert set(offered) == {"Ines Marques", "Otto Lind"}
        leader, now = acme.actor["leader"], clock.now()
        for candidate_id, _ in offered.values():
            service.ask_to_meet(session, leader, candidate_id, now=now, sender=SENDER)
        ines, otto = offered["Ines Marques"][0], offered["Otto Lind"][0]
        talk = PlanAppointment(on=clock.today() + timedelta(3), at=time(9), minutes=30)
        service.plan_talk(session, _coach(acme), ines, talk, now=now, sender=SENDER)
        service.choose(session, leader, ines, now=now, sender=SENDER)
        [asked] = queries.asked_of(session, _coach(acme))
        assert (asked.row.person, asked.row.state) == ("Amara Okafor", CandidateState.CHOSEN)
        service.accept_choice(session, _coach(acme), ines, now=now, sender=SENDER)
        begun = queries.engagement_for(session, leader, acme.person["leader"])
        assert begun is not None
        assert (begun.coach, begun.sessions_agreed) == ("Ines Marques", 6)
        assert queries.own_choice(session, leader, clock.today()) == (None, [])
        [over] = queries.choices(session, acme.actor["hr"], clock.today())
        assert over.choice.ended_on == clock.today()
        assert over.where == "found a coach"
        with pytest.raises(Conflict):
            service.choose(session, leader, otto, now=now, sender=SENDER)
        told = sorted(_mails(session))
        coach, other, amara = (
            acme.actor[key].name.split()[0].lower() for key in ("coach", "other_coach", "leader")
        )
        assert [
            (subject, calendar) for who, subject, calendar in told if who.startswith(other)
        ] == [
            ("A first talk with Amara Okafor", False),
            ("No answer needed for Amara Okafor", False),
        ]
        assert [
            (subject, calendar) for who, subject, calendar in told if who.startswith(coach)
        ] == [
            ("A first talk with Amara Okafor", False),
            ("Amara Okafor has chosen you", False),
            ("Planned: first talk with Amara Okafor", True),
        ]
        assert ("hana.rossi", "Amara Okafor: choosing a coach is over", False) in told
        assert [subject for who, subject, _ in told if who.startswith(amara)] == [
            "Choose your coach",
            "Ines Marques is your coach",
            "Planned: first talk with Ines Marques",
        ]


def test_a_no_with_a_word_lets_the_leader_choose_again_and_calls_the_talk_off(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _invite(session, acme, clock)
        ines = _offered(session, acme, clock)["Ines Marques"][0]
        leader, coach, now = acme.actor["leader"], _coach(acme), clock.now()
        service.ask_to_meet(session, leader, ines, now=now, sender=SENDER)
        talk = PlanAppointment(on=clock.today() + timedelta(3), at=time(9), minutes=30)
        service.plan_talk(session, coach, ines, talk, now=now, sender=SENDER)
        service.choose(session, leader, ines, now=now, sender=SENDER)
        with pytest.raises(RuleBroken) as refused:
            service.decline_choice(session, coach, ines, "", now=now, sender=SENDER)
        assert refused.value.field == "word"
        word = "I know your team too well."
        service.decline_choice(session, coach, ines, word, now=now, sender=SENDER)
        _, offered = queries.own_choice(session, leader, clock.today())
        [row] = [one.row for one in offered if one.row.coach == "Ines Marques"]
        assert (row.state, row.word) == (CandidateState.DECLINED, word)
        [own] = pages.own_record(session, leader, now=now)["choices_of_a_coach"]
        assert {one["name"]: one["word"] for one in own["coaches"]} == {
            "Ines Marques": word,
            "Otto Lind": "",
        }
        otto = _offered(session, acme, clock)["Otto Lind"][0]
        service.choose(session, leader, otto, now=now, sender=SENDER)
        cancelled = [m for m in _mails(session) if m[1].startswith("Cancelled: first talk")]
        assert len(cancelled) == 2
        assert all(calendar for *_, calendar in cancelled)


def test_what_was_asked_can_be_taken_back_and_the_place_is_free_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        hr, now = acme.actor["hr"], clock.now()
        known = WriteCoach(places=1)
        service.describe_coach(session, hr, acme.person["coach"], known, now=now)
        first = _invite(session, acme, clock)
        _invite(session, acme, clock, "other_leader")
        ines = _offered(session, acme, clock)["Ines Marques"][0]
        service.choose(session, acme.actor["leader"], ines, now=now, sender=SENDER)
        assert "Ines Marques" not in _offered(session, acme, clock, "other_leader")
        [row] = [one for one in queries.coaches(session, hr, clock.today()) if one.is_full]
        assert row.name == "Ines Marques"
        service.take_choice_back(session, acme.actor["leader"], ines, now=now, sender=SENDER)
        assert "Ines Marques" in _offered(session, acme, clock, "other_leader")
        service.choose(session, acme.actor["leader"], ines, now=now, sender=SENDER)
        service.end_choice(session, hr, first, now=now, sender=SENDER)
        assert "Ines Marques" in _offered(session, acme, clock, "other_leader")


def test_of_two_leaders_who_choose_the_last_place_at_once_one_is_told_kindly(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leaders = ("leader", "other_leader")
    with database.writing(acme.id) as session:
        known = WriteCoach(places=1)
        coach = acme.person["coach"]
        service.describe_coach(session, acme.actor["hr"], coach, known, now=clock.now())
        for who in leaders:
            _invite(session, acme, clock, who)
        ids = {who: _offered(session, acme, clock, who)["Ines Marques"][0] for who in leaders}
    start = Barrier(len(leaders))

    def choose(who: str) -> str:
        start.wait()
        try:
            with database.writing(acme.id) as session:
                service.choose(session, acme.actor[who], ids[who], now=clock.now(), sender=SENDER)
        except RuleBroken as refused:
            return refused.message
        return "chosen"

    with ThreadPoolExecutor(len(leaders)) as pool:
        assert sorted(pool.map(choose, leaders)) == [LAST, "chosen"]
    with database.reading(acme.id) as session:
        rows = queries.asked_of(session, _coach(acme))
        assert [one.row.state for one in rows] == [CandidateState.CHOSEN]


def test_the_offered_come_in_the_order_in_which_they_suit_and_say_why(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        focus = (acme.competency["coaching-others"],)
        of_oneself = PresentOneself(languages="German", best_at=focus)
        service.present_oneself(session, _coach(acme, "other_coach"), of_oneself)
        looked_for = LookedFor(focus=focus, language="German")
        _invite(session, acme, clock, looked_for=looked_for)
        _, offered = queries.own_choice(session, acme.actor["leader"], clock.today())
        assert [one.row.coach for one in offered] == ["Otto Lind", "Ines Marques"]
        assert offered[0].match.reasons[:2] == ("coaches best Coaching others", "speaks German")
        with pytest.raises(Conflict):
            _invite(session, acme, clock)
        _invite(session, acme, clock, "other_leader", "coach")
        assert set(_offered(session, acme, clock, "other_leader")) == {"Ines Marques"}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"coach_ids": ()}, "coach_ids"),
        ({"sessions_agreed": 0}, "sessions_agreed"),
        ({"closes_on": date(2026, 11, 19)}, "closes_on"),
        ({"closes_on": date(2027, 11, 19)}, "closes_on"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_at_its_field(
    database: Database, acme: SmallOrganisation, clock: SetClock, more: dict[str, Any], field: str
) -> None:
    fine = InviteToChoose(
        person_id=acme.person["leader"],
        coach_ids=(acme.person["coach"],),
        sessions_agreed=6,
        closes_on=clock.today(),
    )
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session, pytest.raises(RuleBroken) as refused:
        service.invite_to_choose(session, hr, replace(fine, **more), now=now, sender=SENDER)
    assert refused.value.field == field


def test_nobody_is_offered_who_is_full_or_kept_apart(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        hr, now = acme.actor["hr"], clock.now()
        service.describe_coach(session, hr, acme.person["coach"], WriteCoach(places=0), now=now)
        with pytest.raises(RuleBroken):
            _invite(session, acme, clock)
        _invite(session, acme, clock, "leader", "other_coach")


def test_a_coach_who_does_not_answer_in_ten_days_is_asked_no_more(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        hr, leader, now = acme.actor["hr"], acme.actor["leader"], clock.now()
        known = WriteCoach(places=1)
        service.describe_coach(session, hr, acme.person["coach"], known, now=now)
        choice_id = _invite(session, acme, clock)
        ines = _offered(session, acme, clock)["Ines Marques"][0]
        service.choose(session, leader, ines, now=now, sender=SENDER)
        for days, state in ((10, CandidateState.CHOSEN), (11, CandidateState.LAPSED)):
            later = now + timedelta(days)
            again = service.look_after_choice(session, choice_id, now=later, sender=SENDER)
            assert again == later + timedelta(1)
            assert _offered(session, acme, clock)["Ines Marques"][1] is state
        with pytest.raises(Conflict):
            service.accept_choice(session, _coach(acme), ines, now=later, sender=SENDER)
        with pytest.raises(Conflict):
            service.choose(session, leader, ines, now=later, sender=SENDER)
        [row] = queries.choices(session, hr, clock.today())
        assert (row.where, row.n_no) == ("may choose among 1", 1)
        [one] = [row for row in queries.coaches(session, hr, clock.today()) if row.profile.places]
        assert one.n_running == 0
        subjects = [subject for _, subject, _ in _mails(session)]
        assert "Ines Marques has not answered" in subjects


def test_a_choice_runs_out_after_its_last_day_unless_somebody_may_still_answer(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        hr, leader = acme.actor["hr"], acme.actor["leader"]
        last = clock.now() + timedelta(28)
        choice_id = _invite(session, acme, clock)
        offered = _offered(session, acme, clock)
        ines, otto = offered["Ines Marques"][0], offered["Otto Lind"][0]
        assert service.look_after_choice(session, choice_id, now=last, sender=SENDER)
        service.choose(session, leader, ines, now=last, sender=SENDER)
        after = last + timedelta(1)
        assert service.look_after_choice(session, choice_id, now=after, sender=SENDER)
        service.decline_choice(session, _coach(acme), ines, "I am away.", now=after, sender=SENDER)
        assert service.look_after_choice(session, choice_id, now=after, sender=SENDER) is None
        with pytest.raises(Conflict):
            service.choose(session, leader, otto, now=after, sender=SENDER)
        [row] = queries.choices(session, hr, after.date())
        assert (row.where, row.is_open) == ("ran out", False)
        told = [(who, subject) for who, subject, _ in _mails(session)]
        assert ("amara", "Choosing a coach is over") in [
            (who[:5], subject) for who, subject in told
        ]
        assert ("hana.rossi", "Amara Okafor: choosing a coach is over") in told
        assert service.look_after_choice(session, choice_id, now=after, sender=SENDER) is None


def test_a_leader_may_leave_it_and_whoever_was_asked_is_told(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        leader, now = acme.actor["leader"], clock.now()
        with pytest.raises(NotVisible):
            service.leave_choice(session, leader, now=now, sender=SENDER)
        _invite(session, acme, clock)
        ines = _offered(session, acme, clock)["Ines Marques"][0]
        service.ask_to_meet(session, leader, ines, now=now, sender=SENDER)
        service.leave_choice(session, leader, now=now, sender=SENDER)
        assert queries.own_choice(session, leader, clock.today()) == (None, [])
        assert queries.asked_of(session, _coach(acme)) == []
        [row] = queries.choices(session, acme.actor["hr"], clock.today())
        assert row.where == "left by the leader"
        subjects = [subject for _, subject, _ in _mails(session)]
        assert "No answer needed for Amara Okafor" in subjects
        _invite(session, acme, clock)


def test_coaching_does_not_begin_where_something_came_between_and_the_coach_may_say_no(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _invite(session, acme, clock)
        ines, now = _offered(session, acme, clock)["Ines Marques"][0], clock.now()
        service.choose(session, acme.actor["leader"], ines, now=now, sender=SENDER)
        service.keep_apart(session, acme.actor["leader"], "Ines Marques", now=now)
        with pytest.raises(RuleBroken) as refused:
            service.accept_choice(session, _coach(acme), ines, now=now, sender=SENDER)
        assert refused.value.message == (
            "Coaching cannot begin at present. Say no with a word, or ask HR."
        )
        service.decline_choice(session, _coach(acme), ines, "As you like.", now=now, sender=SENDER)


def test_whoever_is_kept_apart_disappears_from_the_choice_without_a_word(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _invite(session, acme, clock)
        ines = _offered(session, acme, clock)["Ines Marques"][0]
        service.keep_apart(session, _coach(acme), "Amara Okafor", now=clock.now())
        assert set(_offered(session, acme, clock)) == {"Otto Lind"}
        with pytest.raises(RuleBroken):
            service.choose(session, acme.actor["leader"], ines, now=clock.now(), sender=SENDER)


def test_nobody_answers_or_chooses_for_somebody_else(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _invite(session, acme, clock)
        ines, now = _offered(session, acme, clock)["Ines Marques"][0], clock.now()
        for who in ("other_leader", "hr", "coach"):
            with pytest.raises(NotVisible):
                service.choose(session, acme.actor[who], ines, now=now, sender=SENDER)
        service.choose(session, acme.actor["leader"], ines, now=now, sender=SENDER)
        for who in ("other_coach", "leader", "hr"):
            with pytest.raises(NotVisible):
                service.accept_choice(session, acme.actor[who], ines, now=now, sender=SENDER)
        command = InviteToChoose(
            person_id=acme.person["peer_1"],
            coach_ids=(acme.person["coach"],),
            sessions_agreed=6,
            closes_on=clock.today(),
        )
        with pytest.raises(NotAllowed):
            service.invite_to_choose(session, acme.actor["coach"], command, now=now, sender=SENDER)


def test_a_choice_that_is_over_is_forgotten_after_a_while(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        choice_id = _invite(session, acme, clock)
        service.end_choice(session, acme.actor["hr"], choice_id, now=clock.now(), sender=SENDER)
        assert service.tidy_choices(session, clock.now() + timedelta(90)) == 0
        assert service.tidy_choices(session, clock.now() + timedelta(91)) == 1
