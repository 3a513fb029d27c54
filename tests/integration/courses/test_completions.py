"""Completions are stored once and leave their evidence."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed, RuleBroken
from ldtrack.courses import queries
from ldtrack.courses.service import (
    AddCourse,
    RecordCompletion,
    change_course,
    record_completion,
    record_completions,
    withdraw_completion,
)
from ldtrack.db.session import Database
from ldtrack.evidence.domain import Entry, EvidenceForm, SourceKind
from ldtrack.evidence.queries import entries_for
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.courses.makers import a_course

DAY = date(2026, 1, 15)


def entries(session: Session, acme: SmallOrganisation) -> list[Entry]:
    found = entries_for(session, acme.actor["hr"], acme.person["leader"])
    return [entry for lines in found.values() for entry in lines]


def completed(acme: SmallOrganisation, course_id: int, **result: object) -> RecordCompletion:
    return RecordCompletion(
        course_id=course_id,
        person_id=acme.person["leader"],
        completed_on=DAY,
        **result,  # type: ignore[arg-type]  # named as the fields are
    )


def test_taking_part_is_listed_and_a_pass_counts(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        attended = a_course(session, acme, clock.now(), code="A")
        tested = a_course(session, acme, clock.now(), code="B", title="Sums")
        for command in (completed(acme, attended), completed(acme, tested, passed=True)):
            record_completion(session, acme.actor["hr"], command, now=clock.now())
        found = {
            (entry.title, entry.source_kind, entry.form, entry.level)
            for entry in entries(session, acme)
        }
    assert found == {
        ("Leading change", SourceKind.COURSE_COMPLETION, EvidenceForm.EXPOSURE, None),
        ("Sums", SourceKind.COURSE_ASSESSMENT, EvidenceForm.PASSED, 3.0),
    }


def test_the_same_completion_twice_changes_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        command = completed(acme, a_course(session, acme, clock.now()), score=40, score_max=100)
        first = record_completion(session, acme.actor["hr"], command, now=clock.now())
        before = entries(session, acme)
        second = record_completion(session, acme.actor["hr"], command, now=clock.now())
        assert entries(session, acme) == before
    assert (first[1], second) == (True, (first[0], False))


def test_another_result_of_the_same_day_replaces_what_was_said(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        hr = acme.actor["hr"]
        record_completion(session, hr, completed(acme, course_id), now=clock.now())
        again = completed(acme, course_id, passed=True)
        recorded = record_completions(session, hr, [again], now=clock.now())
        found = [(entry.source_kind, entry.form) for entry in entries(session, acme)]
    assert (recorded.added, recorded.changed, recorded.unchanged) == (0, 1, 0)
    assert sorted(found) == [
        (SourceKind.COURSE_ASSESSMENT, EvidenceForm.PASSED),
        (SourceKind.COURSE_COMPLETION, EvidenceForm.WITHDRAWN),
    ]


def test_what_a_course_develops_later_does_not_rewrite_what_was_said(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        hr = acme.actor["hr"]
        course_id = a_course(session, acme, clock.now())
        command = completed(acme, course_id, passed=True)
        record_completion(session, hr, command, now=clock.now())
        before = entries(session, acme)
        other = AddCourse(
            code="LC-101",
            title="Leading change",
            develops=((acme.competency["coaching-others"], 2),),
        )
        change_course(session, hr, course_id, other, now=clock.now())
        record_completion(session, hr, command, now=clock.now())
        assert entries(session, acme) == before


def test_a_completion_taken_back_says_nothing_any_more(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        hr = acme.actor["hr"]
        command = completed(acme, a_course(session, acme, clock.now()), passed=True)
        completion_id, _ = record_completion(session, hr, command, now=clock.now())
        withdraw_completion(session, hr, completion_id, now=clock.now())
        assert [entry.form for entry in entries(session, acme)] == [EvidenceForm.WITHDRAWN]
        assert queries.completions_of(session, hr, acme.person["leader"]) == []


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "administrator"])
def test_only_hr_records_completions(
    database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> None:
    with database.writing(acme.id) as session:
        command = completed(acme, a_course(session, acme, clock.now()))
        with pytest.raises(NotAllowed):
            record_completion(session, acme.actor[who], command, now=clock.now())


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"completed_on": date(2026, 11, 21)}, "completed_on"),
        ({"score": 101.0, "score_max": 100.0}, "score"),
        ({"course_id": 5}, "course_id"),
        ({"person_id": 5}, "person_id"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    change: dict[str, object],
    field: str,
) -> None:
    with database.writing(acme.id) as session:
        known = {
            "course_id": a_course(session, acme, clock.now()),
            "person_id": acme.person["leader"],
            "completed_on": DAY,
        }
        with pytest.raises(RuleBroken) as broken:
            record_completion(
                session,
                acme.actor["hr"],
                RecordCompletion(**(known | change)),  # type: ignore[arg-type]  # named as the fields are
                now=clock.now(),
            )
    assert broken.value.field == field


def test_people_and_courses_of_another_organisation_do_not_exist_here(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(rival.id) as session:
        theirs = a_course(session, rival, clock.now())
    with database.writing(acme.id) as session:
        ours = a_course(session, acme, clock.now())
        for course_id, person_id in (
            (theirs, acme.person["leader"]),
            (ours, rival.person["leader"]),
        ):
            command = RecordCompletion(course_id=course_id, person_id=person_id, completed_on=DAY)
            with pytest.raises(RuleBroken):
                record_completion(session, acme.actor["hr"], command, now=clock.now())


def test_completions_are_seen_by_those_the_policy_names(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        record_completion(session, acme.actor["hr"], completed(acme, course_id), now=clock.now())
        seen = {
            who: len(queries.completions_of(session, actor, acme.person["leader"]))
            for who, actor in acme.actor.items()
        }
        agreed = queries.completions_of(
            session, acme.actor["sponsor"], acme.person["leader"], agreed=True
        )
    assert {who for who, n in seen.items() if n} == {"hr", "coach", "leader", "manager"}
    assert len(agreed) == 1
