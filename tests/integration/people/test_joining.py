"""Two records of one person become one: nothing is lost and nothing counts twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind, Role
from ldtrack.access.queries import holders_over_time
from ldtrack.access.service import relate
from ldtrack.app.same_person.service import join_records, look
from ldtrack.app.tables import metadata
from ldtrack.audit.models import AuditEvent
from ldtrack.coaching.domain import OpenEngagement
from ldtrack.coaching.models import AgreementParty, Engagement
from ldtrack.coaching.service import open_engagement
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import RuleBroken
from ldtrack.courses.models import Booking, Completion
from ldtrack.courses.service import (
    AddCourse,
    AddOffering,
    RecordCompletion,
    add_course,
    add_offering,
    book,
    record_completions,
)
from ldtrack.db.session import Database
from ldtrack.evidence.models import Evidence
from ldtrack.evidence.queries import entries_for
from ldtrack.exchange.people_former import under_present_names
from ldtrack.feedback.models import Invitation, Response, Subject
from ldtrack.outbox.models import Message
from ldtrack.people.domain import ImportPerson
from ldtrack.people.domain.joining import Pair
from ldtrack.people.models import Account, FormerName, Person
from ldtrack.people.queries import by_email, by_external_id, former_names
from ldtrack.people.service.accounts import open_account
from ldtrack.people.service.bring_in import import_people
from ldtrack.reflection.domain import Prompt
from ldtrack.reflection.models import EntryDraft
from tests.infrastructure.feedback import RATER_KEY
from tests.infrastructure.full_house import FullHouse, build
from tests.infrastructure.organisation import PASSWORD, QUICK, SmallOrganisation
from tests.integration.coaching.signing import said, sent, sign

SITE = "https://growth.example.org"


@pytest.fixture
def house(database: Database) -> FullHouse:
    """One of everything, on either engine."""
    return build(database)


def _join(
    session: Session, acme: SmallOrganisation, goes: str, stays: str, clock: SetClock
) -> None:
    pair = Pair(goes=acme.person[goes], stays=acme.person[stays])
    join_records(
        session,
        acme.actor["hr"],
        pair,
        typed=session.get_one(Person, pair.goes).external_id,
        reason="The staff office says so",
        now=clock.now(),
        rater_key=RATER_KEY,
        base_url=SITE,
    )


def _counts(session: Session) -> Counter[str]:
    return Counter(
        {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata().sorted_tables
        }
    )


def _references(session: Session, person_id: int) -> Counter[str]:
    return Counter(
        {
            f"{table.name}.{key.parent.name}": session.execute(
                select(func.count()).select_from(table).where(key.parent == person_id)
            ).scalar_one()
            for table in metadata().sorted_tables
            for key in table.foreign_keys
            if key.column.table.name == "person"
        }
    )


def test_whatever_refers_to_the_one_refers_to_the_other_and_no_row_is_lost(
    database: Database, house: FullHouse, clock: SetClock
) -> None:
    acme = house.acme
    newcomer = ImportPerson(line=1, external_id="N1", email="n1@example.org", first_name="Nia")
    with database.writing(acme.id) as session:
        import_people(session, [newcomer], starts_on=clock.today())
        stays = by_external_id(session, ["N1"])["N1"]
    for key in ("leader", "manager", "sponsor", "peer_1"):
        with database.session(writes=True, organisation_id=acme.id) as session:
            before, theirs = _counts(session), _references(session, acme.person[key])
            pair = Pair(goes=acme.person[key], stays=stays)
            join_records(
                session,
                acme.actor["hr"],
                pair,
                typed=session.get_one(Person, pair.goes).external_id,
                reason="Seen twice",
                now=clock.now(),
                rater_key=RATER_KEY,
                base_url=SITE,
            )
            after = _counts(session)
            assert _references(session, pair.goes).total() == 0, key
            found = _references(session, stays)
            assert {name: n for name, n in theirs.items() if n > found[name]} == {}, key
            assert {name: after[name] - n for name, n in before.items() if after[name] != n} == {
                "person": -1,
                "former_name": 1,
                "audit_event": 1,
                "message": 2,
            }, key
            session.rollback()


def test_levels_are_those_of_the_evidence_of_both(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, days = acme.actor["hr"], (date(2026, 3, 2), date(2026, 9, 1))
    with database.writing(acme.id) as session:
        course = _course(session, acme, clock)
        commands = [
            RecordCompletion(
                course_id=course, person_id=acme.person[key], completed_on=day, passed=True
            )
            for key, day in zip(("peer_1", "peer_2"), days, strict=True)
        ]
        record_completions(session, hr, commands, now=clock.now())
        _join(session, acme, "peer_1", "peer_2", clock)
    with database.reading(acme.id) as session:
        found = entries_for(session, hr, acme.person["peer_2"], as_of=clock.today())
        (entries,) = found.values()
        assert [entry.observed_on for entry in entries] == list(days)


def test_a_completion_that_both_have_on_one_day_counts_once(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course = _course(session, acme, clock)
        commands = [
            RecordCompletion(
                course_id=course,
                person_id=acme.person[key],
                completed_on=date(2026, 3, 2),
                passed=True,
            )
            for key in ("peer_1", "peer_2")
        ]
        record_completions(session, acme.actor["hr"], commands, now=clock.now())
        assert _words(session, acme, "peer_1", "peer_2", clock) == [
            "Both completed “Listening” on 2 Mar 2026: it counts once."
        ]
        _join(session, acme, "peer_1", "peer_2", clock)
        theirs = select(Completion.person_id)
        assert session.scalars(theirs).all() == [acme.person["peer_2"]]
        forms = select(Evidence.form).where(Evidence.person_id == acme.person["peer_2"])
        assert Counter(session.scalars(forms)) == {"passed": 2, "withdrawn": 1}


def test_of_two_places_in_one_run_the_one_is_given_back_to_who_waits(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        run = AddOffering(starts_on=clock.today() + timedelta(days=20), places=2)
        offering = add_offering(session, hr, _course(session, acme, clock), run, now=clock.now())
        for key in ("peer_1", "peer_2", "peer_3"):
            book(session, hr, offering, acme.person[key], now=clock.now(), base_url=SITE)
        _join(session, acme, "peer_1", "peer_2", clock)
        rows = session.execute(select(Booking.person_id, Booking.state))
        assert dict(rows.all()) == {
            acme.person["peer_2"]: "booked",
            acme.person["peer_3"]: "booked",
        }


def test_of_two_engagements_with_one_coach_the_first_goes_on(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        for key, began in (("peer_1", date(2026, 2, 2)), ("peer_2", date(2026, 5, 4))):
            command = OpenEngagement(
                coach_id=acme.person["coach"],
                person_id=acme.person[key],
                starts_on=began,
                sessions_agreed=6,
            )
            open_engagement(session, acme.actor["hr"], command, now=clock.now())
        _join(session, acme, "peer_1", "peer_2", clock)
        theirs = select(Engagement.starts_on, Engagement.ends_on).where(
            Engagement.person_id == acme.person["peer_2"]
        )
        assert set(session.execute(theirs).all()) == {
            (date(2026, 2, 2), None),
            (date(2026, 5, 4), clock.today()),
        }


def test_whoever_was_asked_twice_to_sign_one_agreement_has_signed_it_once(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        command = OpenEngagement(
            coach_id=acme.person["coach"],
            person_id=acme.person["leader"],
            starts_on=date(2026, 2, 2),
            sessions_agreed=6,
        )
        one = open_engagement(session, acme.actor["hr"], command, now=now)
        relate(
            session,
            kind=RelationshipKind.SPONSOR,
            holder_id=acme.person["peer_1"],
            person_id=acme.person["leader"],
            starts_on=date(2026, 2, 2),
        )
        agreement_id = sent(session, acme, one, said(acme), now=now)
        sign(session, acme, agreement_id, ["sponsor"], now=now)
        _join(session, acme, "peer_1", "sponsor", clock)
        rows = session.execute(
            select(AgreementParty.person_id, AgreementParty.signed_as).where(
                AgreementParty.agreement_id == agreement_id
            )
        )
        assert dict(rows.all()) == {
            acme.person["leader"]: "",
            acme.person["coach"]: "",
            acme.person["sponsor"]: acme.actor["sponsor"].name,
        }
        assert sign(session, acme, agreement_id, ["leader", "coach"], now=now) == [False, True]


def test_days_that_both_had_with_one_manager_count_once_and_of_two_managers_one_remains(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    person = acme.person
    with database.writing(acme.id) as session:
        for key, holder, begins, ends in (
            ("peer_1", "manager", date(2025, 1, 6), date(2025, 6, 30)),
            ("peer_2", "manager", date(2025, 6, 1), None),
            ("peer_1", "sponsor", date(2025, 7, 1), None),
        ):
            relate(
                session,
                kind=RelationshipKind.MANAGER,
                holder_id=person[holder],
                person_id=person[key],
                starts_on=begins,
                ends_on=ends,
            )
        _join(session, acme, "peer_1", "peer_2", clock)
        rows = holders_over_time(session, person["peer_2"], RelationshipKind.MANAGER)
        assert [(row.holder_id, row.starts_on, row.ends_on) for row in rows] == [
            (person["sponsor"], date(2025, 7, 1), clock.today() - timedelta(days=1)),
            (person["manager"], date(2025, 1, 6), None),
        ]


def test_a_rater_who_was_asked_twice_counts_once_and_no_answer_is_joined(
    database: Database, house: FullHouse, clock: SetClock
) -> None:
    acme = house.acme
    with database.writing(acme.id) as session:
        open_one = select(Subject.id).where(
            Subject.person_id == acme.person["leader"], Subject.state == "open"
        )
        asked = select(Invitation.person_id).where(Invitation.subject_id.in_(open_one))
        over = select(Subject.id).where(Subject.closed_on.is_not(None))
        closed = select(Invitation.id).where(Invitation.subject_id.in_(over))
        before = list(session.scalars(asked))
        assert {acme.person["peer_1"], acme.person["peer_2"]} <= set(before)
        before_close = set(session.scalars(closed))
        n_answers = session.scalar(select(func.count()).select_from(Response))
        _join(session, acme, "peer_1", "peer_2", clock)
        after = list(session.scalars(asked))
        assert Counter(after)[acme.person["peer_2"]] == Counter(before)[acme.person["peer_2"]]
        assert len(after) == len(before) - Counter(before)[acme.person["peer_1"]]
        assert set(session.scalars(closed)) == before_close
        assert session.scalar(select(func.count()).select_from(Response)) in (
            n_answers,
            (n_answers or 0) - 1,
        )


def test_what_was_begun_in_both_journals_becomes_one_draft(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        for key, body in (("peer_1", "The later part."), ("peer_2", "The first part.")):
            draft = EntryDraft(author_id=acme.person[key], body=body, prompt=Prompt.OPEN)
            session.add(draft)
        session.flush()
        _join(session, acme, "peer_1", "peer_2", clock)
        rows = session.execute(select(EntryDraft.author_id, EntryDraft.body)).all()
        assert rows == [(acme.person["peer_2"], "The first part.\n\nThe later part.")]


@pytest.mark.parametrize(
    ("goes", "stays", "words"),
    [
        ("peer_4", "leader", "Both are asked about in “"),
        ("coach", "leader", "One of the two has coached the other, so they are two people."),
        ("hr", "leader", "One of the two records is your own: somebody else has to do this."),
    ],
)
def test_what_shows_that_they_are_two_people_stops_it(
    database: Database, house: FullHouse, clock: SetClock, goes: str, stays: str, words: str
) -> None:
    with database.writing(house.acme.id) as session:
        cycle = select(Subject.cycle_id).where(Subject.person_id == house.acme.person["leader"])
        subject = Subject(
            cycle_id=session.scalars(cycle).first(), person_id=house.acme.person["peer_4"]
        )
        session.add(subject)
    with database.writing(house.acme.id) as session, pytest.raises(RuleBroken) as refused:
        _join(session, house.acme, goes, stays, clock)
    assert refused.value.message.startswith(words)


def test_two_sign_ins_that_are_both_used_need_an_administrator_first(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        for key in ("peer_1", "peer_2"):
            open_account(
                session,
                email=session.get_one(Person, acme.person[key]).email,
                password=PASSWORD,
                roles=frozenset({Role.LEADER}),
                person_id=acme.person[key],
                hasher=QUICK,
            )
        _join(session, acme, "peer_1", "peer_2", clock)
        left = session.scalars(
            select(Account.person_id).where(Account.email.like("p%@example.org"))
        )
        assert list(left) == [acme.person["peer_2"]]


def test_the_wrong_number_typed_changes_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    pair = Pair(goes=acme.person["peer_1"], stays=acme.person["peer_2"])
    with database.writing(acme.id) as session, pytest.raises(RuleBroken) as refused:
        join_records(
            session,
            acme.actor["hr"],
            pair,
            typed="E1010",
            reason="A slip",
            now=clock.now(),
            rater_key=RATER_KEY,
            base_url=SITE,
        )
    assert (refused.value.field, refused.value.message) == (
        "typed",
        "That is not it: type E1009.",
    )


def test_old_numbers_and_addresses_lead_to_the_record_that_stays_also_from_a_file(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    stays = acme.person["peer_2"]
    with database.writing(acme.id) as session:
        _join(session, acme, "peer_1", "peer_2", clock)
        assert by_external_id(session, ["E1009", "E1010"]) == {"E1009": stays, "E1010": stays}
        assert by_email(session, ["Petra.Kline@example.org"]) == {"petra.kline@example.org": stays}
        assert [one.external_id for one in former_names(session, stays)] == ["E1009"]
        old = ImportPerson(
            line=2,
            external_id="E1009",
            email="petra.kline@example.org",
            first_name="Petra",
            last_name="Kline-Ode",
        )
        report = ImportPerson(
            line=3,
            external_id="E1013",
            email="rosa.diaz@example.org",
            first_name="Rosa",
            manager_external_id="E1009",
        )
        rows, problems = under_present_names(session, [old, report])
        assert problems == []
        done = import_people(session, rows, starts_on=clock.today())
        assert (done.added, done.changed) == ((), 2)
        person = session.get_one(Person, stays)
        assert (person.external_id, person.email, person.last_name) == (
            "E1010",
            "paul.ode@example.org",
            "Kline-Ode",
        )
        present = ImportPerson(
            line=4, external_id="E1010", email="paul.ode@example.org", first_name="Paul"
        )
        kept, (problem,) = under_present_names(session, [old, present])
        assert (kept, problem.line) == ([present], 2)


def test_it_is_kept_who_did_it_and_why_and_both_addresses_are_told(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _join(session, acme, "peer_1", "peer_2", clock)
        event = session.scalars(
            select(AuditEvent).where(AuditEvent.action == "people.person:join")
        ).one()
        assert (event.account_id, event.person_id, event.reason) == (
            acme.actor["hr"].account_id,
            acme.person["peer_2"],
            "The staff office says so",
        )
        told = select(Message.to_address).order_by(Message.to_address)
        assert session.scalars(told).all() == ["paul.ode@example.org", "petra.kline@example.org"]
        assert session.scalars(select(FormerName.former_id)).all() == [acme.person["peer_1"]]


def _course(session: Session, acme: SmallOrganisation, clock: SetClock) -> int:
    develops = ((acme.competency["coaching-others"], 3),)
    course = AddCourse(code="LISTEN", title="Listening", develops=develops)
    return add_course(session, acme.actor["hr"], course, now=clock.now())


def _words(
    session: Session, acme: SmallOrganisation, goes: str, stays: str, clock: SetClock
) -> list[str]:
    pair = Pair(goes=acme.person[goes], stays=acme.person[stays])
    return [one.words for one in look(session, acme.actor["hr"], pair, now=clock.now()).clashes]
