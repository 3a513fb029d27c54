"""Rows first: work that dies is tried again, and nothing is done twice."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy

from sqlalchemy import select

from ldtrack.core.clock import SetClock
from ldtrack.db.session import EVERYWHERE
from ldtrack.jobs.hold import held
from ldtrack.jobs.queue import Queue
from ldtrack.jobs.work import Progress, Workshop, work_off
from ldtrack.outbox.domain import JobState, MessageState
from ldtrack.outbox.models import Job, Message
from ldtrack.outbox.queries import (
    GIVEN_UP,
    STOPPED_FILES,
    UNDELIVERED,
    figures,
    latest_job,
    undelivered,
)
from ldtrack.outbox.service import ask, post
from ldtrack.outbox.service.work import CUT_OFF, JobTicket, hold_job, take_job
from tests.infrastructure.organisation import SmallOrganisation


def _ask(workshop: Workshop, organisation: SmallOrganisation, thing_id: int = 7) -> int:
    with workshop.database.writing(organisation.id) as session:
        return ask(session, kind="count", thing_id=thing_id, due_at=workshop.clock.now())


def _state(workshop: Workshop, job_id: int) -> tuple[JobState, int]:
    with workshop.database.reading() as session:
        job = session.scalars(select(Job).where(Job.id == job_id), execution_options=EVERYWHERE)
        found = job.one()
        return JobState(found.state), found.tries


def _counting(seen: list[int]) -> Callable[[Workshop, JobTicket, Progress], None]:
    def run(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
        seen.append(ticket.thing_id)
        progress(1, 2)

    return run


def test_a_job_is_done_once_however_often_the_queue_wakes(
    workshop: Workshop, acme: SmallOrganisation
) -> None:
    job_id, seen = _ask(workshop, acme), list[int]()
    for _ in range(3):
        work_off(workshop, {"count": _counting(seen)})
    assert (seen, _state(workshop, job_id)) == ([7], (JobState.DONE, 1))


def test_asking_twice_before_it_runs_leaves_one_job(
    workshop: Workshop, acme: SmallOrganisation
) -> None:
    assert _ask(workshop, acme) == _ask(workshop, acme)


def test_a_job_that_fails_is_tried_again_later_and_given_up_after_five_times(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    def fail(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
        raise OSError("the words of a leader must not be kept here")

    job_id = _ask(workshop, acme)
    states = []
    for _ in range(6):
        work_off(workshop, {"count": fail})
        states.append(_state(workshop, job_id))
        clock.instant += timedelta(minutes=30)
    assert states == [
        (JobState.WAITING, 1),
        (JobState.WAITING, 2),
        (JobState.WAITING, 3),
        (JobState.WAITING, 4),
        (JobState.FAILED, 5),
        (JobState.FAILED, 5),
    ]
    with workshop.database.reading(acme.id) as session:
        assert session.scalars(select(Job.problem)).all() == ["OSError"]


def test_a_job_whose_runner_died_is_taken_again_when_its_hold_is_over(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    job_id, seen = _ask(workshop, acme), list[int]()
    with workshop.database.writing() as session:
        taken = take_job(session, clock.now())
    assert taken is not None
    work_off(workshop, {"count": _counting(seen)})
    assert seen == []
    clock.instant += timedelta(minutes=11)
    work_off(workshop, {"count": _counting(seen)})
    assert (seen, _state(workshop, job_id)) == ([7], (JobState.DONE, 2))


def _runs_killed(workshop: Workshop, clock: SetClock, most: int = 8) -> int:
    """Let runners that are killed by what they do try one after another. How many were killed."""
    for n in range(most):
        url = workshop.database.engine.url.render_as_string(hide_password=False)
        runner = [sys.executable, "-m", "tests.integration.jobs.killed_runner", url]
        done = subprocess.run([*runner, str(workshop.settings.instance), clock.now().isoformat()])
        if done.returncode != -signal.SIGKILL:
            assert done.returncode == 0
            return n
        clock.instant += timedelta(minutes=3)
    return most


def test_a_job_that_kills_every_runner_is_given_up_after_five_of_them(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    job_id = _ask(workshop, acme)
    assert _runs_killed(workshop, clock) == 5
    assert _state(workshop, job_id) == (JobState.FAILED, 5)
    with workshop.database.reading(acme.id) as session:
        job = latest_job(session, kind="count", thing_id=7)
        assert job is not None
        assert (job.state, job.problem) == (JobState.FAILED, CUT_OFF)
        counted = {word: n for one in figures() for word, n in session.execute(one)}
        assert counted == {UNDELIVERED: 0, GIVEN_UP: 1, STOPPED_FILES: 0}


def test_a_letter_that_kills_every_runner_is_given_up_and_shown_as_not_delivered(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    with workshop.database.writing(acme.id) as session:
        post(session, to_address="a@b.example", subject="x", body="y", due_at=clock.now())
    assert _runs_killed(workshop, clock) == 5
    with workshop.database.reading(acme.id) as session:
        assert undelivered(session) == [("a@b.example", CUT_OFF)]


def test_two_takers_never_take_the_same_job(workshop: Workshop, acme: SmallOrganisation) -> None:
    for thing_id in range(1, 21):
        _ask(workshop, acme, thing_id)
    seen = list[int]()
    takers = [
        threading.Thread(target=work_off, args=(workshop, {"count": _counting(seen)}))
        for _ in range(4)
    ]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    assert sorted(seen) == list(range(1, 21))


def test_a_message_lands_in_the_folder_once_and_its_words_are_not_kept(
    workshop: Workshop, acme: SmallOrganisation
) -> None:
    with workshop.database.writing(acme.id) as session:
        post(
            session,
            to_address="amara.okafor@example.org",
            to_name="Amara Okafor",
            subject="Your report is ready",
            body="Héllo — 🎉\n",
            due_at=workshop.clock.now(),
        )
    for _ in range(2):
        work_off(workshop, {})
    files = list((workshop.settings.instance / "mail").glob("*.eml"))
    mail = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert [len(files), mail["To"], mail["Subject"], mail.get_content()] == [
        1,
        "Amara Okafor <amara.okafor@example.org>",
        "Your report is ready",
        "Héllo — 🎉\r\n",
    ]
    with workshop.database.reading(acme.id) as session:
        kept = session.execute(select(Message.state, Message.body)).one()
    assert tuple(kept) == (MessageState.SENT, "")


def test_a_line_break_in_a_subject_cannot_add_a_header(
    workshop: Workshop, acme: SmallOrganisation
) -> None:
    with workshop.database.writing(acme.id) as session:
        post(
            session,
            to_address="a@example.org",
            subject="Hello\nBcc: everybody@example.org",
            body="",
            due_at=workshop.clock.now(),
        )
    work_off(workshop, {})
    assert list((workshop.settings.instance / "mail").glob("*.eml")) == []
    with workshop.database.reading(acme.id) as session:
        assert session.scalars(select(Message.state)).all() == [MessageState.FAILED]


def test_a_commit_that_leaves_work_wakes_the_queue_and_a_rollback_does_not(
    workshop: Workshop, acme: SmallOrganisation
) -> None:
    woken = list[str]()
    workshop.database.nudge = lambda: woken.append("woken")
    with workshop.database.session(writes=True, organisation_id=acme.id) as session:
        ask(session, kind="count", thing_id=1, due_at=workshop.clock.now())
        session.rollback()
    assert woken == []
    _ask(workshop, acme)
    assert woken == ["woken"]


def test_the_embedded_consumer_delivers_what_a_commit_left(
    workshop: Workshop, acme: SmallOrganisation
) -> None:
    queue = Queue(workshop)
    workshop.database.nudge = queue.nudge
    consumer = queue.consumer(workers=1)
    consumer.start()
    try:
        with workshop.database.writing(acme.id) as session:
            post(
                session,
                to_address="a@example.org",
                subject="Hello",
                body="Hello",
                due_at=workshop.clock.now(),
            )
        folder = workshop.settings.instance / "mail"
        done = threading.Event()
        for _ in range(100):
            if list(folder.glob("*.eml")):
                break
            done.wait(0.1)
        assert len(list(folder.glob("*.eml"))) == 1
    finally:
        consumer.stop(graceful=True)


def test_a_job_that_takes_long_is_held_for_as_long_as_it_runs(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    job_id, renewed = _ask(workshop, acme), threading.Event()
    with workshop.database.writing() as session:
        taken = take_job(session, clock.now())
    assert taken is not None

    def renew() -> None:
        with workshop.database.writing() as session:
            hold_job(session, job_id, clock.now())
        renewed.set()

    with held(renew, every=0.01):
        clock.instant += timedelta(minutes=3)
        renewed.clear()
        assert renewed.wait(10)
        with workshop.database.writing() as session:
            assert take_job(session, clock.now()) is None


def test_what_an_earlier_consumer_left_behind_is_done_when_the_next_one_starts(
    workshop: Workshop, acme: SmallOrganisation
) -> None:
    with workshop.database.writing(acme.id) as session:
        post(
            session,
            to_address="a@example.org",
            subject="Hello",
            body="Hello",
            due_at=workshop.clock.now(),
        )
    consumer = Queue(workshop).consumer(workers=1)
    consumer.start()
    try:
        folder, done = workshop.settings.instance / "mail", threading.Event()
        for _ in range(100):
            if list(folder.glob("*.eml")):
                break
            done.wait(0.1)
        assert len(list(folder.glob("*.eml"))) == 1
    finally:
        consumer.stop(graceful=True)


def test_a_queue_that_cannot_be_woken_undoes_no_commit(
    workshop: Workshop, acme: SmallOrganisation
) -> None:
    queue = Queue(workshop)
    workshop.database.nudge = queue.nudge
    with sqlite3.connect(workshop.settings.instance / "queue.db") as broken:
        broken.execute("DROP TABLE task")
    job_id = _ask(workshop, acme)
    assert _state(workshop, job_id) == (JobState.WAITING, 0)


def test_a_worker_that_is_to_stop_takes_nothing_new(
    workshop: Workshop, acme: SmallOrganisation
) -> None:
    first, second, seen = _ask(workshop, acme, 1), _ask(workshop, acme, 2), list[int]()
    work_off(workshop, {"count": _counting(seen)}, lambda: not seen)
    assert sorted(_state(workshop, id_)[0] for id_ in (first, second)) == [
        JobState.DONE,
        JobState.WAITING,
    ]


def test_a_letter_that_a_job_leaves_does_not_wait_behind_the_other_jobs(
    workshop: Workshop, acme: SmallOrganisation
) -> None:
    for thing_id in (1, 2):
        _ask(workshop, acme, thing_id)
    folder, mails = workshop.settings.instance / "mail", list[int]()

    def write(workshop: Workshop, ticket: JobTicket, progress: Progress) -> None:
        mails.append(len(list(folder.glob("*.eml"))))
        with workshop.database.writing(ticket.organisation_id) as session:
            post(
                session,
                to_address="a@example.org",
                subject="Hello",
                body="Hello",
                due_at=workshop.clock.now(),
            )

    work_off(workshop, {"count": write})
    assert mails == [0, 1]
