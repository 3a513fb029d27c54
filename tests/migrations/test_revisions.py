"""Revisions lead where the models are, and back again, with data in the tables."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, Engine, inspect, select, text

from ldtrack.access.domain import at_the_console
from ldtrack.app.tables import metadata
from ldtrack.assignments import service as assignments
from ldtrack.assignments.domain import PostingState
from ldtrack.assignments.queries import posting_acts, postings
from ldtrack.cli.erasing import erase_everywhere
from ldtrack.coaching import service as coaching
from ldtrack.coaching.domain import (
    ActionState,
    Agree,
    LogSession,
    NewAction,
    OpenEngagement,
    SponsorSees,
)
from ldtrack.coaching.domain.agreements import WriteAgreement
from ldtrack.coaching.domain.handover import Handed
from ldtrack.coaching.models import Engagement, SessionNote
from ldtrack.coaching.queries import (
    actions_of,
    draft_of,
    handover_to,
    own_note,
    sponsor_sees,
    versions_of,
)
from ldtrack.competencies.domain import DescribeEdition
from ldtrack.competencies.queries import whole_edition
from ldtrack.competencies.service import start_edition
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import SealedShut
from ldtrack.core.guids import is_guid
from ldtrack.db import migrate
from ldtrack.db.engine import engine_for
from ldtrack.db.session import Database
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.rows import Sharing
from ldtrack.feedback.models import Answer, Invitation, Item, Subject
from ldtrack.feedback.queries.questionnaires import questionnaire_of
from ldtrack.feedback.service import close_cycle
from ldtrack.outbox.models import Message
from ldtrack.outbox.service import post
from ldtrack.people.queries import directory, people_named
from tests.infrastructure.feedback import RATER_KEY, answer, answered_by, opened
from tests.infrastructure.organisation import found
from tests.infrastructure.sealing import SEAL
from tests.integration.assignments.makers import opening


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without tables."""
    if request.param == "sqlite":
        engine = engine_for(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
        return
    server = request.getfixturevalue("postgres")
    name = f"m{uuid.uuid4().hex[:12]}"
    engine = engine_for(server.create_database(name))
    yield engine
    engine.dispose()
    server.drop_database(name)


def test_the_revisions_make_the_tables_that_the_models_describe(empty: Engine) -> None:
    migrate.upgrade(empty, metadata())
    assert migrate.differences(empty, metadata()) == []
    assert migrate.present(empty) == migrate.newest()


def test_migrated_tables_refuse_what_the_models_refuse(empty: Engine) -> None:
    migrate.upgrade(empty, metadata())
    found = inspect(empty)
    assert {
        table.name: {check["name"] for check in found.get_check_constraints(table.name)}
        for table in metadata().sorted_tables
    } == {
        table.name: {
            str(constraint.name)
            for constraint in table.constraints
            if isinstance(constraint, CheckConstraint)
        }
        for table in metadata().sorted_tables
    }


def test_upgrading_twice_changes_nothing(empty: Engine) -> None:
    migrate.upgrade(empty, metadata())
    migrate.upgrade(empty, metadata())
    assert migrate.present(empty) == migrate.newest()


def test_the_way_back_takes_every_table_away_and_the_way_forth_brings_them_again(
    empty: Engine,
) -> None:
    migrate.upgrade(empty, metadata())
    migrate.downgrade(empty, metadata(), "base")
    assert set(inspect(empty).get_table_names()) == {"alembic_version"}
    migrate.upgrade(empty, metadata())
    assert migrate.differences(empty, metadata()) == []


def test_an_open_cycle_keeps_its_key_its_raters_and_its_answers_on_the_way_back_and_forth(
    empty: Engine, clock: SetClock
) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_1", "peer_2", "peer_3"], clock.now())
    before = _stored(database, acme.id)
    migrate.downgrade(empty, metadata(), "0002")
    migrate.upgrade(empty, metadata())
    assert _stored(database, acme.id) == before
    with database.writing(acme.id) as session:
        close_cycle(session, running.id, RATER_KEY, clock.now())
        assert len(list(session.scalars(select(Invitation).where(Invitation.answered)))) == 3


def test_on_the_way_back_nothing_that_was_to_be_summed_up_becomes_readable(
    empty: Engine, clock: SetClock
) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        words = {"keep": WrittenComment(text="Go on.", sharing=Sharing.SUMMED_UP)}
        answer(session, running, "peer_1", 4, clock.now(), comments=words)
        n_items = len(running.form.items)
        session.add(Item(questionnaire_id=running.form.id, text="Shouts", position=n_items))
    migrate.downgrade(empty, metadata(), "0001")
    with empty.connect() as connection:
        assert connection.execute(text("SELECT sharing FROM comment")).scalars().all() == [
            "coach_only"
        ]
        for table in ("item", "answer"):
            rows = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            assert rows == n_items
    migrate.upgrade(empty, metadata())
    with database.reading(acme.id) as session:
        form = questionnaire_of(session, acme.actor["hr"], running.form.id)
    assert (form.series, form.number, form.frozen) == (form.id, 1, True)


def test_on_the_way_back_somebody_stands_in_for_whoever_was_erased(
    empty: Engine, clock: SetClock
) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    with database.writing(acme.id) as session:
        pair = OpenEngagement(
            coach_id=acme.person["coach"],
            person_id=acme.person["leader"],
            starts_on=clock.today(),
            sessions_agreed=6,
        )
        one = coaching.open_engagement(session, acme.actor["hr"], pair, now=clock.now())
        held = LogSession(
            held_on=clock.today(),
            minutes=60,
            unsigned_reason="It could not wait",
            shared_note="Go on.",
        )
        coaching.log_session(session, acme.actor["coach"], one, held, now=clock.now())
        erase_everywhere(
            session,
            at_the_console(acme.id),
            acme.person["coach"],
            rater_key=RATER_KEY,
            now=clock.now(),
        )
    migrate.downgrade(empty, metadata(), "0010")
    migrate.upgrade(empty, metadata())
    with database.reading(acme.id) as session:
        engagement = session.scalars(select(Engagement)).one()
        note = session.scalars(select(SessionNote)).one()
        person = people_named(session, [engagement.coach_id or 0])[engagement.coach_id or 0]
    assert (person.name, person.active) == ("Somebody erased", False)
    assert (note.author_id, note.body) == (person.id, "Go on.")


def test_reminders_from_before_there_was_a_mark_are_marked(empty: Engine, clock: SetClock) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    with database.writing(acme.id) as session:
        for subject in ("Reminder: your view of Amara Okafor", "Your view of Amara Okafor"):
            post(session, to_address="a@b.example", subject=subject, body="", due_at=clock.now())
    migrate.downgrade(empty, metadata(), "0009")
    migrate.upgrade(empty, metadata())
    with database.reading(acme.id) as session:
        marked = select(Message.subject).where(Message.discreet)
        assert session.scalars(marked).all() == ["Reminder: your view of Amara Okafor"]


def test_of_mails_that_left_before_only_the_hour_is_left(empty: Engine, clock: SetClock) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    nine = clock.now()
    late = nine + timedelta(minutes=17, seconds=3, microseconds=5)
    with database.writing(acme.id) as session:
        for name, due_at in (("sent", late), ("waiting", late)):
            post(session, to_address="a@b.example", subject=name, body="", due_at=due_at)
    migrate.downgrade(empty, metadata(), "0030")
    with empty.begin() as connection:
        connection.execute(text("UPDATE message SET state = 'sent' WHERE subject = 'sent'"))
    migrate.upgrade(empty, metadata())
    with database.reading(acme.id) as session:
        kept = dict(session.execute(select(Message.subject, Message.due_at)).all())
    assert kept == {"sent": nine, "waiting": late}


def test_private_notes_and_drafts_are_sealed_on_the_way_forth_and_opened_on_the_way_back(
    empty: Engine, clock: SetClock
) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty, seal=SEAL)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    coach, leader = acme.actor["coach"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        pair = OpenEngagement(
            coach_id=acme.person["coach"],
            person_id=acme.person["leader"],
            starts_on=clock.today(),
            sessions_agreed=6,
        )
        one = coaching.open_engagement(session, acme.actor["hr"], pair, now=clock.now())
        held = LogSession(
            held_on=clock.today(),
            minutes=60,
            unsigned_reason="It could not wait",
            shared_note="Go on.",
            private_note="Tired – 疲れ",
        )
        held_id = coaching.log_session(session, coach, one, held, now=clock.now())
        lines = {"private_note": ["Half a “thought”"]}
        coaching.keep_draft(session, coach, one, lines, now=clock.now())
        coaching.write_own_note(session, leader, held_id, "")
    with pytest.raises(SealedShut):
        migrate.downgrade(empty, metadata(), "0041")
    migrate.downgrade(empty, metadata(), "0041", seal=SEAL)
    with empty.connect() as connection:
        rows = connection.execute(text("SELECT kind, body FROM session_note ORDER BY kind")).all()
        draft = connection.execute(text("SELECT lines FROM session_draft")).scalar_one()
    assert [tuple(row) for row in rows] == [("private", "Tired – 疲れ"), ("shared", "Go on.")]
    assert (json.loads(draft) if isinstance(draft, str) else draft) == lines
    with pytest.raises(SealedShut):
        migrate.upgrade(empty, metadata())
    assert migrate.present(empty) == "0041"
    migrate.upgrade(empty, metadata(), seal=SEAL)
    with database.reading(acme.id) as session:
        kept = draft_of(session, coach, one)
        assert own_note(session, coach, held_id).body == "Tired – 疲れ"
        assert [row.body for row in session.scalars(select(SessionNote))] == ["Go on."]
        assert kept is not None
        assert kept.lines == lines
    if empty.dialect.name == "sqlite":
        path = Path(str(empty.url.database))
        files = [path, path.with_name(f"{path.name}-wal")]
        left = b"".join(file.read_bytes() for file in files if file.exists())
        assert [word for word in ("疲れ", "thought") if word.encode() in left] == []


def test_what_was_done_before_there_were_states_is_done_and_stays_so_on_the_way_back(
    empty: Engine, clock: SetClock
) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty, seal=SEAL)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    coach, leader_id = acme.actor["coach"], acme.person["leader"]
    with database.writing(acme.id) as session:
        pair = OpenEngagement(
            coach_id=acme.person["coach"],
            person_id=leader_id,
            starts_on=clock.today(),
            sessions_agreed=6,
        )
        one = coaching.open_engagement(session, acme.actor["hr"], pair, now=clock.now())
        promised = tuple(NewAction(owner_id=leader_id, text=text) for text in ("Ask", "Tell"))
        held = LogSession(
            held_on=clock.today(),
            minutes=60,
            unsigned_reason="It could not wait",
            new_actions=promised,
        )
        coaching.log_session(session, coach, one, held, now=clock.now())
        rows = {row.text: row for row in actions_of(session, coach, leader_id)}
        coaching.finish_action(session, coach, rows["Ask"].id, now=clock.now())
    migrate.downgrade(empty, metadata(), "0044")
    with empty.connect() as connection:
        done = connection.execute(
            text("SELECT text FROM coaching_action WHERE done_on IS NOT NULL")
        )
        assert done.scalars().all() == ["Ask"]
    migrate.upgrade(empty, metadata())
    with database.reading(acme.id) as session:
        kept = {row.text: row.state for row in actions_of(session, coach, leader_id)}
    assert kept == {"Ask": ActionState.DONE, "Tell": ActionState.OPEN}


