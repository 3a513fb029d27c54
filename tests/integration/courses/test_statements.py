"""What other systems say becomes completions once, whatever the order, and nothing is dropped."""

from __future__ import annotations

from datetime import date
from hashlib import sha1
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.courses import queries
from ldtrack.courses.domain import CompletionRow, RecordCompletion
from ldtrack.courses.domain.statements import Taken
from ldtrack.courses.models import Statement
from ldtrack.courses.queries.statements import (
    matches,
    named_in,
    parked_activities,
    parked_learners,
)
from ldtrack.courses.service import AddCourse, change_course, record_completion
from ldtrack.courses.service import statements as service
from ldtrack.db.session import Database
from ldtrack.evidence.domain import EvidenceForm
from ldtrack.evidence.queries import entries_for
from ldtrack.exchange.xapi import parse_statements
from ldtrack.people.service.directory import AddPerson, add_person
from ldtrack.people.service.erasing import erase_person
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements_of_others import statement, voiding
from tests.integration.courses.makers import a_course

DAY = date(2026, 1, 15)


def take(session: Session, acme: SmallOrganisation, clock: SetClock, *said: Any) -> Taken:
    parsed = parse_statements(list(said), now=clock.now())
    assert parsed.problems == []
    return service.take_statements(
        session, acme.actor["hr"], parsed.rows, parsed.voided, source="Moodle", now=clock.now()
    )


def completions(
    session: Session, acme: SmallOrganisation, who: str = "leader"
) -> list[CompletionRow]:
    return queries.completions_of(session, acme.actor["hr"], acme.person[who])


def results(session: Session, acme: SmallOrganisation) -> list[tuple[date, str, str]]:
    return [(row.completed_on, row.result, row.source) for row in completions(session, acme)]


def forms(session: Session, acme: SmallOrganisation) -> list[tuple[EvidenceForm, float | None]]:
    found = entries_for(session, acme.actor["hr"], acme.person["leader"])
    return sorted((entry.form, entry.level) for lines in found.values() for entry in lines)


