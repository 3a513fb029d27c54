"""What coach and leader note for themselves: sealed, theirs alone, and never lost on the way."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.coaching import pages, queries, service
from ldtrack.coaching.domain import LogSession, OwnNote
from ldtrack.coaching.models import PrivateNote, SessionDraft
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotVisible, SealedShut
from ldtrack.db.seals import Seal
from ldtrack.db.session import Database
from ldtrack.people.domain.joining import Pair
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.sealing import NOTES_KEY

HELD = date(2026, 11, 18)
OTHER_KEY = "another key"


@pytest.fixture
def session_id(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> int:
    """A session with a shared note and one of the coach's own."""
    held = LogSession(held_on=HELD, minutes=60, shared_note="Ours", private_note="Mine")
    with database.writing(acme.id) as session:
        return service.log_session(
            session, acme.actor["coach"], engagement_id, held, now=clock.now()
        )


def _notes(session: Session, acme: SmallOrganisation, session_id: int) -> dict[str, str]:
    return {
        role: queries.own_note(session, acme.actor[role], session_id).body
        for role in ("coach", "leader", "hr", "sponsor", "manager", "administrator")
    }


def test_each_of_the_two_has_a_note_of_their_own_and_nobody_else_has_any(
    database: Database, acme: SmallOrganisation, session_id: int
) -> None:
    with database.writing(acme.id) as session:
        service.write_own_note(session, acme.actor["leader"], session_id, "I was afraid.")
        assert _notes(session, acme, session_id) == {
            "coach": "Mine",
            "leader": "I was afraid.",
            "hr": "",
            "sponsor": "",
            "manager": "",
            "administrator": "",
        }
        for role in ("hr", "sponsor", "manager", "administrator", "other_coach"):
            with pytest.raises(NotVisible):
                service.write_own_note(session, acme.actor[role], session_id, "Let me in.")