def test_what_was_recorded_is_numbered_on_the_way_forth_and_what_holds_stays_on_the_way_back(
    empty: Engine, clock: SetClock
) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty, seal=SEAL)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    hr, leader_id = acme.actor["hr"], acme.person["leader"]
    with database.writing(acme.id) as session:
        pair = OpenEngagement(
            coach_id=acme.person["coach"],
            person_id=leader_id,
            starts_on=clock.today(),
            sessions_agreed=6,
        )
        one = coaching.open_engagement(session, hr, pair, now=clock.now())
        for days, word in ((9, SponsorSees.LEVELS), (1, SponsorSees.MILESTONES)):
            agreed = Agree(
                agreed_on=clock.today() - timedelta(days=days),
                purpose="",
                sponsor_sees=frozenset({word}),
            )
            coaching.agree(session, hr, one, agreed, now=clock.now())
        said = WriteAgreement(purpose="", sponsor_sees=frozenset(SponsorSees), sessions_agreed=6)
        coaching.write_agreement(session, hr, one, said, now=clock.now())
    migrate.downgrade(empty, metadata(), "0049")
    with empty.connect() as connection:
        kept = connection.execute(text("SELECT count(*) FROM agreement")).scalar()
    migrate.upgrade(empty, metadata())
    with database.reading(acme.id) as session:
        heads = [(row.number, row.state.value) for row in versions_of(session, hr, one)]
        sees = sponsor_sees(session, leader_id)
    assert kept == 2
    assert heads == [(2, "recorded"), (1, "recorded")]
    assert sees == {SponsorSees.MILESTONES}


