"""What nobody asks for any more is forgotten at night; everything else stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, select

from ldtrack.core.clock import SetClock
from ldtrack.db.once import KEPT, AnsweredRequest, answer_to, once_key, remember
from ldtrack.db.parts import PART
from ldtrack.db.session import EVERYWHERE
from ldtrack.jobs.tidying import tidy_up
from ldtrack.jobs.work import Workshop
from ldtrack.outbox.domain import JobState, MessageState
from ldtrack.outbox.models import Job, Message
from ldtrack.outbox.service import ask
from ldtrack.outbox.service.tidying import JOBS_KEPT, MAIL_KEPT
from ldtrack.people.domain import ATTEMPT_WINDOW
from ldtrack.people.models import LoginSession, SignInAttempt
from ldtrack.people.service.sign_in import ENDED_KEPT
from tests.infrastructure.organisation import SmallOrganisation

A_MOMENT = timedelta(seconds=1)


def _found(workshop: Workshop, wanted: Select[str]) -> list[str]:
    with workshop.database.reading() as session:
        return sorted(session.scalars(wanted, execution_options=EVERYWHERE))


def test_forms_are_forgotten_after_a_week(workshop: Workshop, clock: SetClock) -> None:
    old, young = once_key("1", "/old"), once_key("1", "/young")
    with workshop.database.writing() as session:
        remember(session, old, "/there", clock.now() - KEPT - A_MOMENT)
        remember(session, young, "/there", clock.now() - KEPT)
    assert tidy_up(workshop) == 1
    with workshop.database.reading() as session:
        assert (answer_to(session, old), answer_to(session, young)) == (None, "/there")


def test_a_long_table_is_cleared_to_its_end(workshop: Workshop, clock: SetClock) -> None:
    long_ago = clock.now() - timedelta(days=400)
    with workshop.database.writing() as session:
        for number in range(PART * 2 + 1):
            remember(session, once_key(str(number)), "/", long_ago)
    assert tidy_up(workshop) == PART * 2 + 1
    assert _found(workshop, select(AnsweredRequest.key)) == []


def test_mail_that_arrived_is_forgotten_after_a_year_and_other_mail_is_not(
    workshop: Workshop, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    over, not_over = clock.now() - MAIL_KEPT - A_MOMENT, clock.now() - MAIL_KEPT
    for organisation in (acme, rival):
        with workshop.database.writing(organisation.id) as session:
            for to, state, due_at in (
                ("sent, over", MessageState.SENT, over),
                ("sent", MessageState.SENT, not_over),
                ("failed, over", MessageState.FAILED, over),
                ("waiting, over", MessageState.WAITING, over),
            ):
                session.add(
                    Message(to_address=to, subject="s", body="", state=state, due_at=due_at)
                )
    assert tidy_up(workshop) == 2
    kept = ["failed, over", "sent", "waiting, over"]
    assert _found(workshop, select(Message.to_address)) == sorted(2 * kept)


def test_jobs_that_are_done_are_forgotten_except_the_last_of_each_thing(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    over = clock.now() - JOBS_KEPT - A_MOMENT
    with workshop.database.writing(acme.id) as session:
        for thing_id, round_, state, due_at in (
            (1, 1, JobState.DONE, over),
            (1, 2, JobState.DONE, over),
            (2, 1, JobState.DONE, over + A_MOMENT),
            (2, 2, JobState.DONE, clock.now()),
            (3, 1, JobState.FAILED, over),
            (3, 2, JobState.DONE, over),
        ):
            session.add(
                Job(kind="count", thing_id=thing_id, round=round_, state=state, due_at=due_at)
            )
    assert tidy_up(workshop) == 1
    with workshop.database.reading(acme.id) as session:
        left = session.execute(select(Job.thing_id, Job.round).order_by(Job.thing_id, Job.round))
        assert [tuple(row) for row in left] == [(1, 2), (2, 1), (2, 2), (3, 1), (3, 2)]
    with workshop.database.writing(acme.id) as session:
        again = ask(session, kind="count", thing_id=1, due_at=clock.now())
        assert session.get_one(Job, again).round == 3


def test_sign_ins_are_forgotten_a_month_after_they_ended(
    workshop: Workshop, acme: SmallOrganisation, clock: SetClock
) -> None:
    long_ago = clock.now() - ENDED_KEPT - A_MOMENT

    def one(word: str, ends_at: datetime, ended_at: datetime | None) -> LoginSession:
        return LoginSession(
            account_id=acme.actor["hr"].account_id or 0,
            token_hash=word,
            began_at=long_ago - timedelta(days=1),
            ends_at=ends_at,
            ended_at=ended_at,
        )

    with workshop.database.writing(acme.id) as session:
        session.add(one("ran out", long_ago, None))
        session.add(one("signed out", clock.now() + timedelta(days=1), long_ago))
        session.add(one("ran out lately", long_ago + A_MOMENT, None))
        session.add(one("open", clock.now() + timedelta(days=1), None))
        session.add(SignInAttempt(sender="over", failed_at=clock.now() - ATTEMPT_WINDOW - A_MOMENT))
        session.add(SignInAttempt(sender="counts", failed_at=clock.now() - ATTEMPT_WINDOW))
    assert tidy_up(workshop) == 3
    assert _found(workshop, select(LoginSession.token_hash)) == ["open", "ran out lately"]
    assert _found(workshop, select(SignInAttempt.sender)) == ["counts"]
