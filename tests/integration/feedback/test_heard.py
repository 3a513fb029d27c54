"""What a leader heard and will do: one note to everybody who was asked, sent once."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.heard import HeardStanding, mark_of
from ldtrack.feedback.queries.heard import heard_note
from ldtrack.outbox.models import Message
from tests.infrastructure.feedback import RATER_KEY, RunningCycle, answered_by, opened
from tests.infrastructure.organisation import SmallOrganisation

WORDS = "Thank you. I heard that I decide too much myself; from 1 February you decide the rota."
ASKED = {"manager", "peer_1", "peer_2", "peer_3", "peer_4", "report_1", "report_2", "report_3"}


def out(session: Session, acme: SmallOrganisation, clock: SetClock) -> int:
    """A report that is out, of a cycle in which not everybody answered. Returns the release."""
    running = opened(session, acme, clock.now())
    answered_by(session, running, ["leader", "peer_1", "peer_2", "peer_3"], clock.now())
    service.close_cycle(session, running.id, RATER_KEY, clock.now())
    return _passed_on(session, acme, running, clock)


def _passed_on(
    session: Session, acme: SmallOrganisation, running: RunningCycle, clock: SetClock
) -> int:
    coach = acme.actor["coach"]
    service.pass_on(session, coach, running.subject_id, now=clock.now())
    session.execute(delete(Message))
    return queries.first_reading(session, coach, running.subject_id).release_id


def test_everybody_who_was_asked_gets_the_same_mail_at_one_hour_whether_they_answered_or_not(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        release_id = out(session, acme, clock)
        clock.instant += timedelta(days=6, minutes=17, seconds=5)
        service.write_heard(session, leader, release_id, WORDS, shared=False)
        assert session.scalars(select(Message.id)).all() == []
        n = service.send_heard(
            session, leader, release_id, looked_at=mark_of(WORDS), now=clock.now()
        )
        mails = session.scalars(select(Message)).all()
    assert n == len(mails) == len(ASKED)
    assert {mail.to_address.split("@")[0] for mail in mails} == {
        "maya.singh",
        "petra.kline",
        "paul.ode",
        "pia.wolf",
        "per.holm",
        "rosa.diaz",
        "ravi.nair",
        "ruth.amsel",
    }
    assert len({mail.due_at for mail in mails}) == 1
    assert {(mail.due_at.minute, mail.due_at.second) for mail in mails} == {(0, 0)}
    without_names = {mail.body.replace(mail.to_name, "NAME") for mail in mails}
    assert without_names == {
        "Dear NAME,\n\nYou were asked for your view of Amara Okafor in Autumn 2026. Amara Okafor "
        "writes to everybody who was asked, whether they answered or not:\n\n" + WORDS + "\n"
    }


def test_it_is_sent_once_and_stays_as_it_was_sent(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        release_id = out(session, acme, clock)
        service.write_heard(session, leader, release_id, WORDS, shared=False)
        looked_at = mark_of(WORDS)
        service.send_heard(session, leader, release_id, looked_at=looked_at, now=clock.now())
        with pytest.raises(Conflict, match="was sent"):
            service.send_heard(session, leader, release_id, looked_at=looked_at, now=clock.now())
        with pytest.raises(Conflict, match="was sent"):
            service.write_heard(session, leader, release_id, "Other words", shared=True)
        assert len(session.scalars(select(Message.id)).all()) == len(ASKED)
        assert queries.report(session, leader, release_id).heard == HeardStanding(
            n_asked=len(ASKED), is_begun=True, sent_on=date(2026, 11, 20)
        )


def test_only_the_words_that_were_looked_at_are_sent(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        release_id = out(session, acme, clock)
        with pytest.raises(NotVisible):
            service.send_heard(session, leader, release_id, looked_at="", now=clock.now())
        service.write_heard(session, leader, release_id, WORDS, shared=False)
        service.write_heard(session, leader, release_id, "Changed since", shared=False)
        with pytest.raises(Conflict, match="changed since you looked"):
            service.send_heard(
                session, leader, release_id, looked_at=mark_of(WORDS), now=clock.now()
            )
        assert session.scalars(select(Message.id)).all() == []


def test_the_coach_reads_the_draft_if_it_is_shared_and_nobody_else_does(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        release_id = out(session, acme, clock)

        def readers() -> set[str]:
            found = set()
            for name, actor in acme.actor.items():
                with suppress(NotVisible):
                    found |= {name} if heard_note(session, actor, release_id).body else set()
            return found

        assert readers() == set()
        service.write_heard(session, acme.actor["leader"], release_id, WORDS, shared=False)
        assert readers() == {"leader"}
        service.write_heard(session, acme.actor["leader"], release_id, WORDS, shared=True)
        assert readers() == {"leader", "coach"}
        for name in ("coach", "manager", "hr"):
            with pytest.raises(NotVisible):
                service.write_heard(session, acme.actor[name], release_id, WORDS, shared=True)
            with pytest.raises(NotVisible):
                heard_note(session, acme.actor[name], release_id, Action.WRITE_HEARD)


def test_before_the_report_is_out_there_is_no_note(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, coach = acme.actor["leader"], acme.actor["coach"]
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["leader", "peer_1", "peer_2", "peer_3"], clock.now())
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        release_id = queries.first_reading(session, coach, running.subject_id).release_id
        with pytest.raises(NotVisible):
            service.write_heard(session, leader, release_id, WORDS, shared=False)
        with pytest.raises(NotVisible):
            heard_note(session, leader, release_id, Action.WRITE_HEARD)


@pytest.mark.parametrize(
    ("body", "sentence"), [("", "Write what you heard"), ("x" * 3001, "3,000")]
)
def test_words_that_cannot_be_are_refused(
    database: Database, acme: SmallOrganisation, clock: SetClock, body: str, sentence: str
) -> None:
    with database.writing(acme.id) as session:
        release_id = out(session, acme, clock)
        with pytest.raises(RuleBroken, match=sentence):
            service.write_heard(session, acme.actor["leader"], release_id, body, shared=False)
