"""Closing a cycle: one release each, and nobody can be joined to an answer afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotVisible
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.evidence.domain import EvidenceForm, SourceKind
from ldtrack.evidence.queries import entries_for
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.keys import response_id
from ldtrack.feedback.domain.timeline import CycleState, SubjectState
from ldtrack.feedback.models import Answer, Comment, Cycle, Invitation, Release, Response, Subject
from ldtrack.feedback.queries.answering import by_id
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.models import Job, Message
from ldtrack.people.queries import people_named
from tests.infrastructure.feedback import (
    RATER_KEY,
    USUAL_SCORES,
    RunningCycle,
    answer,
    answered_by,
    closed,
    opened,
)
from tests.infrastructure.organisation import SmallOrganisation, found


def test_the_report_goes_to_the_coach_first_and_then_to_the_leader(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    coach, leader = acme.actor["coach"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
    with database.reading(acme.id) as session:
        assert queries.released_reports(session, leader, leader.person_id or 0) == []
        first = queries.first_reading(session, coach, running.subject_id)
        with pytest.raises(NotVisible):
            queries.report(session, leader, first.release_id)
        assert [row.subject_id for row in queries.debriefs_due(session, coach)] == [
            running.subject_id
        ]
    clock.instant += timedelta(days=3)
    with database.writing(acme.id) as session:
        service.pass_on(session, coach, running.subject_id, now=clock.now())
    with database.reading(acme.id) as session:
        assert queries.report(session, leader, first.release_id).report == first.report
        assert queries.released_on(session, leader.person_id or 0) == (date(2026, 11, 23),)
        assert queries.debriefs_due(session, coach) == []


def test_the_coach_is_told_by_mail_that_a_report_waits_and_the_leader_is_not(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now(), base_url=None)
        answered_by(session, running, USUAL_SCORES, clock.now())
        service.end_some(session, running.id, RATER_KEY, clock.now())
        service.release_some(
            session, running.id, now=clock.now(), base_url="https://ld.example.org"
        )
        (mail,) = session.scalars(select(Message)).all()
        address = f"https://ld.example.org/feedback/debriefs/{encode(running.subject_id)}"
        assert mail.subject == "Feedback to talk through: Amara Okafor"
        assert (
            mail.to_address
            == people_named(session, [acme.person["coach"]])[acme.person["coach"]].email
        )
        assert address in mail.body


def test_the_worked_example_is_what_the_report_says(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        report = queries.first_reading(session, acme.actor["coach"], running.subject_id).report
    result = report.release.competencies[0]
    assert report.name_of(result) == "Coaching others"
    assert {g.group_key: g.figure.text for g in result.groups} == {
        "manager": "4.0",
        "peer": "4.0",
        "direct_report": "2.7",
    }
    assert result.others is not None
    assert result.others.figure.text == "3.6"
    assert [group.count.words for group in report.release.groups] == [
        "1",
        "1",
        "3 or more of 4",
        "3 of 3",
    ]


def test_passing_on_writes_one_piece_of_evidence_for_each_competency(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        assert entries_for(session, coach, acme.person["leader"]) == {}
        clock.instant += timedelta(days=3)
        service.pass_on(session, coach, running.subject_id, now=clock.now())
        service.pass_on(session, coach, running.subject_id, now=clock.now())
        entries = entries_for(session, coach, acme.person["leader"])
        release = queries.first_reading(session, coach, running.subject_id)
    evidence = release.report.release.competencies[0].evidence
    assert evidence is not None
    assert {key: len(found) for key, found in entries.items()} == dict.fromkeys(
        acme.competency.values(), 1
    )
    (entry,) = entries[acme.competency["coaching-others"]]
    assert (entry.source_kind, entry.source_id, entry.form) == (
        SourceKind.FEEDBACK_RELEASE,
        release.release_id,
        EvidenceForm.GRADED,
    )
    assert (entry.value, entry.noise_variance) == (evidence.value, evidence.noise_variance)
    assert (entry.observed_on, entry.author, entry.title) == (
        date(2026, 11, 20),
        None,
        "Autumn 2026",
    )


def test_closing_twice_changes_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        before = session.scalars(select(Release.document)).all()
        assert service.close_cycle(session, running.id, RATER_KEY, clock.now()) is False
        assert session.scalars(select(Release.document)).all() == before


def test_the_job_closes_a_cycle_after_its_last_day_and_not_before(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now(), closes_on=date(2026, 11, 22))
        clock.instant += timedelta(days=2)
        assert service.close_if_due(session, running.id, RATER_KEY, clock.now()) is False
        clock.instant += timedelta(days=1)
        assert service.close_if_due(session, running.id, RATER_KEY, clock.now()) is True
        cycle = session.get_one(Cycle, running.id)
        assert (cycle.state, cycle.closed_on) == (CycleState.CLOSED, date(2026, 11, 22))


def test_the_job_that_closes_a_cycle_says_how_far_it_is(
    database: Database, acme: SmallOrganisation, clock: SetClock, tmp_path: Path
) -> None:
    settings = Settings(instance=tmp_path, secret_key="for tests", rater_key=RATER_KEY)
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now(), closes_on=date(2026, 11, 22))
    clock.instant += timedelta(days=3)
    work_off(Workshop(settings=settings, database=database, clock=clock), KINDS)
    with database.reading(acme.id) as session:
        done = select(Job.state, Job.done, Job.total).where(Job.kind == "feedback.close")
        assert session.execute(done).all() == [(JobState.DONE, 1, 1)]
        assert session.get_one(Cycle, running.id).state == CycleState.CLOSED


def test_a_draft_counts_nowhere_and_is_gone_after_close(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_1", "peer_2", "peer_3"], clock.now())
        _save_draft(session, running, "peer_4", 1, clock)
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
        report = queries.first_reading(session, acme.actor["coach"], running.subject_id).report
        assert [g.count.words for g in report.release.groups] == ["3 or more of 4"]
        assert len(session.scalars(select(Response.id)).all()) == 3


def test_closing_destroys_the_key_the_links_and_the_old_ids(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_1", "peer_2", "peer_3", "manager"], clock.now())
        key = session.get_one(Subject, running.subject_id).key
        before = set(session.scalars(select(Response.id)))
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
    assert key is not None
    derived = {response_id(RATER_KEY, key, id_) for id_ in running.invitation.values()}
    assert len(before & derived) == 4
    with database.reading(acme.id) as session:
        assert session.scalars(select(Subject.key)).one() is None
        assert set(session.scalars(select(Invitation.token_hash))) == {None}
        after = set(session.scalars(select(Response.id)))
        assert len(after) == 4
        assert after.isdisjoint(derived)
        assert sorted(session.scalars(select(Invitation.name).where(Invitation.answered))) == [
            "Maya Singh",
            "Paul Ode",
            "Petra Kline",
            "Pia Wolf",
        ]


def test_the_file_itself_holds_neither_the_key_nor_an_old_id_after_close(
    sqlite_database: Database, tmp_path: Path, clock: SetClock
) -> None:
    with sqlite_database.writing() as session:
        acme = found(session, "Acme", clock.now())
    with sqlite_database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_1", "peer_2", "peer_3"], clock.now())
        key = session.get_one(Subject, running.subject_id).key or b""
        old = [id_.to_bytes(8, "big") for id_ in session.scalars(select(Response.id))]
    # Ids are stored without leading zeros; the seven lower bytes are always there.
    secrets = [key, *(id_[1:] for id_ in old)]
    assert _in_the_file(sqlite_database, tmp_path, secrets) == [True] * 4
    with sqlite_database.writing(acme.id) as session:
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
    assert _in_the_file(sqlite_database, tmp_path, secrets) == [False] * 4


def test_nothing_but_the_group_is_common_to_both_sides_while_the_cycle_is_open(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        identities = _dump(session, "invitation", "message", "audit_event", "answered_request")
        answered_by(session, running, ["peer_1", "peer_2", "peer_3"], clock.now())
    with database.reading(acme.id) as session:
        assert (
            _dump(session, "invitation", "message", "audit_event", "answered_request") == identities
        )
        stored = session.scalars(select(Response.id)).all()
        key = session.get_one(Subject, running.subject_id).key or b""
        for wrong in ("", "another secret", key.hex()):
            guesses = {response_id(wrong, key, id_) for id_ in running.invitation.values()}
            assert guesses.isdisjoint(stored)


def test_rows_of_answers_lie_in_an_order_that_is_not_that_of_their_arrival(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    order = ["peer_3", "report_1", "peer_1", "manager", "report_3", "peer_2", "peer_4", "report_2"]
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, order, clock.now())
        service.close_cycle(session, running.id, RATER_KEY, clock.now())
    place = "ctid" if database.engine.dialect.name == "postgresql" else "rowid"
    with database.reading(acme.id) as session:
        responses = session.scalars(text(f"SELECT id FROM response ORDER BY {place}")).all()
        assert responses == sorted(responses)
        stored = "ctid" if place == "ctid" else "response_id, item_id"
        answers = session.scalars(text(f"SELECT response_id FROM answer ORDER BY {stored}")).all()
        assert answers == sorted(answers)
        if place == "ctid":
            for table in ("invitation", "response", "answer"):
                assert (
                    len(session.scalars(text(f"SELECT DISTINCT xmin::text FROM {table}")).all())
                    == 1
                )


def test_no_table_of_answers_has_a_time_a_person_or_a_hidden_row_number(
    database: Database, acme: SmallOrganisation
) -> None:
    columns = {
        table: sorted(column["name"] for column in inspect(database.engine).get_columns(table))
        for table in ("response", "answer", "comment")
    }
    assert columns == {
        "response": ["group_key", "id", "organisation_id", "state", "subject_id", "turn"],
        "answer": ["item_id", "not_observed", "organisation_id", "response_id", "score"],
        "comment": ["body", "organisation_id", "question_key", "response_id", "sharing"],
    }
    if database.engine.dialect.name == "sqlite":
        with database.engine.connect() as connection, pytest.raises(Exception, match="rowid"):
            connection.exec_driver_sql("SELECT rowid FROM answer")


def test_a_leader_without_a_coach_has_the_report_at_close(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    other = acme.actor["other_leader"]
    with database.writing(acme.id) as session:
        hr = acme.actor["hr"]
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_1"], clock.now())
        subject = session.get_one(Subject, running.subject_id)
        subject.person_id = other.person_id or 0
        session.flush()
        service.close_by_hand(session, hr, running.id, rater_key=RATER_KEY, now=clock.now())
        assert queries.released_reports(session, other, other.person_id or 0) == []
        assert service.release_some(session, running.id, now=clock.now()) == 0
        assert len(queries.released_reports(session, other, other.person_id or 0)) == 1


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE subject SET state = 'closed', closed_on = opens_on", "key_only_while_open"),
        ("UPDATE subject SET key = NULL", "key_only_while_open"),
        ("UPDATE subject SET state = 'closed', key = NULL", "closed_has_day"),
        ("UPDATE subject SET closes_on = NULL", "open_has_days"),
        ("UPDATE cycle SET state = 'released'", "cyclestate"),
        ("UPDATE cycle SET pace = 'rolling'", "rolling_has_days"),
        ("UPDATE cycle SET weighting = 'precision'", "shown_weighting"),
        ("UPDATE organisation SET rater_budget = 0", "rater_budget"),
        ("UPDATE cycle SET k = 2", "floor"),
        ("UPDATE answer SET not_observed = (1 = 1)", "score_or_not_observed"),
        ("UPDATE answer SET score = 11", "score_range"),
        ("UPDATE comment SET body = ''", "says_something"),
        ("UPDATE response SET state = 'late'", "responsestate"),
        ("UPDATE subject SET released_on = opens_on", "released_day"),
        ("UPDATE invitation SET email = 'same'", "uq_invitation_subject_id_email"),
    ],
)
def test_the_database_refuses_what_must_not_be(
    database: Database, acme: SmallOrganisation, clock: SetClock, statement: str, constraint: str
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answer(session, running, "peer_1", 4, clock.now(), comments=_comment("Go on."))
    with (
        pytest.raises(IntegrityError) as refused,
        database.engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)
    if database.engine.dialect.name == "postgresql" or not constraint.startswith("uq_"):
        assert constraint in str(refused.value)


def test_answers_are_forgotten_when_their_months_are_over_and_reports_are_not(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
        kept = len(session.scalars(select(Response.id)).all())
        closed_on = clock.today()
        long_after = datetime(closed_on.year + 2, closed_on.month, 1, tzinfo=UTC)
        service.forget_answers(session, running.id, now=long_after - timedelta(seconds=1))
        assert len(session.scalars(select(Response.id)).all()) == kept
        service.forget_answers(session, running.id, now=long_after)
        assert session.scalars(select(Response.id)).all() == []
        assert session.scalars(select(Answer.item_id)).all() == []
        assert session.scalars(select(Comment.body)).all() == []
        assert len(session.scalars(select(Release.id)).all()) == 1


def test_a_report_that_cannot_be_made_is_not_taken_for_one_that_would_tell_too_much(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, USUAL_SCORES, clock.now())
        service.end_some(session, running.id, RATER_KEY, clock.now())
        cycle = session.get_one(Cycle, running.id)
        cycle.groups = [group for group in cycle.groups if group["key"] != "direct_report"]
        session.flush()
        with pytest.raises(service.ReportNotMade) as refused:
            service.release_some(session, running.id, now=clock.now())
        assert refused.value.subject_id == running.subject_id
        assert "no rater group “direct_report”" in str(refused.value.__cause__)
        assert session.get_one(Subject, running.subject_id).state == SubjectState.CLOSED


def _in_the_file(database: Database, folder: Path, secrets: list[bytes]) -> list[bool]:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    files = b"".join(path.read_bytes() for path in sorted(folder.glob("ldtrack.db*")))
    return [secret in files for secret in secrets]


def _comment(words: str) -> dict[str, WrittenComment]:
    return {"keep": WrittenComment(text=words)}


def _save_draft(
    session: Session, running: RunningCycle, rater: str, score: int, clock: SetClock
) -> None:
    asked = by_id(session, running.invitation[rater], rater_key=RATER_KEY, today=clock.now().date())
    items = [item.id for item in running.form.items]
    service.save_scores(
        session, asked, running.form, dict.fromkeys(items, score), items=items, now=clock.now()
    )


def _dump(session: Session, *tables: str) -> dict[str, list[str]]:
    return {
        table: sorted(str(tuple(row)) for row in session.execute(text(f"SELECT * FROM {table}")))
        for table in tables
    }
