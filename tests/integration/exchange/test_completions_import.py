"""Bringing completions in: people and courses are found, twice changes nothing."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date

import pytest
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed
from ldtrack.courses.queries import completions_of
from ldtrack.courses.service import withdraw_completions
from ldtrack.db.session import Database
from ldtrack.evidence.domain import EvidenceForm
from ldtrack.evidence.queries import entries_for
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.report import Report
from ldtrack.exchange.service import at_once
from ldtrack.exchange.service.at_once import import_file
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
        b"E9999,,LC-101,2026-01-15,\n"
        b"E1004,ben.li@example.org,LC-101,2026-01-15,\n"
        b",,LC-101,2026-01-15,\n"
        b"E1004,,LC-999,2026-01-15,\n"
        b"E1004,,LC-101,2026-11-21,\n"
        b"E1004,,LC-101,2026-01-15,\n"
    )
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        refused = bring_in(session, acme, clock, raw)
        assert completions_of(session, acme.actor["hr"], acme.person["leader"]) == []
        skipped = bring_in(session, acme, clock, raw, skip_bad=True)
    assert [str(problem) for problem in refused.problems] == [
        "Line 4, person: Nobody here is known as “E9999”.",
        "Line 5, person: The id and the mail address belong to two people.",
        "Line 6, person: It is not said who this is.",
        "Line 7, course: The catalogue has no course “LC-999”.",
        "Line 8, date: This day lies in the future.",
        "Line 9: The same completion is on line 2 already.",
    ]
    assert (counts(refused), counts(skipped)) == ((2, 0, 0, False), (2, 0, 0, True))


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
        found = [
            row.completed_on
            for who in ("leader", "other_leader", "manager")
            for row in completions_of(session, hr, acme.person[who])
        ]
    assert (counts(report), report.skipped) == ((2, 0, 0, True), 1)
    assert found == [date(2026, 1, 15), date(2026, 1, 16)]


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
        "Line 2, course: Choose the course: the file does not name it."
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
    assert {problem.column for problem in report.problems} == {"course"}


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
    assert numbers == [53, 53]
