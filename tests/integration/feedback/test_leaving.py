"""People who leave or are to be forgotten while questionnaires are open leave nothing behind."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, inspect, select, text, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import at_the_console
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.commands import AskRater, WrittenComment
from ldtrack.feedback.domain.timeline import CycleState
from ldtrack.feedback.models import Answer, Comment, Invitation, Response, Subject
from ldtrack.outbox.models import Message
from ldtrack.people.models import Person
from ldtrack.people.service.erasing import erase_person
from tests.infrastructure.feedback import (
    RATER_KEY,
    USUAL_SCORES,
    answer,
    answered_by,
    delivery,
    opened,
)
from tests.infrastructure.organisation import SmallOrganisation

WORDS = {"keep": WrittenComment(text="The heron by the weir")}


def rows(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def occurrences(session: Session, word: str) -> list[str]:
    """Every column of every table in which the word stands."""
    found = []
    inspector = inspect(session.connection())
    for table in inspector.get_table_names():
        for column in inspector.get_columns(table):
            query = f'SELECT count(*) FROM "{table}" WHERE CAST("{column["name"]}" AS TEXT) LIKE :w'
            if session.execute(text(query), {"w": f"%{word}%"}).scalar():
                found.append(f"{table}.{column['name']}")
    return found


def leave(session: Session, acme: SmallOrganisation, key: str) -> None:
    session.execute(update(Person).where(Person.id == acme.person[key]).values(active=False))


def test_of_an_erased_rater_nothing_is_left_while_it_is_open(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_2", "manager"], clock.now())
        answers = rows(session, Answer)
        answer(session, running, "peer_1", 5, clock.now(), comments=WORDS)
        person_id = acme.person["peer_1"]
        assert occurrences(session, "petra.kline@example.org") != []
        service.forget_person(session, person_id, rater_key=RATER_KEY)
        erase_person(session, at_the_console(acme.id), person_id, now=clock.now())
        assert rows(session, Answer) == answers
        assert occurrences(session, "heron") == []
        assert occurrences(session, "petra.kline@example.org") == []
        assert occurrences(session, str(person_id)) == []
        assert occurrences(session, str(running.invitation["peer_1"])) == []
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        assert rows(session, Response) == 2


def test_after_close_an_erased_raters_identity_goes_and_the_report_stays_as_it_was(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, USUAL_SCORES, clock.now())
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        coach = acme.actor["coach"]
        before = queries.first_reading(session, coach, running.subject_id).report
        service.forget_person(session, acme.person["peer_1"], rater_key=RATER_KEY)
        erase_person(session, at_the_console(acme.id), acme.person["peer_1"], now=clock.now())
        assert queries.first_reading(session, coach, running.subject_id).report == before
        assert occurrences(session, "petra.kline@example.org") == []
        assert rows(session, Invitation) == len(USUAL_SCORES) - 1


def test_a_rater_from_outside_is_forgotten_by_address(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        command = AskRater(group_key="stakeholder", name="Olga Kahn", email="olga@client.example")
        running.invitation["olga"] = service.ask_rater(
            session,
            acme.actor["hr"],
            running.subject_id,
            command,
            now=clock.now(),
            delivery=delivery(),
        )
        answer(session, running, "olga", 4, clock.now(), comments=WORDS)
        assert service.forget_address(session, " Olga@Client.example", rater_key=RATER_KEY) == 1
        assert service.forget_address(session, "olga@client.example", rater_key=RATER_KEY) == 0
        assert occurrences(session, "client.example") == []
        assert occurrences(session, "heron") == []


def test_a_cycle_goes_on_without_an_erased_leader(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answer(session, running, "peer_1", 5, clock.now(), comments=WORDS)
        service.forget_person(session, acme.person["leader"], rater_key=RATER_KEY)
        erase_person(session, at_the_console(acme.id), acme.person["leader"], now=clock.now())
        assert [rows(session, table) for table in (Subject, Invitation, Response, Comment)] == [
            0
        ] * 4
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        assert queries.cycle(session, hr, running.id).state is CycleState.CLOSED


def test_who_left_is_gone_at_the_latest_when_it_closes(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_2", "peer_3", "manager"], clock.now())
        answer(session, running, "peer_1", 1, clock.now(), comments=WORDS)
        leave(session, acme, "peer_1")
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        assert rows(session, Response) == 3
        assert rows(session, Invitation) == len(USUAL_SCORES) - 1
        assert occurrences(session, "heron") == []


def test_who_left_is_not_reminded(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        leave(session, acme, "peer_1")
        clock.instant += timedelta(days=7)
        service.remind_some(session, running.id, now=clock.now(), delivery=delivery())
        reminded = session.scalars(
            select(Message.to_address).where(Message.subject.startswith("Reminder"))
        ).all()
    assert len(reminded) == len(USUAL_SCORES) - 1
    assert "petra.kline@example.org" not in reminded


def test_a_leader_who_left_before_the_close_has_no_report_and_one_who_left_after_keeps_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        first = opened(session, acme, clock.now())
        answered_by(session, first, USUAL_SCORES, clock.now())
        service.close_cycle(session, first.id, RATER_KEY, clock.now())
        second = opened(session, acme, clock.now(), name="Second")
        leave(session, acme, "leader")
        service.close_cycle(session, second.id, RATER_KEY, clock.now())
        assert session.scalars(select(Subject.id)).all() == [first.subject_id]


def test_nothing_of_an_erased_rater_is_left_in_the_file(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    """Not even in pages that SQLite has freed: they are overwritten."""
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answer(session, running, "peer_1", 5, clock.now(), comments=WORDS)
    with database.writing(acme.id) as session:
        service.forget_person(session, acme.person["peer_1"], rater_key=RATER_KEY)
    if database.engine.dialect.name != "sqlite":
        return
    with database.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    assert b"heron" not in Path(str(database.engine.url.database)).read_bytes()
