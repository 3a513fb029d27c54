"""Compares what people were promised with what a database and its folder hold."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import connect
from typing import TypeVar

from sqlalchemy import Select, and_, select, text, update
from sqlalchemy.orm import Session

from ldtrack.coaching.models import CoachingSession, SessionNote
from ldtrack.db.session import EVERYWHERE, Database
from ldtrack.feedback.domain.rows import ResponseState
from ldtrack.feedback.models import Answer, Comment, Response
from ldtrack.outbox.domain import JobState, MessageState
from ldtrack.outbox.models import Job, Message
from ldtrack.reflection.models import Entry
from ldtrack.reviews.models import Review
from ldtrack.reviews.shelf import Shelf
from tests.bench.writers import Asker, Coach, Filled, Leader, Raters, Writer

T = TypeVar("T")


def integrity_faults(database: Database, instance: Path) -> list[str]:
    """What SQLite says about its own files; PostgreSQL looks after itself."""
    found = []
    if database.engine.dialect.name == "sqlite":
        with database.engine.connect() as connection:
            found += [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
            found += [f"{row}" for row in connection.execute(text("PRAGMA foreign_key_check"))]
    queue = connect(instance / "queue.db")
    found += [str(row[0]) for row in queue.execute("PRAGMA integrity_check")]
    queue.close()
    return [line for line in found if line != "ok"]


def faults_of_writes(database: Database, writers: Sequence[Writer]) -> list[str]:
    """What is lost, there twice, or there though nobody sent it; nothing is on its way."""
    with database.reading() as session:
        return [
            *_marked(
                "session",
                [mark for writer in writers if isinstance(writer, Coach) for mark in writer.marks],
                _all(session, select(SessionNote.body)),
            ),
            *_marked(
                "entry",
                [mark for writer in writers if isinstance(writer, Leader) for mark in writer.marks],
                _all(session, select(Entry.body)),
            ),
            *_count(session, "coaching sessions", CoachingSession, _n(writers, Coach) + 1),
            *_count(session, "reviews", Review, _n(writers, Asker)),
            *_count(session, "questionnaires", Response, len(_filled(writers))),
            *_responses(session, _filled(writers)),
        ]


def faults_of_responses(database: Database, promised: Mapping[int, Filled]) -> list[str]:
    """Where questionnaires, by their ids, hold something else than their raters were told."""
    with database.reading() as session:
        return list(_responses(session, promised))


def faults_of_jobs(database: Database, documents: Path, mail: Path, patience: float) -> list[str]:
    """What was left undone or done twice once there was time enough for it."""
    ends = time.monotonic() + patience
    while (left := _left(database)) and time.monotonic() < ends:
        time.sleep(0.5)
    with database.reading() as session:
        hashes = _all(session, select(Review.content_hash))
        jobs = [f"{job.kind} {job.thing_id}" for job in _all(session, select(Job))]
        letters = _all(session, select(Message.id))
    shelf = Shelf(documents)
    found = [f"left undone: {piece}" for piece in left]
    found += ["a review has no whole file" for name in hashes if shelf.get(name) is None]
    found += _marked("job", list({*jobs}), jobs)
    there = len(list(mail.glob("*.eml")))
    if not len(hashes) == len(letters) == there:
        found.append(f"{len(hashes)} reviews, {len(letters)} letters, {there} mails")
    return found


def let_time_pass(database: Database) -> None:
    """Let the holds of dead runners run out, for those who cannot wait two minutes."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    with database.writing() as session:
        session.execute(
            update(Job).where(Job.state == JobState.RUNNING).values(held_until=past),
            execution_options=EVERYWHERE,
        )
        session.execute(
            update(Message).where(Message.state == MessageState.WAITING).values(due_at=past),
            execution_options=EVERYWHERE,
        )


def _left(database: Database) -> list[str]:
    """What is not done though its time has come, with what there is to say about it.

    What was tried and waits for another try is among it; what nobody began before its day is not.
    """
    planned = and_(Job.state == JobState.WAITING, Job.tries == 0, Job.due_at > datetime.now(UTC))
    unsent = Message.state != MessageState.SENT
    with database.reading() as session:
        jobs = _all(session, select(Job).where(Job.state != JobState.DONE, ~planned))
        letters = _all(session, select(Message).where(unsent))
        return [
            *(
                f"{job.kind} is {job.state} after {job.tries} tries, due {job.due_at}, "
                f"held until {job.held_until}, {job.problem or 'no problem'}"
                for job in jobs
            ),
            *(
                f"a letter is {letter.state} after {letter.tries} tries, due {letter.due_at}, "
                f"{letter.problem or 'no problem'}"
                for letter in letters
            ),
        ]


def _all(session: Session, wanted: Select[T]) -> list[T]:
    return list(session.scalars(wanted, execution_options=EVERYWHERE))


def _n(writers: Iterable[Writer], kind: type[Writer]) -> int:
    return sum(writer.acknowledged for writer in writers if isinstance(writer, kind))


def _marked(kind: str, promised: Sequence[str], there: Iterable[str]) -> Iterator[str]:
    counts = Counter(there)
    for mark in promised:
        if counts[mark] != 1:
            yield f"{kind} {mark} is there {counts[mark]} times"
    for mark in counts.keys() - set(promised):
        yield f"{kind} {mark} was never acknowledged"


def _count(
    session: Session, word: str, model: type[CoachingSession | Review | Response], wanted: int
) -> Iterator[str]:
    there = len(_all(session, select(model.id)))
    if there != wanted:
        yield f"{there} {word} instead of {wanted}"


def _filled(writers: Iterable[Writer]) -> dict[int, Filled]:
    raters = [writer for writer in writers if isinstance(writer, Raters)]
    return {id_: filled for writer in raters for id_, filled in writer.filled.items()}


def _responses(session: Session, promised: Mapping[int, Filled]) -> Iterator[str]:
    scores: dict[int, dict[int, int]] = {}
    for row in session.execute(
        select(Answer.response_id, Answer.item_id, Answer.score), execution_options=EVERYWHERE
    ):
        scores.setdefault(row.response_id, {})[row.item_id] = row.score
    comments = {
        row.response_id: row.body
        for row in session.execute(
            select(Comment.response_id, Comment.body), execution_options=EVERYWHERE
        )
    }
    states = dict(
        session.execute(select(Response.id, Response.state), execution_options=EVERYWHERE).all()
    )
    for id_, filled in promised.items():
        there = (scores.get(id_, {}), comments.get(id_, ""), states.get(id_) == ResponseState.SENT)
        if there != (filled.scores, filled.comment, filled.is_sent):
            yield f"a questionnaire holds {there} instead of {filled}"