def test_a_coach_goes_on_reading_the_milestones_of_before_on_the_way_forth(
    empty: Engine, clock: SetClock
) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty, seal=SEAL)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    hr, leader_id = acme.actor["hr"], acme.person["leader"]
    with database.writing(acme.id) as session:
        ids = []
        for coach in ("other_coach", "coach"):
            pair = OpenEngagement(
                coach_id=acme.person[coach],
                person_id=leader_id,
                starts_on=clock.today(),
                sessions_agreed=6,
            )
            ids.append(coaching.open_engagement(session, hr, pair, now=clock.now()))
            if coach == "other_coach":
                coaching.end_engagement(session, hr, ids[0], now=clock.now())
    migrate.downgrade(empty, metadata(), "0056")
    migrate.upgrade(empty, metadata())
    with database.reading(acme.id) as session:
        row = handover_to(session, acme.actor["leader"], ids[1])
    assert row is not None
    assert row.parts == {Handed.GOALS}


def _stored(database: Database, organisation_id: int) -> tuple[object, ...]:
    with database.reading(organisation_id) as session:
        subject = session.scalars(select(Subject)).one()
        days = (subject.opens_on, subject.closes_on, subject.closed_on)
        invited = set(session.scalars(select(Invitation.token_hash)))
        answers = set(session.execute(select(Answer.response_id, Answer.item_id, Answer.score)))
        return subject.key, subject.state, days, invited, answers