def test_a_note_copied_into_another_row_opens_there_for_nobody(
    database: Database, acme: SmallOrganisation, session_id: int
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        service.write_own_note(session, leader, session_id, "I was afraid.")
        rows = {row.author_id: row for row in session.scalars(select(PrivateNote))}
        hers, his = rows[acme.person["leader"]], rows[acme.person["coach"]]
        hers.sealed = his.sealed
        session.flush()
        assert queries.private_notes(session, leader, [session_id]) == {
            session_id: OwnNote(is_shut=True, turn=1)
        }
        with pytest.raises(SealedShut):
            queries.own_note(session, leader, session_id)


def test_a_page_that_saves_by_itself_and_comes_late_changes_nothing(
    database: Database, acme: SmallOrganisation, session_id: int
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        service.write_own_note(session, leader, session_id, "I was", seen=0)
        service.write_own_note(session, leader, session_id, "I was afr", seen=0)
        assert queries.own_note(session, leader, session_id) == OwnNote(body="I was afr")
        service.write_own_note(session, leader, session_id, "")
        with pytest.raises(Conflict):
            service.write_own_note(session, leader, session_id, "I was afraid.", seen=0)
        assert queries.own_note(session, leader, session_id) == OwnNote(turn=1)
        assert queries.own_private_notes(session, leader) == []


def test_a_note_that_is_shared_no_more_is_gone_for_the_leader_at_once(
    database: Database, acme: SmallOrganisation, session_id: int
) -> None:
    coach, leader = acme.actor["coach"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        with pytest.raises(NotVisible):
            service.unshare_note(session, acme.actor["hr"], session_id)
        service.unshare_note(session, coach, session_id)
        [row] = queries.sessions_of(session, leader, acme.person["leader"])
        assert row.shared_note == ""
        assert queries.own_note(session, coach, session_id).body == "Mine\n\nOurs"
        with pytest.raises(Conflict):
            service.unshare_note(session, coach, session_id)


def test_everybody_takes_their_own_notes_with_them_in_clear_and_nobody_elses(
    database: Database, acme: SmallOrganisation, clock: SetClock, session_id: int
) -> None:
    with database.writing(acme.id) as session:
        service.write_own_note(session, acme.actor["leader"], session_id, "I was afraid.")
        taken = {
            role: pages.own_record(session, acme.actor[role], now=clock.now())
            for role in ("leader", "coach", "hr")
        }
    written = {
        role: [note["text"] for note in record["private_notes"]] for role, record in taken.items()
    }
    shared = {role: [one["shared_note"] for one in taken[role]["sessions"]] for role in taken}
    assert written == {"leader": ["I was afraid."], "coach": ["Mine"], "hr": []}
    assert shared == {"leader": ["Ours"], "coach": [], "hr": []}


def test_without_the_key_nothing_opens_nothing_is_overwritten_and_with_it_all_is_back(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    session_id: int,
) -> None:
    coach, leader = acme.actor["coach"], acme.actor["leader"]
    typed = {"private_note": ["Half a thought"]}
    with database.writing(acme.id) as session:
        service.keep_draft(session, coach, engagement_id, typed, now=clock.now())
    kept, database.seal = database.seal, Seal((OTHER_KEY,))
    with database.writing(acme.id) as session:
        assert [row.note for row in queries.own_private_notes(session, coach)] == [
            OwnNote(is_shut=True),
            OwnNote(is_shut=True, turn=1),
        ]
        draft = queries.draft_of(session, coach, engagement_id)
        assert draft is not None
        assert (draft.is_shut, draft.lines) == (True, {})
        for refused in (
            lambda: service.write_own_note(session, coach, session_id, "Anew"),
            lambda: service.unshare_note(session, coach, session_id),
            lambda: service.keep_draft(session, coach, engagement_id, typed, now=clock.now()),
        ):
            with pytest.raises(SealedShut):
                refused()
        service.write_own_note(session, leader, session_id, "With the other key")
    database.seal = kept
    with database.reading(acme.id) as session:
        assert queries.own_note(session, coach, session_id).body == "Mine"
        draft = queries.draft_of(session, coach, engagement_id)
        assert draft is not None
        assert draft.lines == typed
        assert queries.private_notes(session, leader, [session_id])[session_id].is_shut


def test_after_resealing_the_new_key_alone_opens_everything(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    session_id: int,
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        lines = {"private_note": ["Half a thought"]}
        service.keep_draft(session, coach, engagement_id, lines, now=clock.now())
    database.seal = Seal((OTHER_KEY, NOTES_KEY))
    with database.writing(acme.id) as session:
        done = service.reseal(session)
        assert (done.n_notes, done.n_drafts, done.n_shut) == (1, 1, 0)
    database.seal = Seal((OTHER_KEY,))
    with database.writing(acme.id) as session:
        written = [row.note.body for row in queries.own_private_notes(session, coach)]
        assert written == ["Half a thought", "Mine"]
    database.seal = Seal(("a third key",))
    with database.writing(acme.id) as session:
        done = service.reseal(session)
        assert (done.n_notes, done.n_drafts, done.n_shut) == (0, 0, 2)


def test_notes_and_drafts_of_two_records_open_for_the_one_that_stays(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    session_id: int,
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        lines = {"private_note": ["Half a thought"]}
        service.keep_draft(session, coach, engagement_id, lines, now=clock.now())
        pair = Pair(goes=acme.person["coach"], stays=acme.person["other_coach"])
        service.make_way_in_coaching(session, pair, today=clock.today())
    with database.reading(acme.id) as session:
        rows = queries.own_private_notes(session, acme.actor["other_coach"])
        assert [row.note.body for row in rows] == ["Half a thought", "Mine"]
        assert queries.own_private_notes(session, coach) == []


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (datetime.fromisoformat("2028-11-30T09:00+00:00"), {"coach": 1, "leader": 1, "drafts": 1}),
        (datetime.fromisoformat("2028-12-01T09:00+00:00"), {"coach": 0, "leader": 1, "drafts": 0}),
    ],
)
def test_a_coachs_notes_go_two_years_after_the_coaching_ended_and_a_leaders_stay(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    session_id: int,
    now: datetime,
    left: dict[str, int],
) -> None:
    coach, leader = acme.actor["coach"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        service.write_own_note(session, leader, session_id, "I was afraid.")
        lines = {"shared_note": ["Begun"]}
        service.keep_draft(session, coach, engagement_id, lines, now=clock.now())
        service.end_engagement(session, acme.actor["hr"], engagement_id, now=clock.now())
    with database.writing() as session:
        service.tidy_private_notes(session, now, months=24)
        service.tidy_drafts(session, now, months=24)
    with database.reading(acme.id) as session:
        notes = [len(queries.own_private_notes(session, one)) for one in (leader,)]
        authors = session.scalars(select(PrivateNote.author_id)).all()
        n_drafts = len(session.scalars(select(SessionDraft.id)).all())
    assert notes == [left["leader"]]
    assert authors.count(acme.person["coach"]) == left["coach"]
    assert n_drafts == left["drafts"]


def test_the_database_refuses_a_note_in_clear(
    database: Database, acme: SmallOrganisation, session_id: int
) -> None:
    refused = update(PrivateNote).values(sealed="Mine")
    with (
        pytest.raises(IntegrityError, match="ck_private_note_is_sealed"),
        database.writing(acme.id) as session,
    ):
        session.execute(refused)