def test_several_statements_of_a_day_come_to_one_completion_in_any_order(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    said = [
        statement(1, "scored", result={"score": {"scaled": 0.85}}),
        statement(2, "passed", timestamp="2026-01-15T11:00:00Z"),
        statement(3, timestamp="2026-01-15T12:00:00Z"),
    ]
    for order in (said, said[::-1]):
        with database.writing(acme.id) as session:
            a_course(session, acme, clock.now())
            for one in order:
                take(session, acme, clock, one)
            assert results(session, acme) == [(DAY, "Passed, 85 of 100", "xapi")]
            held = [pair for pair in forms(session, acme) if pair[0] != EvidenceForm.WITHDRAWN]
            assert held == [(EvidenceForm.PASSED, 3.0)]
            session.rollback()


def test_the_same_statement_twice_changes_nothing_and_another_under_its_id_is_refused(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        assert take(session, acme, clock, statement(1)) == Taken(new=1)
        before = forms(session, acme)
        stored_later = statement(1, stored="2026-02-01T00:00:00Z", authority={"name": "x"})
        assert take(session, acme, clock, stored_later) == Taken(known=1)
        assert forms(session, acme) == before
        with pytest.raises(Conflict):
            take(session, acme, clock, statement(2), statement(1, "passed"))


def test_a_voided_statement_is_withdrawn_whether_the_voiding_comes_first_or_last(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        take(session, acme, clock, statement(1), statement(2, "passed"))
        assert take(session, acme, clock, voiding(9, of=2)) == Taken(voided=1)
        assert results(session, acme) == [(DAY, "Took part", "xapi")]
        take(session, acme, clock, voiding(8, of=1), voiding(7, of=3))
        assert results(session, acme) == []
        assert {form for form, _ in forms(session, acme)} == {EvidenceForm.WITHDRAWN}
        take(session, acme, clock, statement(3, "passed"))
        assert results(session, acme) == []


def test_a_completion_recorded_by_hand_is_not_emptied_by_a_bare_statement(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        by_hand = RecordCompletion(
            course_id=course_id, person_id=acme.person["leader"], completed_on=DAY, passed=True
        )
        record_completion(session, acme.actor["hr"], by_hand, now=clock.now())
        take(session, acme, clock, statement(1))
        take(session, acme, clock, voiding(2, of=1))
        assert results(session, acme) == [(DAY, "Passed", "form")]


def test_unknown_activities_and_people_wait_until_somebody_says_what_they_are(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    elsewhere = {"id": "https://lms.example.org/mod/17", "definition": {"name": {"en": "Quiz"}}}
    stranger = {"account": {"homePage": "https://lms.example.org", "name": "u-77"}, "name": "A. O."}
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        done = take(
            session,
            acme,
            clock,
            statement(1, object=elsewhere),
            statement(2, actor=stranger),
            statement(3, "passed", object=elsewhere, actor=stranger),
        )
        assert done == Taken(new=3, parked=3)
        [activity], n_activities = parked_activities(session, hr)
        [learner], n_learners = parked_learners(session, hr)
        assert (activity.name, activity.n_statements, activity.n_people) == ("Quiz", 2, 2)
        assert (learner.shown, learner.n_statements) == ("u-77 at https://lms.example.org", 2)
        assert (n_activities, n_learners, results(session, acme)) == (1, 1, [])

        service.match_activity(session, hr, activity.activity_id, course_id, now=clock.now())
        assert results(session, acme) == [(DAY, "Took part", "xapi")]
        person_id = acme.person["leader"]
        service.match_learner(session, hr, learner.actor_key, person_id, now=clock.now())
        assert results(session, acme) == [(DAY, "Passed", "xapi")]
        assert parked_activities(session, hr) == ([], 0)
        assert parked_learners(session, hr) == ([], 0)

        later = statement(4, object=elsewhere, actor=stranger, timestamp="2026-02-01T00:00:00Z")
        assert take(session, acme, clock, later) == Taken(new=1)
        assert len(completions(session, acme)) == 2


def test_what_was_decided_wrongly_is_taken_back_with_its_completions(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    elsewhere = {"id": "https://lms.example.org/mod/17"}
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        take(session, acme, clock, statement(1, "passed", object=elsewhere))
        service.match_activity(session, hr, elsewhere["id"], course_id, now=clock.now())
        [decided], _ = matches(session, hr)
        assert decided.ours == "Leading change"
        service.forget_activity(session, hr, decided.id, now=clock.now())
        assert results(session, acme) == []
        assert parked_activities(session, hr)[1] == 1
        service.match_activity(session, hr, elsewhere["id"], None, now=clock.now())
        assert parked_activities(session, hr)[1] == 0
        service.match_activity(session, hr, elsewhere["id"], course_id, now=clock.now())
        assert len(completions(session, acme)) == 1


def test_what_waits_is_placed_once_the_person_and_the_course_are_there(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    newcomer = {"mbox": "mailto:nia.new@example.org"}
    with database.writing(acme.id) as session:
        take(session, acme, clock, statement(1), statement(2, actor=newcomer))
        assert service.look_again(session, hr, now=clock.now()) == 0
        a_course(session, acme, clock.now())
        assert service.look_again(session, hr, now=clock.now()) == 1
        assert results(session, acme) == [(DAY, "Took part", "xapi")]
        person = AddPerson(
            external_id="N1", email="nia.new@example.org", first_name="Nia", last_name="New"
        )
        person_id = add_person(session, person)
        assert service.look_again(session, hr, now=clock.now()) == 1
        assert len(queries.completions_of(session, hr, person_id)) == 1
        assert parked_learners(session, hr) == ([], 0)


def test_a_learner_set_aside_stays_so_when_the_activity_is_matched(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    elsewhere, stranger = {"id": "https://x.example/1"}, {"mbox": "mailto:guest@elsewhere.example"}
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        take(session, acme, clock, statement(1, object=elsewhere, actor=stranger))
        key = "mailto:guest@elsewhere.example"
        service.match_learner(session, hr, key, None, now=clock.now())
        service.match_activity(session, hr, elsewhere["id"], course_id, now=clock.now())
        assert parked_learners(session, hr) == ([], 0)
        _, [decided] = matches(session, hr)
        service.forget_learner(session, hr, decided.id, now=clock.now())
        assert parked_learners(session, hr)[1] == 1


@pytest.mark.parametrize(
    "actor",
    [
        {
            "mbox_sha1sum": sha1(
                b"mailto:amara.okafor@example.org", usedforsecurity=False
            ).hexdigest()
        },
        {"account": {"homePage": "https://lms.example.org", "name": "E1004"}},
        {"account": {"homePage": "https://lms.example.org", "name": "Amara.Okafor@example.org"}},
    ],
)
def test_people_are_found_by_hash_external_id_and_address(
    database: Database, acme: SmallOrganisation, clock: SetClock, actor: dict[str, Any]
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        assert take(session, acme, clock, statement(1, actor=actor)) == Taken(new=1)
        assert len(completions(session, acme)) == 1


def test_a_course_is_found_by_the_name_of_the_activity_if_only_one_has_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    named = {"id": "urn:x:17", "definition": {"name": {"en": "Leading change"}}}
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        assert take(session, acme, clock, statement(1, object=named)) == Taken(new=1)
        a_course(session, acme, clock.now(), code="LC-102")
        assert take(session, acme, clock, statement(2, object=named)) == Taken(new=1, parked=1)


def test_a_group_is_counted_once_for_each_member(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    members = [{"mbox": f"mailto:{who}@example.org"} for who in ("amara.okafor", "ben.li")]
    group = statement(1, actor={"objectType": "Group", "member": members})
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        assert take(session, acme, clock, group) == Taken(new=2)
        assert take(session, acme, clock, group) == Taken(known=2)
        n_each = [len(completions(session, acme, who)) for who in ("leader", "other_leader")]
    assert n_each == [1, 1]


def test_the_numbers_of_a_scored_course_are_those_of_the_method(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    """Pitched at 4 on a scale from 1 to 5, a score speaks up to 3: 1 + 4 x 0.25 = 2."""
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now(), levels={"strategic-thinking": 4})
        low = statement(1, "scored", result={"score": {"scaled": 0.25}})
        high = statement(
            2,
            "scored",
            result={"score": {"raw": 97, "max": 100}},
            timestamp="2026-01-16T10:00:00Z",
        )
        failed = statement(3, "failed", timestamp="2026-01-17T10:00:00Z")
        take(session, acme, clock, low, high, failed)
        found = entries_for(session, acme.actor["hr"], acme.person["leader"])
        [lines] = found.values()
    assert [(one.form, one.value, one.level, one.noise_variance) for one in lines] == [
        (EvidenceForm.GRADED, 1 + 4 * 0.25, None, 0.8**2),
        (EvidenceForm.PASSED, None, 3.0, 0.6**2),
        # A fail above what a test can show says nothing about the levels below.
        (EvidenceForm.EXPOSURE, None, None, None),
    ]


def test_a_changed_course_does_not_rewrite_what_statements_said(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        take(session, acme, clock, statement(1, "passed"))
        before = forms(session, acme)
        other = AddCourse(code="LC-101", title="Leading change")
        change_course(session, acme.actor["hr"], course_id, other, now=clock.now())
        take(session, acme, clock, statement(2, "passed"))
        assert forms(session, acme) == before


def test_another_organisation_sees_and_takes_nothing_of_it(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        take(session, acme, clock, statement(1, object={"id": "urn:x:1"}))
        [activity], _ = parked_activities(session, acme.actor["hr"])
    with database.writing(rival.id) as session:
        assert parked_activities(session, rival.actor["hr"]) == ([], 0)
        with pytest.raises(NotVisible):
            named_in(session, rival.actor["hr"], activity.statement)
        # The same id there is another statement, and voiding it takes nothing back here.
        assert take(session, rival, clock, statement(1, "passed")) == Taken(new=1, parked=1)
        take(session, rival, clock, voiding(2, of=1))
    with database.reading(acme.id) as session:
        assert parked_activities(session, acme.actor["hr"])[1] == 1


def test_only_hr_matches_and_only_what_is_there(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        for who in ("leader", "coach", "administrator"):
            with pytest.raises(NotAllowed):
                service.match_activity(session, acme.actor[who], "urn:x", None, now=clock.now())
        hr = acme.actor["hr"]
        with pytest.raises(RuleBroken):
            service.match_activity(session, hr, "urn:x", 5, now=clock.now())
        with pytest.raises(RuleBroken):
            service.match_learner(session, hr, "openid:x", rival.person["leader"], now=clock.now())


def test_what_is_known_of_somebody_goes_with_them(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        take(session, acme, clock, statement(1))
        erase_person(session, acme.actor["hr"], acme.person["leader"], now=clock.now())
        assert session.scalar(select(func.count()).select_from(Statement)) == 0
