"""A triad is three people's own: they come in by a yes, tell each other, and leave as they like."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import people_of, relationships_of
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.network import service
from ldtrack.network.domain.triads import (
    CheckInNow,
    CommitmentState,
    NoteKind,
    Report,
    SeatState,
)
from ldtrack.network.links import SeatLinks, SeatSaid
from ldtrack.network.models import Triad, TriadMember
from ldtrack.network.queries import (
    check_ins,
    commitments,
    experiences,
    my_triads,
    n_triads,
    seat_by_link,
    triad_with,
    triads_waiting,
)
from ldtrack.network.service.rounds import KEPT
from ldtrack.outbox.models import Message
from ldtrack.people.service.erasing import erase_person
from ldtrack.people.service.leaving import leave_all
from ldtrack.reflection.domain import WriteEntry
from ldtrack.reflection.queries import entries, readers_for
from ldtrack.reflection.service import write
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.network.makers import LINKS, THREE, asked, running, seat, sender

WEEK = timedelta(weeks=1)


def test_it_begins_with_the_third_yes(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        triad_id = asked(session, acme, clock)
        began = []
        for key in THREE[1:]:
            own = seat(session, acme.actor[key], triad_id)
            service.answer(session, own, accept=True, sender=sender(clock))
            began.append(session.get_one(Triad, triad_id).began_on)
        assert began == [None, clock.today()]
        mails = session.execute(select(Message.to_address, Message.subject)).all()
        assert sorted(map(tuple, mails)) == [
            ("amara.okafor@example.org", "Your triad begins"),
            ("ben.li@example.org", "Will you be one of three?"),
            ("ben.li@example.org", "Your triad begins"),
            ("maya.singh@example.org", "Will you be one of three?"),
            ("maya.singh@example.org", "Your triad begins"),
        ]
        assert session.scalar(select(func.count()).where(~Message.discreet)) == 0


def test_whoever_says_no_leaves_a_free_seat(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        triad_id = asked(session, acme, clock)
        own = seat(session, acme.actor["manager"], triad_id)
        service.answer(session, own, accept=False, sender=sender(clock))
        with pytest.raises(NotVisible):
            seat(session, acme.actor["manager"], triad_id)
        first = seat(session, acme.actor["leader"], triad_id)
        for typed, sentence in (
            ("Nobody Here", "There is nobody here"),
            ("ben.li@example.org", "They are one of the three already"),
            ("Amara Okafor", "They are one of the three already"),
            ("Zoe <nowhere>", "There is nobody here"),
        ):
            with pytest.raises(RuleBroken, match=sentence):
                service.invite(session, first, typed, field="who", sender=sender(clock))
        service.invite(session, first, "Sofia Berg", field="who", sender=sender(clock))
        with pytest.raises(Conflict):
            service.invite(session, first, "Petra Kline", field="who", sender=sender(clock))


def test_the_database_knows_no_fourth_seat(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        triad_id = asked(session, acme, clock)
    for number, constraint in ((3, "uq_triad_member_seat"), (4, "one_of_three")):
        with pytest.raises(IntegrityError) as raised, database.writing(acme.id) as session:
            session.add(
                TriadMember(
                    triad_id=triad_id,
                    person_id=acme.person["sponsor"],
                    seat=number,
                    state=SeatState.INVITED,
                )
            )
        said = str(raised.value)
        assert constraint in said or "triad_member.triad_id, triad_member.seat" in said


def test_what_is_told_is_for_the_three_alone(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        triad_id = running(session, acme, clock)
        amara, ben = (seat(session, acme.actor[key], triad_id) for key in (THREE[0], THREE[2]))
        told = service.tell(session, amara, "A hard talk.", today=clock.today())
        service.say(
            session, ben, told, NoteKind.QUESTION, "What did you want?", today=clock.today()
        )
        [row] = experiences(session, ben)
        assert (row.body, [note.body for note in row.notes]) == (
            "A hard talk.",
            ["What did you want?"],
        )
        for other in ("coach", "hr", "sponsor", "administrator"):
            with pytest.raises(NotVisible):
                seat(session, acme.actor[other], triad_id)
            assert my_triads(session, acme.actor[other]) == []
        with pytest.raises(NotVisible):
            service.take_back(session, ben, told)
        service.take_back(session, amara, told)
        assert experiences(session, ben) == []


def test_a_check_in_tells_what_became_of_a_promise(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    today = clock.today()
    with database.writing(acme.id) as session:
        triad_id = running(session, acme, clock)
        amara, ben = (seat(session, acme.actor[key], triad_id) for key in (THREE[0], THREE[2]))
        service.commit(session, amara, "Let Ana lead", today + WEEK, today=today)
        with pytest.raises(RuleBroken, match="not over"):
            service.commit(session, amara, "Too late", today - WEEK, today=today)
        [row] = commitments(session, ben)
        report = Report(commitment_id=row.id, state=CommitmentState.CHANGED, told="Half of it.")
        said = CheckInNow(reports=(report,), word="A good week.", what="", until=None)
        with pytest.raises(NotVisible):
            service.check_in(session, ben, said, today=today)
        service.check_in(session, amara, said, today=today)
        again = replace(said, reports=(), word="One more thing.")
        service.check_in(session, amara, again, today=today)
        [row] = commitments(session, ben)
        assert (row.state, row.told, row.told_on) == (CommitmentState.CHANGED, "Half of it.", today)
        assert [one.word for one in check_ins(session, ben)] == ["A good week.\n\nOne more thing."]


def test_whoever_was_not_heard_of_is_asked_by_the_other_two_and_by_nobody_else(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    nothing = CheckInNow(reports=(), word="", what="", until=None)
    with database.writing(acme.id) as session:
        triad_id = running(session, acme, clock)
        for key in THREE[:2]:
            own = seat(session, acme.actor[key], triad_id)
            service.check_in(session, own, nothing, today=clock.today())
        session.query(Message).delete()
    clock.instant += WEEK
    with database.writing(acme.id) as session:
        assert service.look_after(session, sender=sender(clock)) == 2
        assert service.look_after(session, sender=sender(clock)) == 0
        mails = session.scalars(select(Message).order_by(Message.to_address)).all()
        assert [(one.to_address, one.subject, one.discreet) for one in mails] == [
            ("amara.okafor@example.org", "A word to your triad", True),
            ("maya.singh@example.org", "A word to your triad", True),
        ]
        assert ["Ben Li" in one.body for one in mails] == [True, True]
        waiting = triads_waiting(session, acme.actor["leader"], clock.today())
        assert [(one.kind, one.name) for one in waiting] == [("silent", "Ben Li"), ("check-in", "")]
        waiting = triads_waiting(session, acme.actor["other_leader"], clock.today())
        assert [one.kind for one in waiting] == ["check-in"]
    # Two days before the round ends, everybody who has not spoken is reminded once.
    clock.instant += timedelta(days=4)
    with database.writing(acme.id) as session:
        assert service.look_after(session, sender=sender(clock)) == 3
        assert service.look_after(session, sender=sender(clock)) == 0


def test_whoever_leaves_takes_along_what_they_told_and_leaves_what_they_noted(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    today = clock.today()
    with database.writing(acme.id) as session:
        triad_id = running(session, acme, clock)
        amara, maya, ben = (seat(session, acme.actor[key], triad_id) for key in THREE)
        told = service.tell(session, amara, "A hard talk.", today=today)
        service.say(session, ben, told, NoteKind.NOTE, "You were calm.", today=today)
        service.tell(session, ben, "Mine.", today=today)
        service.commit(session, ben, "Call Ana", today, today=today)
        service.leave(session, ben, today=today)
        [row] = experiences(session, maya)
        assert [note.body for note in row.notes] == ["You were calm."]
        assert commitments(session, maya) == []
        with pytest.raises(NotVisible):
            seat(session, acme.actor["other_leader"], triad_id)
        # Who takes the seat reads from that day on.
        clock.instant += WEEK
        service.invite(session, amara, "Sofia Berg", field="who", sender=sender(clock))
        sofia = seat(session, acme.actor["sponsor"], triad_id)
        service.answer(session, sofia, accept=True, sender=sender(clock))
        sofia = seat(session, acme.actor["sponsor"], triad_id)
        assert experiences(session, sofia) == []
        service.tell(session, maya, "News.", today=clock.today())
        assert [row.body for row in experiences(session, sofia)] == ["News."]


def test_a_journal_entry_is_shared_with_peers_and_taken_back_with_the_triad(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, today = acme.actor["leader"], clock.today()
    ben = acme.actor["other_leader"]
    with database.writing(acme.id) as session:
        triad_id = running(session, acme, clock)
        kinds = {one.id: one.kind for one in readers_for(session, leader.person_id or 0, today)}
        assert kinds[acme.person["other_leader"]] is RelationshipKind.PEER
        readers = (acme.person["other_leader"],)
        write(session, leader, WriteEntry(body="Hm.", reader_ids=readers), now=clock.now())
        peer = people_of(session, acme.person["other_leader"], RelationshipKind.PEER, today)
        ben = replace(ben, peers=frozenset(peer))
        assert entries(session, ben, acme.person["leader"])[1] == 1
        clock.instant += timedelta(days=1)
        service.end(session, seat(session, leader, triad_id), today=clock.today())
        gone = people_of(session, acme.person["other_leader"], RelationshipKind.PEER, clock.today())
        ben = replace(ben, peers=frozenset(gone))
        assert (gone, entries(session, ben, acme.person["leader"])[1]) == (set(), 0)


def test_two_who_share_another_triad_stay_peers(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    ben = acme.person["other_leader"]
    with database.writing(acme.id) as session:
        one, _two = running(session, acme, clock), running(session, acme, clock)
        clock.instant += timedelta(days=1)
        service.end(session, seat(session, acme.actor["leader"], one), today=clock.today())
        assert acme.person["leader"] in people_of(
            session, ben, RelationshipKind.PEER, clock.today()
        )


def test_hr_reads_a_number_when_there_are_enough(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        for _ in range(4):
            running(session, acme, clock)
        asked(session, acme, clock)
        assert n_triads(session, hr) is None
        running(session, acme, clock)
        assert n_triads(session, hr) == 5
        with pytest.raises(NotAllowed):
            n_triads(session, acme.actor["leader"])


def test_somebody_from_outside_comes_by_a_link_while_it_holds(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    others = ("Maya Singh", "Zoe Zed <Zoe@Example.com>")
    with database.writing(acme.id) as session:
        triad_id = asked(session, acme, clock, others)
        first = seat(session, acme.actor["leader"], triad_id)
        zoe = next(one for one in triad_with(session, first)[1] if one.name == "Zoe Zed")
        maya = next(one for one in triad_with(session, first)[1] if one.name == "Maya Singh")
        [mail] = session.scalars(select(Message).where(Message.to_address == "zoe@example.com"))
    said = LINKS.read(mail.body.split("/with-you/")[1].split()[0])
    assert said is not None
    assert said.member_id == zoe.id
    forged = SeatLinks(keys=("somebody else's",), base_url=LINKS.base_url)
    assert LINKS.read(forged.token(zoe.id, clock.today())) is None
    with database.writing() as session:
        own = seat_by_link(session, said, clock.now())
        service.answer(session, own, accept=True, sender=sender(clock))
        assert seat_by_link(session, said, clock.now()).state is SeatState.IN
        for wrong in (
            None,
            replace(said, until=clock.today() - timedelta(days=1)),
            # Who can sign in does that.
            SeatSaid(member_id=maya.id, until=said.until),
        ):
            with pytest.raises(NotVisible):
                seat_by_link(session, wrong, clock.now())
        service.leave(session, seat_by_link(session, said, clock.now()), today=clock.today())
        with pytest.raises(NotVisible):
            seat_by_link(session, said, clock.now())


def test_who_is_not_here_any_more_is_not_in_a_triad_either(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        triad_id = running(session, acme, clock)
        leave_all(session, [acme.person["manager"]], on=clock.today(), reason="")
        service.look_after(session, sender=sender(clock))
        _, seats = triad_with(session, seat(session, acme.actor["leader"], triad_id))
        assert [one.state for one in seats] == ["in", "left", "in"]


def test_a_triad_that_ended_is_read_for_a_while_and_then_gone(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        triad_id = running(session, acme, clock)
        own = seat(session, acme.actor["leader"], triad_id)
        service.tell(session, own, "Once.", today=clock.today())
        service.end(session, own, today=clock.today())
        with pytest.raises(Conflict):
            service.tell(session, own, "More.", today=clock.today())
        assert [row.body for row in experiences(session, own)] == ["Once."]
        clock.instant += KEPT
        service.look_after(session, sender=sender(clock))
        assert session.scalar(select(func.count(Triad.id))) == 1
        clock.instant += timedelta(days=1)
        service.look_after(session, sender=sender(clock))
        assert session.scalar(select(func.count(Triad.id))) == 0


def test_nothing_of_an_erased_member_is_left(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        triad_id = running(session, acme, clock)
        ben, amara = (seat(session, acme.actor[key], triad_id) for key in (THREE[2], THREE[0]))
        told = service.tell(session, amara, "A hard talk.", today=clock.today())
        service.say(session, ben, told, NoteKind.NOTE, "Ben's words.", today=clock.today())
        erase_person(session, acme.actor["hr"], acme.person["other_leader"], now=clock.now())
        [row] = experiences(session, amara)
        assert row.notes == ()
        related = relationships_of(session, acme.person["leader"], clock.today())
        assert acme.person["other_leader"] not in {one.other_id for one in related}
