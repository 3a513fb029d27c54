"""Trust pulses from the draft to the stored result: who is asked, what is kept, what is gone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback.domain.keys import link_word, response_id
from ldtrack.feedback.domain.pulses.rows import Given, PulseState
from ldtrack.feedback.models import (
    Pulse,
    PulseAnswer,
    PulseComment,
    PulseInvitation,
    PulseResponse,
)
from ldtrack.feedback.queries import pulses as queries
from ldtrack.feedback.queries.pulses.answering import by_invitation
from ldtrack.feedback.service import pulses as service
from ldtrack.feedback.service.pulses.closing import end_pulse
from ldtrack.outbox.models import Message
from tests.infrastructure.feedback import RATER_KEY, delivery
from tests.infrastructure.organisation import SmallOrganisation, found
from tests.infrastructure.pulses import (
    PEOPLE,
    RunningPulse,
    answer_to,
    closed_pulse,
    drafted,
    finish,
    opened_pulse,
    running_pulse,
)


def test_opening_asks_everybody_at_one_hour_with_the_same_words(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    clock.instant += timedelta(minutes=23)
    with database.writing(acme.id) as session:
        opened_pulse(session, acme, clock.now())
        mails = session.scalars(select(Message)).all()
    assert len(mails) == len(PEOPLE)
    assert {mail.due_at.isoformat() for mail in mails} == {"2026-11-20T09:00:00+00:00"}
    assert {mail.subject for mail in mails} == {"How we work together, until 4 December 2026"}
    bodies = {mail.body.split("\n\n", 1)[1].replace(_link_in(mail.body), "") for mail in mails}
    assert len(bodies) == 1
    assert "HR sees how many have answered, not who." in bodies.pop()


def test_a_pulse_of_fewer_than_the_floor_cannot_open(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        pulse_id = drafted(session, acme, clock.now(), people=["peer_1", "peer_2"])
        with pytest.raises(RuleBroken, match="Ask at least 3 people"):
            service.open_pulse(
                session, acme.actor["hr"], pulse_id, now=clock.now(), delivery=delivery()
            )


def test_somebody_from_outside_is_asked_once_and_needs_no_account(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        pulse_id = drafted(session, acme, clock.now(), people=["peer_1", "peer_2"])
        service.add_outsider(
            session, hr, pulse_id, "Olga Kahn", "Olga@Client.example", now=clock.now()
        )
        with pytest.raises(RuleBroken, match="asked already"):
            service.add_outsider(
                session, hr, pulse_id, "Olga Kahn", "olga@client.example", now=clock.now()
            )
        service.open_pulse(session, hr, pulse_id, now=clock.now(), delivery=delivery())
        running = running_pulse(session, acme, pulse_id)
        closed_pulse(
            session,
            acme,
            clock.now(),
            {"peer_1": 4, "peer_2": 4, "olga@client.example": 1},
            running=running,
        )
        to_olga = session.scalars(
            select(Message.body)
            .where(Message.to_address == "olga@client.example")
            .order_by(Message.subject)
        ).all()
    assert "We talk openly. 3.0" in "".join(to_olga)


def test_words_and_people_are_fixed_once_it_is_open(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now())
        with pytest.raises(Conflict):
            service.add_people(session, hr, running.id, [acme.person["report_1"]], now=clock.now())
        with pytest.raises(Conflict):
            service.remove_invited(session, hr, running.invitation["peer_1"], now=clock.now())
        with pytest.raises(Conflict):
            service.drop_pulse(session, hr, running.id, now=clock.now())


def test_nobody_but_hr_sets_pulses_up(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        pulse_id = drafted(session, acme, clock.now())
        for role in ("leader", "coach", "manager", "sponsor", "administrator"):
            with pytest.raises(NotAllowed):
                service.close_pulse_by_hand(
                    session, acme.actor[role], pulse_id, rater_key=RATER_KEY, now=clock.now()
                )
            with pytest.raises(NotAllowed):
                queries.pulse(session, acme.actor[role], pulse_id)


def test_answers_are_kept_once_and_the_last_ones_count(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now())
        answer_to(session, running, "peer_1", 1, clock.now(), words="First")
        answer_to(session, running, "peer_1", 4, clock.now(), words="Second")
        answer_to(session, running, "peer_1", 4, clock.now(), words="Second")
        assert session.scalars(select(PulseAnswer.score)).all() == [4, 4]
        assert session.scalars(select(PulseComment.body)).all() == ["Second"]
        asked = by_invitation(
            session,
            running.invitation["peer_1"],
            rater_key=RATER_KEY,
            today=clock.now().date(),
        )
        assert queries.given(session, asked) == Given(scores={"s1": 4, "s2": 4}, words="Second")


def test_what_cannot_be_an_answer_is_refused(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now())
        asked = by_invitation(
            session,
            running.invitation["peer_1"],
            rater_key=RATER_KEY,
            today=clock.now().date(),
        )
        for wrong in (
            Given(),
            Given(words="  "),
            Given(scores={"s1": 6}),
            Given(scores={"s9": 3}),
            Given(words="a" * 4_001),
        ):
            with pytest.raises(RuleBroken):
                service.answer_pulse(session, asked, wrong, now=clock.now())


def test_who_sends_after_the_close_is_told_so_and_nothing_is_stored(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now())
        for person in ("peer_1", "peer_2", "peer_3"):
            answer_to(session, running, person, 4, clock.now())
        late = by_invitation(
            session,
            running.invitation["peer_4"],
            rater_key=RATER_KEY,
            today=clock.now().date(),
        )
        end_pulse(session, running.id, RATER_KEY, clock.now())
        with pytest.raises(Conflict):
            service.answer_pulse(session, late, Given(scores={"s1": 1}), now=clock.now())
        with pytest.raises(NotVisible):
            answer_to(session, running, "peer_4", 1, clock.now())
        service.make_pulse_result(session, running.id, now=clock.now())
        result = queries.outcome(session, acme.actor["hr"], running.id).result
    assert result is not None
    assert [line.figure.text for line in result.lines] == ["4.0", "4.0"]


def test_closing_destroys_key_links_and_old_ids_and_the_result_the_answers(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now())
        for person in PEOPLE:
            answer_to(session, running, person, 4, clock.now(), words=f"Words of {person}")
        key = session.get_one(Pulse, running.id).key or b""
        old = set(session.scalars(select(PulseResponse.id)))
        assert end_pulse(session, running.id, RATER_KEY, clock.now()) is True
        assert end_pulse(session, running.id, RATER_KEY, clock.now()) is False
        derived = {response_id(RATER_KEY, key, id_) for id_ in running.invitation.values()}
        after = set(session.scalars(select(PulseResponse.id)))
        assert (old, len(after), after & derived) == (derived, len(PEOPLE), set())
        assert session.scalars(select(Pulse.key)).all() == [None]
        rows = session.execute(select(PulseInvitation.token_hash, PulseInvitation.answered))
        assert set(rows.all()) == {(None, False)}
        service.make_pulse_result(session, running.id, now=clock.now())
        for table in (PulseResponse, PulseAnswer, PulseComment):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_the_result_is_made_once(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        pulse_id = closed_pulse(session, acme, clock.now(), dict.fromkeys(PEOPLE, 4))
        before = session.scalars(select(Pulse.result)).one()
        mails = session.scalar(select(func.count()).select_from(Message))
        service.make_pulse_result(session, pulse_id, now=clock.now(), delivery=delivery())
        assert session.scalars(select(Pulse.result)).one() == before
        assert session.scalar(select(func.count()).select_from(Message)) == mails
        verdict = session.scalars(select(Pulse.verdict)).one()
    assert verdict is not None
    assert (verdict["passed"], verdict["k"]) == (True, 3)


def test_those_who_were_asked_and_hr_read_the_result_and_nobody_else(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        people = ["leader", "manager", "peer_1"]
        running = opened_pulse(session, acme, clock.now(), people=people)
        for person in people:
            answer_to(session, running, person, 4, clock.now())
        assert _readers(session, acme, running.id) == set()
        end_pulse(session, running.id, RATER_KEY, clock.now())
        assert _readers(session, acme, running.id) == set()
        service.make_pulse_result(session, running.id, now=clock.now())
        assert _readers(session, acme, running.id) == {"hr", "leader", "manager"}
        assert [one.pulse.id for one in queries.outcomes_for(session, acme.actor["leader"])] == [
            running.id
        ]
        assert queries.outcomes_for(session, acme.actor["coach"]) == []


def test_who_has_answered_is_seen_only_where_people_were_told_so(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        for shows_names, expected in ((False, set[str]()), (True, {"Petra Kline"})):
            running = opened_pulse(session, acme, clock.now(), shows_names=shows_names)
            answer_to(session, running, "peer_1", 4, clock.now())
            assert _answered(session, acme, running) == expected
            end_pulse(session, running.id, RATER_KEY, clock.now())
            assert _answered(session, acme, running) == expected
        assert queries.how_many_answered(session, hr) == {}


def test_reminders_go_to_everybody_so_that_they_tell_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now())
        answer_to(session, running, "peer_1", 4, clock.now())
        service.remind_of_pulse(
            session, acme.actor["hr"], running.id, now=clock.now(), delivery=delivery()
        )
        reminded = session.scalars(
            select(Message.to_address).where(Message.subject.startswith("Reminder"))
        ).all()
        assert len(reminded) == len(PEOPLE)
        end_pulse(session, running.id, RATER_KEY, clock.now())
        with pytest.raises(RuleBroken):
            service.remind_of_pulse(
                session, acme.actor["hr"], running.id, now=clock.now(), delivery=delivery()
            )


def test_the_job_closes_it_after_its_last_day_and_not_before(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now(), closes_on=date(2026, 11, 22))
        clock.instant += timedelta(days=2)
        assert service.close_pulse_if_due(session, running.id, RATER_KEY, clock.now()) is False
        clock.instant += timedelta(days=1)
        assert service.close_pulse_if_due(session, running.id, RATER_KEY, clock.now()) is True
        pulse = session.get_one(Pulse, running.id)
        assert (pulse.state, pulse.closed_on) == (PulseState.CLOSED, date(2026, 11, 22))


def test_a_second_pulse_with_one_joiner_shows_a_band_and_with_the_same_people_a_series(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, four = acme.actor["hr"], ("peer_1", "peer_2", "peer_3", "peer_4")
    with database.writing(acme.id) as session:
        first = closed_pulse(session, acme, clock.now(), dict.fromkeys(four, 4))
        texts = []
        for scores in (
            {**dict.fromkeys(four, 4), "leader": 1},
            dict.fromkeys(four, 3),
        ):
            clock.instant += timedelta(days=7)
            again = service.repeat_pulse(session, hr, first, now=clock.now())
            service.open_pulse(session, hr, again, now=clock.now(), delivery=delivery())
            running = running_pulse(session, acme, again)
            closed_pulse(session, acme, clock.now(), scores, running=running)
            result = queries.outcome(session, hr, again).result
            assert result is not None
            texts.append(([line.figure.value for line in result.lines], result.band))
        found_series = queries.series(session, hr, first)
    assert texts == [
        ([None, None], "in the middle" if 17 / 5 <= 3.5 else "high"),
        ([3.0, 3.0], None),
    ]
    assert [one.pulse.name for one in found_series] == [
        "How we work together",
        "How we work together, 2",
        "How we work together, 3",
    ]


def test_pulses_set_up_apart_are_looked_at_together(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    four = ("peer_1", "peer_2", "peer_3", "peer_4")
    with database.writing(acme.id) as session:
        closed_pulse(session, acme, clock.now(), dict.fromkeys(four, 4))
        apart = closed_pulse(
            session, acme, clock.now(), dict.fromkeys(four[:3], 4), name="Another", people=four[:3]
        )
        result = queries.outcome(session, acme.actor["hr"], apart).result
    assert result is not None
    assert [line.figure.value for line in result.lines] == [None, None]


def test_marks_say_nothing_without_the_secret_that_is_not_in_the_database(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        closed_pulse(session, acme, clock.now(), dict.fromkeys(PEOPLE[:3], 4))
        marks = session.scalars(select(Pulse.marks)).one()
    assert len(marks) == 3
    assert marks == sorted(marks)
    with database.writing(acme.id) as session:
        again = opened_pulse(session, acme, clock.now(), name="With another secret")
        for person in PEOPLE[:3]:
            answer_to(session, again, person, 4, clock.now())
        # Whoever guesses addresses gets other marks.
        end_pulse(session, again.id, "another secret", clock.now())
        assert set(session.get_one(Pulse, again.id).marks).isdisjoint(marks)


def test_nothing_about_identity_moves_while_answers_come_in(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    tables = ("pulse", "pulse_invitation", "message", "audit_event", "answered_request", "job")
    with database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now())
        before = _dump(session, *tables)
        for person in ("peer_3", "peer_1", "peer_2"):
            answer_to(session, running, person, 4, clock.now(), words="Marked")
    with database.reading(acme.id) as session:
        assert _dump(session, *tables) == before
        stored = set(session.scalars(select(PulseResponse.id)))
        key = session.get_one(Pulse, running.id).key or b""
        for wrong in ("", "another secret", key.hex()):
            guesses = {response_id(wrong, key, id_) for id_ in running.invitation.values()}
            assert guesses.isdisjoint(stored)


def test_no_table_of_answers_has_a_time_or_a_person_and_rows_lie_in_the_order_of_their_ids(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    columns = {
        table: sorted(column["name"] for column in inspect(database.engine).get_columns(table))
        for table in ("pulse_response", "pulse_answer", "pulse_comment")
    }
    assert columns == {
        "pulse_response": ["id", "organisation_id", "pulse_id"],
        "pulse_answer": ["organisation_id", "response_id", "score", "statement_key"],
        "pulse_comment": ["body", "organisation_id", "response_id"],
    }
    with database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now())
        for person in ("peer_3", "leader", "peer_1", "peer_4", "peer_2"):
            answer_to(session, running, person, 4, clock.now(), words=person)
        end_pulse(session, running.id, RATER_KEY, clock.now())
    place = "ctid" if database.engine.dialect.name == "postgresql" else "rowid"
    with database.reading(acme.id) as session:
        ids = session.scalars(text(f"SELECT id FROM pulse_response ORDER BY {place}")).all()
        assert ids == sorted(ids)
        if place == "ctid":
            for table in ("pulse_invitation", "pulse_response", "pulse_answer"):
                marks = session.scalars(text(f"SELECT DISTINCT xmin::text FROM {table}")).all()
                assert len(marks) == 1


def test_the_file_itself_holds_neither_key_nor_old_id_after_the_close_nor_words_after_the_result(
    sqlite_database: Database, tmp_path: Path, clock: SetClock
) -> None:
    with sqlite_database.writing() as session:
        acme = found(session, "Acme", clock.now())
    with sqlite_database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now())
        for person in ("peer_1", "peer_2"):
            answer_to(session, running, person, 4, clock.now(), words=f"Marked by {person}")
        key = session.get_one(Pulse, running.id).key or b""
        old = [id_.to_bytes(8, "big")[1:] for id_ in session.scalars(select(PulseResponse.id))]
    secrets = [key, *old, b"Marked by"]
    assert _in_the_file(sqlite_database, tmp_path, secrets) == [True] * 4
    with sqlite_database.writing(acme.id) as session:
        finish(session, running.id, clock.now())
    assert _in_the_file(sqlite_database, tmp_path, secrets) == [False] * 4


def test_no_answer_is_recorded_and_what_hr_does_is(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        closed_pulse(session, acme, clock.now(), dict.fromkeys(PEOPLE, 4))
        acts = session.execute(select(AuditEvent.action, AuditEvent.account_id)).all()
    assert sorted(action for action, _ in acts) == [
        "feedback.pulse:close",
        "feedback.pulse:create",
        "feedback.pulse:open",
    ]


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE pulse SET key = NULL", "key_only_while_open"),
        ("UPDATE pulse SET state = 'closed', key = NULL", "closed_has_day"),
        ("UPDATE pulse SET k = 2", "floor"),
        ("UPDATE pulse SET result = '{}'", "result"),
        ("UPDATE pulse SET kind = 'follow_up'", "follow_up_about_a_subject"),
        ("UPDATE pulse SET kind = 'process_raters'", "process_of_a_cycle"),
        ("UPDATE pulse_answer SET score = 6", "score_range"),
        ("UPDATE pulse_comment SET body = ''", "says_something"),
        ("UPDATE pulse_invitation SET email = 'same'", "uq_pulse_invitation_pulse_id_email"),
    ],
)
def test_the_database_refuses_what_must_not_be(
    database: Database, acme: SmallOrganisation, clock: SetClock, statement: str, constraint: str
) -> None:
    with database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now())
        answer_to(session, running, "peer_1", 4, clock.now(), words="Go on.")
    with pytest.raises(IntegrityError) as refused, database.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    if database.engine.dialect.name == "postgresql" or not constraint.startswith("uq_"):
        assert constraint in str(refused.value)


def test_another_organisation_finds_nothing_of_it(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now())
    with database.reading(rival.id) as session:
        with pytest.raises(NotVisible):
            queries.pulse(session, rival.actor["hr"], running.id)
        assert queries.pulses(session, rival.actor["hr"]) == []


def test_a_link_leads_to_its_pulse_and_a_forged_one_nowhere(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened_pulse(session, acme, clock.now())
        key = session.get_one(Pulse, running.id).key or b""
    word = link_word(RATER_KEY, key, running.invitation["peer_1"])
    with database.reading() as session:
        asked = queries.by_token(session, word, rater_key=RATER_KEY, now=clock.now())
        assert (asked.name, asked.pulse.n_invited) == ("Petra Kline", len(PEOPLE))
    for wrong in (word[:-1], link_word("another", key, running.invitation["peer_1"]), ""):
        with database.reading() as session, pytest.raises(NotVisible):
            queries.by_token(session, wrong, rater_key=RATER_KEY, now=clock.now())
    late = datetime(2026, 12, 5, tzinfo=UTC)
    with database.reading() as session, pytest.raises(NotVisible):
        queries.by_token(session, word, rater_key=RATER_KEY, now=late)


def _readers(session: Session, acme: SmallOrganisation, pulse_id: int) -> set[str]:
    found_readers = set()
    for role, actor in acme.actor.items():
        try:
            queries.outcome(session, actor, pulse_id)
        except NotVisible:
            continue
        found_readers.add(role)
    return found_readers


def _answered(session: Session, acme: SmallOrganisation, running: RunningPulse) -> set[str]:
    rows = queries.invited(session, acme.actor["hr"], running.id, rater_key=RATER_KEY)
    return {row.name for row in rows if row.answered}


def _link_in(body: str) -> str:
    return next(line for line in body.splitlines() if "/p/" in line)


def _in_the_file(database: Database, folder: Path, secrets: list[bytes]) -> list[bool]:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    files = b"".join(path.read_bytes() for path in sorted(folder.glob("ldtrack.db*")))
    return [secret in files for secret in secrets]


def _dump(session: Session, *tables: str) -> dict[str, list[str]]:
    return {
        table: sorted(str(tuple(row)) for row in session.execute(text(f"SELECT * FROM {table}")))
        for table in tables
    }