def test_openings_from_before_are_open_or_closed_and_what_was_never_open_does_not_go_back(
    empty: Engine, clock: SetClock
) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        for title in ("Open", "Closed"):
            one = assignments.post_opening(session, hr, opening(acme, title=title), now=now)
        why = assignments.CloseOpening(reason="Filled.")
        assignments.close_opening(session, hr, one, why, now=now)
        assignments.draft_opening(session, hr, opening(acme, title="Draft"))
    migrate.downgrade(empty, metadata(), "0055")
    with empty.connect() as connection:
        rows = connection.execute(text("SELECT title, closed_on IS NULL FROM posting"))
        assert {title: bool(is_open) for title, is_open in rows} == {"Open": True, "Closed": False}
        of_none = "posting_id NOT IN (SELECT id FROM posting)"
        orphans = f"SELECT count(*) FROM posting_competency WHERE {of_none}"
        assert connection.scalar(text(orphans)) == 0
    migrate.upgrade(empty, metadata())
    with database.reading(acme.id) as session:
        kept, _ = postings(session, hr)
        acts = [posting_acts(session, row.id) for row in kept]
    assert {row.title: row.state for row in kept} == {
        "Open": PostingState.PUBLISHED,
        "Closed": PostingState.CLOSED,
    }
    assert {(one.weight, one.is_critical) for row in kept for one in row.develops} == {(1, True)}
    assert acts == [[], []]


def test_frameworks_from_before_get_identifiers_that_their_editions_share(
    empty: Engine, clock: SetClock
) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    with database.writing(acme.id) as session:
        draft = start_edition(
            session, acme.actor["hr"], acme.framework_version_id, DescribeEdition(version="2")
        )
    migrate.downgrade(empty, metadata(), "0014")
    migrate.upgrade(empty, metadata())
    with database.reading(acme.id) as session:
        first = whole_edition(session, acme.framework_version_id)
        second = whole_edition(session, draft)
    said = [first.identifier, *(one.identifier for one in first.domains)]
    assert all(map(is_guid, [*said, *(one.identifier for one in first.competencies)]))
    assert (second.domains, second.competencies) == (first.domains, first.competencies)
    indicators = {one.identifier for each in first.competencies for one in each.indicators}
    assert len(indicators) == 15


def test_an_organisation_can_live_in_migrated_tables(empty: Engine, clock: SetClock) -> None:
    migrate.upgrade(empty, metadata())
    database = Database(empty)
    with database.writing() as session:
        acme = found(session, "Acme", clock.now())
    migrate.upgrade(empty, metadata())
    with database.reading(acme.id) as session:
        people, total = directory(session, acme.actor["hr"])
    assert (len(people), total) == (len(acme.person), len(acme.person))
