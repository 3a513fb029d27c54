"""Bringing completions in: people and courses are found, twice changes nothing."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed
from ldtrack.courses.queries import completions_of
from ldtrack.courses.queries.statements import matches, parked_activities, parked_learners
from ldtrack.courses.service import withdraw_completions
from ldtrack.courses.service.statements import (
    forget_learner,
    look_again,
    match_activity,
    match_learner,
)
from ldtrack.db.session import Database
from ldtrack.evidence.domain import EvidenceForm
from ldtrack.evidence.queries import entries_for
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.queries import imports
from ldtrack.exchange.report import Report
from ldtrack.exchange.service import at_once, carrying_out
from ldtrack.exchange.service.at_once import import_file
from ldtrack.people.service.directory import AddPerson, add_person
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.courses.makers import a_course

HEAD = b"external_id,email,course_code,completed_on,passed\n"
TWO = HEAD + b"E1004,,lc-101,2026-01-15,yes\n,BEN.LI@example.org,LC-101,2026-01-16,\n"


def _looked_at(session: Session, hr: Actor, raw: bytes, clock: SetClock) -> Report:
    return at_once.bring_in(
        lambda: nullcontext(session),
        hr,
        ImportKind.COMPLETIONS,
        raw,
        now=clock.now(),
        dry_run=True,
    )


def bring_in(
    session: Session,
    acme: SmallOrganisation,
    clock: SetClock,
    raw: bytes,
    *,
    skip_bad: bool = False,
) -> Report:
    return import_file(
        session, acme.actor["hr"], ImportKind.COMPLETIONS, raw, skip_bad=skip_bad, now=clock.now()
    )


WAIT = (
    b"Course,User's full name,Email,Time completed\n"
    b'Leading change,A. Okafor,a.okafor@old.example,"Thursday, 15 January 2026, 4:10 PM"\n'
    b'Change 1-on-1,Ben Li,ben.li@example.org,"Friday, 16 January 2026, 4:10 PM"\n'
    b'Change 1-on-1,Zoe Zucker,,"Friday, 16 January 2026, 4:10 PM"\n'
)


def found(session: Session, acme: SmallOrganisation) -> dict[str, list[tuple[date, str]]]:
    """The completions of those who have any, with where they came from."""
    rows = {
        who: completions_of(session, acme.actor["hr"], person_id)
        for who, person_id in acme.person.items()
    }
    return {who: [(row.completed_on, row.source) for row in of] for who, of in rows.items() if of}


def counts(report: Report) -> tuple[int, int, int, bool]:
    return report.added, report.changed, report.unchanged, report.stored


def test_importing_twice_changes_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        assert counts(bring_in(session, acme, clock, TWO)) == (2, 0, 0, True)
    with database.writing(acme.id) as session:
        before = entries_for(session, acme.actor["hr"], acme.person["leader"])
        assert counts(bring_in(session, acme, clock, TWO)) == (0, 0, 2, True)
        assert entries_for(session, acme.actor["hr"], acme.person["leader"]) == before


def test_looking_stores_nothing_and_foretells_what_storing_does(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        bring_in(session, acme, clock, TWO)
        changed = TWO.replace(b"yes", b"no") + b"E1006,,LC-101,2026-01-16,\n"
        report = _looked_at(session, hr, changed, clock)
        assert counts(report) == (1, 1, 1, False)
        assert completions_of(session, hr, acme.person["manager"]) == []


def test_every_bad_row_is_named_and_keeps_everything_out_unless_skipped(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    raw = TWO + (
        b"E1004,,LC-101,2026-02-30,\n"
        b"E1004,ben.li@example.org,LC-101,2026-01-15,\n"
        b",,LC-101,2026-01-15,\n"
        b"E1004,,,2026-01-15,\n"
        b"E1004,,LC-101,2026-11-21,\n"
        b"E1004,,LC-101,2026-01-15,\n"
    )
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        refused = bring_in(session, acme, clock, raw)
        assert completions_of(session, acme.actor["hr"], acme.person["leader"]) == []
        skipped = bring_in(session, acme, clock, raw, skip_bad=True)
    assert [str(problem) for problem in refused.problems] == [
        "Line 4, completed_on: There is no day 2026-02-30.",
        "Line 5, external_id: The id and the mail address belong to two people.",
        "Line 6, external_id: It is not said who this is.",
        "Line 7, course_code: There is no course.",
        "Line 8, completed_on: This day lies in the future.",
        "Line 9: The same completion is on line 2 already.",
    ]
    assert (counts(refused), counts(skipped)) == ((2, 0, 0, False), (2, 0, 0, True))


def test_every_fault_names_its_column_as_the_file_has_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    moodle = (
        b"Course,User's full name,Email address,Email,Time completed\n"
        b'Leading change,,,,"Thursday, 15 January 2026, 4:10 PM"\n'
        b'Leading change,Ben Li,,ben.li@example.org,"Friday, 15 January 2027, 4:10 PM"\n'
        b"Leading change,Ben Li,,ben.li@example.org,yesterday\n"
    )
    totara = (
        b"username,courseshortname,courseidnumber,completiondate,grade\n"
        b"E1004,LC-101,,2027-01-15,50\n"
        b"E1004,,,2026-01-15,50\n"
    )
    grades = (
        b"First name,Surname,ID number,Email address,Course total (Real),"
        b"Last downloaded from this course\n"
        b"Ben,Li,E1004,ben.li@example.org,50,1768500000\n"
    )
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        said = [
            [f"{problem.line} {problem.column}" for problem in report.problems]
            for raw in (moodle, totara, grades)
            for report in (_looked_at(session, acme.actor["hr"], raw, clock),)
        ]
    assert said == [
        ["2 Email", "3 Time completed", "4 Time completed"],
        ["2 completiondate", "3 courseshortname"],
        ["2 ID number"],
    ]


def test_people_of_a_moodle_file_are_found_by_id_then_address_then_name(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    raw = (
        b"User's full name,Email,Course,Time completed\n"
        b'Somebody,amara.okafor@example.org,Leading change,"Thursday, 15 January 2026, 4:10 PM"\n'
        b'Ben Li,,LC-101,"Friday, 16 January 2026, 4:10 PM"\n'
        b"Maya Singh,,LC-101,\n"
    )
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        report = bring_in(session, acme, clock, raw)
        days = [
            row.completed_on
            for who in ("leader", "other_leader", "manager")
            for row in completions_of(session, hr, acme.person[who])
        ]
    assert (counts(report), report.skipped) == ((2, 0, 0, True), 1)
    assert days == [date(2026, 1, 15), date(2026, 1, 16)]


def test_a_gradebook_needs_the_course_to_be_said(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    raw = (
        b"First name,Surname,ID number,Email address,Course total (Real),"
        b"Last downloaded from this course\n"
        b"Amara,Okafor,E1004,amara.okafor@example.org,40.00,1767225600\n"
    )
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        without = _looked_at(session, hr, raw, clock)
        report = import_file(
            session, hr, ImportKind.COMPLETIONS, raw, now=clock.now(), told={"course": "LC-101"}
        )
        entries = entries_for(session, hr, acme.person["leader"])
    assert [str(problem) for problem in without.problems] == [
        "Line 2: Choose the course: the file does not name it."
    ]
    assert counts(report) == (1, 0, 0, True)
    entry = entries[acme.competency["strategic-thinking"]][0]
    assert (entry.form, entry.value) == (EvidenceForm.GRADED, 1 + 4 * 0.4)


def test_what_an_import_added_can_be_taken_back(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        report = bring_in(session, acme, clock, TWO)
        assert withdraw_completions(session, hr, report.added_ids, now=clock.now()) == 2
        assert completions_of(session, hr, acme.person["leader"]) == []
        entries = entries_for(session, hr, acme.person["leader"])
    assert [entry.form for lines in entries.values() for entry in lines] == [EvidenceForm.WITHDRAWN]


def test_people_and_courses_of_another_organisation_are_not_found(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(rival.id) as session:
        a_course(session, rival, clock.now())
    with database.writing(acme.id) as session:
        report = bring_in(session, acme, clock, TWO)
        people = parked_learners(session, acme.actor["hr"])[0]
    assert (counts(report), report.waiting, people) == ((0, 0, 0, True), 2, [])
    with database.reading(rival.id) as session:
        assert parked_activities(session, rival.actor["hr"]) == ([], 0)


def test_lines_that_name_unknown_people_or_courses_wait_and_flow_in_when_hr_says_who_they_are(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, now)
        would = _looked_at(session, hr, WAIT, clock)
        assert (counts(would), would.waiting, would.problems) == ((0, 0, 0, False), 3, ())
        [note] = would.notes
        assert note == (
            "3 completions will be kept and wait until you say whom or which course the file "
            "means: “Change 1-on-1”, “A. Okafor”, “Zoe Zucker”."
        )
        done = bring_in(session, acme, clock, WAIT)
        assert (counts(done), done.waiting) == ((0, 0, 0, True), 3)
        [course], [amara, zoe] = parked_activities(session, hr)[0], parked_learners(session, hr)[0]
        assert [course.shown, amara.shown, zoe.shown] == [
            "Change 1-on-1",
            "a.okafor@old.example",
            "Zoe Zucker",
        ]
        match_activity(session, hr, course.activity_id, course_id, now=now)
        match_learner(session, hr, amara.actor_key, acme.person["leader"], now=now)
        match_learner(session, hr, zoe.actor_key, None, now=now)
        assert found(session, acme) == {
            "leader": [(date(2026, 1, 15), "matched")],
            "other_leader": [(date(2026, 1, 16), "matched")],
        }


def test_what_was_decided_holds_for_the_next_file_and_can_be_taken_back(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, now)
        bring_in(session, acme, clock, WAIT)
        match_activity(session, hr, "course:Change 1-on-1", course_id, now=now)
        match_learner(session, hr, "mailto:a.okafor@old.example", acme.person["leader"], now=now)
        match_learner(session, hr, "name:Zoe Zucker", None, now=now)
        later = WAIT.replace(b"Thursday, 15 January", b"Wednesday, 15 April")
        later = later.replace(b"Friday, 16 January", b"Thursday, 16 April")
        for report in (
            _looked_at(session, hr, later, clock),
            bring_in(session, acme, clock, later),
        ):
            assert (report.added, report.waiting, report.problems) == (2, 0, ())
        assert [len(rows) for rows in found(session, acme).values()] == [2, 2]
        again = bring_in(session, acme, clock, later)
        assert counts(again) == (0, 0, 3, True)
        _, decided = matches(session, hr)
        forget_learner(session, hr, decided[0].id, now=now)
        assert list(found(session, acme)) == ["other_leader"]
        assert [row.n_statements for row in parked_learners(session, hr)[0]] == [2]


def test_a_later_file_corrects_the_result_of_a_matched_line(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    line = b"X77,,LC-101,2026-01-15,yes\n"
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        bring_in(session, acme, clock, HEAD + line)
        match_learner(session, hr, "id:X77", acme.person["leader"], now=clock.now())
        clock.instant += timedelta(days=1)
        bring_in(session, acme, clock, HEAD + line.replace(b"yes", b"no"))
        [row] = completions_of(session, hr, acme.person["leader"])
    assert row.result == "Not passed"


def test_somebody_who_is_added_later_is_found_by_looking_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    raw = HEAD + b"E7000,,LC-101,2026-01-15,yes\n,new@example.org,LC-101,2026-01-15,\n"
    with database.writing(acme.id) as session:
        a_course(session, acme, now)
        bring_in(session, acme, clock, raw)
        for number, mail in (("E7000", "x@example.org"), ("E7001", "new@example.org")):
            command = AddPerson(external_id=number, email=mail, first_name="A", last_name=number)
            add_person(session, command)
        assert look_again(session, hr, now=now) == 2


def test_taking_a_file_back_takes_what_waits_and_what_was_matched_since(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, now)
        bring_in(session, acme, clock, WAIT)
        match_activity(session, hr, "course:Change 1-on-1", course_id, now=now)
        assert list(found(session, acme)) == ["other_leader"]
        [run] = imports(session, hr, now)
        carrying_out.take_back(session, hr, run.id, now=now, due_at=now)
        carrying_out.go_on(lambda: nullcontext(session), run.id, now)
        [run] = imports(session, hr, now)
        assert (run.told["back"], run.told["stayed"]) == (3, 0)
        assert found(session, acme) == {}
        assert parked_learners(session, hr) == ([], 0)


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "administrator"])
def test_only_hr_brings_completions_in(
    database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> None:
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        with pytest.raises(NotAllowed):
            import_file(session, acme.actor[who], ImportKind.COMPLETIONS, TWO, now=clock.now())


def test_statements_do_not_grow_with_the_rows(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    numbers = []
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
    for n in (1, 3):
        rows = [b"E10%02d,,LC-101,2026-02-0%d,yes\n" % (number, n) for number in range(1, n + 1)]
        with counted(database.engine) as statements, database.writing(acme.id) as session:
            bring_in(session, acme, clock, HEAD + b"".join(rows))
        numbers.append(len(statements))
    assert numbers == [56, 56]
