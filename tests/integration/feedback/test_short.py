"""Short feedback: who reads it, how it is taken back, asked for and answered, and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.service import end_relation
from ldtrack.competencies.queries import indicators
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.evidence.queries import entries_for
from ldtrack.feedback import service
from ldtrack.feedback.domain.short import (
    MOST_ASKED,
    AskForShort,
    Behaviour,
    GiveShort,
    RequestState,
    ShortKind,
)
from ldtrack.feedback.models import ShortFeedback, ShortFeedbackRequest
from ldtrack.feedback.queries import short
from ldtrack.outbox.models import Message
from ldtrack.people.service.accounts import open_account
from tests.infrastructure.organisation import PASSWORD, QUICK, SmallOrganisation
from tests.infrastructure.statements import counted

SITE = "https://ld.example.org"
WORDS = "In Tuesday’s review you asked before you told; the team found the fault itself."


def said(acme: SmallOrganisation, **changes: object) -> GiveShort:
    """What the manager tells the leader."""
    usual = GiveShort(
        person_id=acme.person["leader"],
        about=Behaviour(competency_id=acme.competency["coaching-others"]),
        kind=ShortKind.KEEP,
        body=WORDS,
    )
    return replace(usual, **changes)  # type: ignore[arg-type]  # handed through


def given(session: Session, acme: SmallOrganisation, clock: SetClock, who: str = "manager") -> int:
    return service.give(session, acme.actor[who], said(acme), now=clock.now(), base_url=SITE)


def _readers(session: Session, acme: SmallOrganisation) -> set[str]:
    """Who finds it on any of the lists there are."""
    return {
        name
        for name, actor in acme.actor.items()
        if short.received(session, actor)[0]
        or short.given(session, actor)[0]
        or short.shared_by(session, actor, acme.person["leader"])[0]
    }


def test_it_is_read_at_once_by_its_two_people_and_by_the_coach_when_shared(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        short_id = given(session, acme, clock)
        assert _readers(session, acme) == {"leader", "manager"}
        service.share_short(session, leader, short_id, today=clock.today())
        assert _readers(session, acme) == {"leader", "manager", "coach"}
        service.hide_short(session, leader, short_id)
        assert _readers(session, acme) == {"leader", "manager"}
        [row], total = short.received(session, leader)
    assert (row.author, row.competency, row.body, row.is_hidden, total) == (
        "Maya Singh",
        "Coaching others",
        WORDS,
        True,
        1,
    )


def test_what_was_shared_is_gone_for_a_coach_whose_coaching_ended_and_not_there_for_the_next(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader_id = acme.person["leader"]
    with database.writing(acme.id) as session:
        short_id = given(session, acme, clock)
        service.share_short(session, acme.actor["leader"], short_id, today=clock.today())
        former = replace(acme.actor["coach"], coaches=frozenset[int]())
        following = replace(acme.actor["other_coach"], coaches=frozenset({leader_id}))
        assert short.shared_by(session, former, leader_id) == ([], 0)
        assert short.shared_by(session, following, leader_id) == ([], 0)
        end_relation(
            session,
            kind=RelationshipKind.COACH,
            person_id=leader_id,
            holder_id=acme.person["coach"],
            ended_on=clock.today(),
        )
        with pytest.raises(Conflict, match="no coach at present"):
            service.share_short(session, acme.actor["leader"], short_id, today=clock.today())


def test_it_keeps_the_words_of_the_behaviour_and_moves_no_level(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, competency_id = acme.actor["leader"], acme.competency["coaching-others"]
    with database.writing(acme.id) as session:
        behaviour = indicators(session, [competency_id])[2]
        about = Behaviour(competency_id=competency_id, indicator_id=behaviour.id)
        command = said(acme, about=about)
        service.give(session, acme.actor["manager"], command, now=clock.now(), base_url=SITE)
        [row], _ = short.received(session, leader)
        assert row.behaviour == "Shows coaching others at level 3"
        assert entries_for(session, leader, acme.person["leader"]) == {}
        other = Behaviour(
            competency_id=acme.competency["financial-acumen"], indicator_id=behaviour.id
        )
        with pytest.raises(RuleBroken, match="one of these behaviours"):
            service.give(
                session,
                acme.actor["manager"],
                said(acme, about=other),
                now=clock.now(),
                base_url=SITE,
            )


def test_the_mail_says_that_it_is_there_and_leaves_when_it_can_no_longer_be_taken_back(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        given(session, acme, clock)
        [mail] = session.scalars(select(Message)).all()
    assert (mail.to_address, mail.subject) == (
        "amara.okafor@example.org",
        "Short feedback from Maya Singh",
    )
    assert mail.due_at == clock.now() + timedelta(minutes=10)
    assert mail.body == (
        "Dear Amara Okafor,\n\nMaya Singh has left you short feedback.\n\n"
        "https://ld.example.org/short-feedback\n"
    )


def test_it_can_be_taken_back_for_ten_minutes_with_its_mail_and_not_longer(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    manager, leader = acme.actor["manager"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        first, second = given(session, acme, clock), given(session, acme, clock)
        with pytest.raises(NotAllowed):
            service.take_back_short(session, leader, first, now=clock.now())
        with pytest.raises(NotVisible):
            service.take_back_short(session, acme.actor["hr"], first, now=clock.now())
        clock.instant += timedelta(minutes=10)
        service.take_back_short(session, manager, first, now=clock.now())
        clock.instant += timedelta(seconds=1)
        with pytest.raises(Conflict, match="more than ten minutes"):
            service.take_back_short(session, manager, second, now=clock.now())
        assert session.scalars(select(ShortFeedback.id)).all() == [second]
        assert len(session.scalars(select(Message.id)).all()) == 1


def test_thanks_are_seen_by_the_giver_and_given_once(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        short_id = given(session, acme, clock)
        for days in (0, 3):
            then = clock.now() + timedelta(days=days)
            service.thank(session, acme.actor["leader"], short_id, now=then)
        [row], _ = short.given(session, acme.actor["manager"])
        with pytest.raises(NotAllowed):
            service.thank(session, acme.actor["manager"], short_id, now=clock.now())
    assert row.thanked_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"body": ""}, "Say what you saw"), ({"body": "x" * 801}, "shorten this to 800")],
)
def test_words_that_cannot_be_are_refused(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    changes: dict[str, object],
    sentence: str,
) -> None:
    with database.writing(acme.id) as session, pytest.raises(RuleBroken, match=sentence):
        service.give(
            session,
            acme.actor["manager"],
            said(acme, **changes),
            now=clock.now(),
            base_url=SITE,
        )


def test_nobody_is_told_but_a_colleague_who_can_read_it(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        for person_id in (acme.person["peer_1"], rival.person["leader"], 77):
            with pytest.raises(NotVisible):
                service.give(
                    session,
                    acme.actor["manager"],
                    said(acme, person_id=person_id),
                    now=clock.now(),
                    base_url=SITE,
                )
        oneself = said(acme, person_id=acme.person["manager"])
        with pytest.raises(RuleBroken, match="somebody else"):
            service.give(session, acme.actor["manager"], oneself, now=clock.now(), base_url=SITE)


def _ask(acme: SmallOrganisation, who: str) -> AskForShort:
    return AskForShort(
        asked_id=acme.person[who],
        about=Behaviour(competency_id=acme.competency["coaching-others"]),
        question="In Tuesday’s review?",
    )


def asked(session: Session, acme: SmallOrganisation, clock: SetClock, who: str = "manager") -> int:
    """The leader asks somebody."""
    leader = acme.actor["leader"]
    return service.ask_for_short(session, leader, _ask(acme, who), now=clock.now(), base_url=SITE)


def test_a_request_is_answered_on_what_it_asked_and_is_then_gone(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, manager = acme.actor["leader"], acme.actor["manager"]
    with database.writing(acme.id) as session:
        request_id = asked(session, acme, clock)
        [row] = short.asked_for(session, manager)
        assert (row.person, row.competency, row.question, row.id) == (
            "Amara Okafor",
            "Coaching others",
            "In Tuesday’s review?",
            request_id,
        )
        service.answer_short(
            session, manager, request_id, ShortKind.TRY, WORDS, now=clock.now(), base_url=SITE
        )
        [answer], _ = short.received(session, leader)
        assert (answer.competency, answer.kind, answer.body) == (
            "Coaching others",
            ShortKind.TRY,
            WORDS,
        )
        assert (short.asked_for(session, manager), short.asked_by(session, leader)) == ([], [])
        with pytest.raises(Conflict, match="not asked any more"):
            service.decline_short(session, manager, request_id)
        with pytest.raises(Conflict, match="answered already"):
            service.withdraw_request(session, leader, request_id)


def test_the_mail_to_who_is_asked_tells_nothing_of_the_question(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        asked(session, acme, clock)
        [mail] = session.scalars(select(Message)).all()
    assert mail.to_address == "maya.singh@example.org"
    assert (mail.due_at.minute, mail.due_at.second) == (0, 0)
    assert "Tuesday" not in mail.body
    assert "oaching" not in mail.body


def test_whoever_is_asked_may_say_no_without_a_reason_and_the_asker_may_stop_asking(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        declined, withdrawn = asked(session, acme, clock), asked(session, acme, clock, "coach")
        with pytest.raises(NotVisible):
            service.decline_short(session, acme.actor["coach"], declined)
        service.decline_short(session, acme.actor["manager"], declined)
        with pytest.raises(NotVisible):
            service.withdraw_request(session, acme.actor["manager"], withdrawn)
        service.withdraw_request(session, leader, withdrawn)
        assert [row.state for row in short.asked_by(session, leader)] == [RequestState.DECLINED]
        service.withdraw_request(session, leader, declined)
        assert short.asked_by(session, leader) == []


def test_a_colleague_is_asked_one_thing_at_a_time_and_only_by_leaders(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        asked(session, acme, clock)
        with pytest.raises(RuleBroken, match="Maya is asked already"):
            asked(session, acme, clock)
        with pytest.raises(NotAllowed):
            service.ask_for_short(
                session, acme.actor["coach"], _ask(acme, "leader"), now=clock.now(), base_url=SITE
            )
        again = ShortFeedbackRequest(
            person_id=acme.person["leader"],
            asked_id=acme.person["manager"],
            competency_id=acme.competency["coaching-others"],
            asked_on=clock.today(),
            state=RequestState.OPEN,
        )
        session.add(again)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_a_leader_waits_for_ten_colleagues_at_most(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    without = [key for key in acme.person if key not in acme.actor]
    with database.writing(acme.id) as session:
        for key in without:
            open_account(
                session,
                email=f"{key}@example.org",
                password=PASSWORD,
                roles=frozenset(),
                person_id=acme.person[key],
                hasher=QUICK,
            )
        everybody = [key for key in acme.person if key != "leader"]
        for key in everybody[:MOST_ASKED]:
            asked(session, acme, clock, key)
        with pytest.raises(RuleBroken, match="waiting for 10 colleagues"):
            asked(session, acme, clock, everybody[MOST_ASKED])


def test_another_organisation_reads_and_changes_nothing(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        short_id = given(session, acme, clock)
    with database.writing(rival.id) as session:
        for actor in rival.actor.values():
            assert _lists(session, actor) == [[], []]
            with pytest.raises(NotVisible):
                service.hide_short(session, actor, short_id)


def _lists(session: Session, actor: Actor) -> list[list[object]]:
    return [list(short.received(session, actor)[0]), list(short.given(session, actor)[0])]


@pytest.mark.parametrize("n", [1, 3])
def test_a_list_takes_two_statements_however_long(
    database: Database, acme: SmallOrganisation, clock: SetClock, n: int
) -> None:
    with database.writing(acme.id) as session:
        for who in ("manager", "coach", "hr")[:n]:
            given(session, acme, clock, who)
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        rows, total = short.received(session, acme.actor["leader"])
    assert (len(rows), total, len(statements)) == (n, n, 2)
