"""What a file names twice is never guessed at, however bad the line is on which it stands first."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders
from ldtrack.competencies.queries import role_profiles
from ldtrack.core.clock import SetClock
from ldtrack.courses.queries import completions_of
from ldtrack.db.session import Database
from ldtrack.exchange.courses_import import import_courses
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.people_former import under_present_names
from ldtrack.exchange.report import Report
from ldtrack.exchange.roles_import import import_roles
from ldtrack.exchange.service.at_once import import_file
from ldtrack.people.domain import ImportPerson
from ldtrack.people.models import FormerName
from ldtrack.people.queries import by_external_id
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.courses.makers import a_course

PEOPLE = (
    b"external_id,email,first_name,manager_external_id,time_zone\n"
    b"N1,n1@example.org,Nina,,Mars/Olympus\n"
    b"N2,n2@example.org,Noor,N1,\n"
    b"N3,n3@example.org,Ned,,\n"
    b"N1,olga@example.org,Olga,,\n"
)


def _stored(
    session: Session, acme: SmallOrganisation, kind: ImportKind, raw: bytes, clock: SetClock
) -> Report:
    return import_file(session, acme.actor["hr"], kind, raw, skip_bad=True, now=clock.now())


def _said(report: Report) -> list[str]:
    return [str(problem) for problem in report.problems]


def test_nobody_reports_to_the_wrong_one_of_two_with_the_same_id(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        report = _stored(session, acme, ImportKind.PEOPLE, PEOPLE, clock)
        assert by_external_id(session, ["N1", "N2", "N3"]).keys() == {"N3"}
    assert _said(report) == [
        "Line 2, time_zone: “Mars/Olympus” is not a time zone such as Europe/Paris.",
        "Line 3, manager_external_id: Nobody has the external id “N1”.",
        "Line 5, external_id: “N1” is on line 2 already.",
    ]


def test_who_is_here_already_is_not_changed_by_either_line(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    raw = PEOPLE.replace(b"N1", b"E1005")
    with database.writing(acme.id) as session:
        report = _stored(session, acme, ImportKind.PEOPLE, raw, clock)
        ids = by_external_id(session, ["E1005", "N2"])
        managers = holders(session, RelationshipKind.MANAGER, clock.today())
    assert (report.added, report.changed, managers[ids["N2"]]) == (2, 0, ids["E1005"])


def test_a_row_under_a_former_number_does_not_stand_in_for_a_bad_one_under_the_present(
    database: Database, acme: SmallOrganisation
) -> None:
    old = ImportPerson(line=3, external_id="E1", email="x@example.org", first_name="Xi")
    with database.writing(acme.id) as session:
        for former_id, number in enumerate(("E0", "E1"), start=1):
            session.add(
                FormerName(
                    person_id=acme.person["leader"],
                    former_id=former_id,
                    external_id=number,
                    email=f"{number.lower()}@example.org",
                )
            )
        session.flush()
        assert [one.external_id for one in under_present_names(session, [old])[0]] == ["E1004"]
        for on_a_bad_line in ("E1004", "E0"):
            kept, (problem,) = under_present_names(session, [old], {"E1", on_a_bad_line})
            assert (kept, problem.line) == ([], 3)


@pytest.mark.parametrize("bad", [b"110,100", b"50,100,more"], ids=["score", "cells"])
def test_a_completion_on_a_bad_line_is_not_taken_from_another(
    database: Database, acme: SmallOrganisation, clock: SetClock, bad: bytes
) -> None:
    raw = (
        b"external_id,course_code,completed_on,score,score_max\n"
        b"E1004,LC-101,2026-01-15," + bad + b"\n"
        b"E1005,LC-101,,50,100\n"
        b"E1005,LC-101,2026-01-15,50,100\n"
        b"E1004,lc-101,2026-01-15,50,100\n"
    )
    with database.writing(acme.id) as session:
        a_course(session, acme, clock.now())
        report = _stored(session, acme, ImportKind.COMPLETIONS, raw, clock)
        assert completions_of(session, acme.actor["hr"], acme.person["leader"]) == []
    assert (report.added, report.bad_lines) == (1, 3)
    assert _said(report)[-1] == "Line 5: The same completion is on line 2 already."


def test_a_code_of_a_course_on_a_bad_line_is_not_free_for_another(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    raw = b"code,title\nA,One,more\nB,\na,Two\nb,Three\nC,Four\n"
    with database.writing(acme.id) as session:
        report = import_courses(session, acme.actor["hr"], raw, now=clock.now(), skip_bad=True)
    assert report.added == 1
    assert _said(report) == [
        "Line 2: This row has more cells than there are columns.",
        "Line 3, title: Give the course a title.",
        "Line 4, code: The course on line 2 has this code.",
        "Line 5, code: The course on line 3 has this code.",
    ]


def test_a_role_of_which_a_line_cannot_be_read_is_left_out_whole(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    raw = (
        b"role,competency,level\n"
        b"Buyer,Coaching others,3\n"
        b"Planner,Coaching others,3\n"
        b"Buyer,Strategic thinking,3,more\n"
    )
    with database.writing(acme.id) as session:
        report = import_roles(session, acme.actor["hr"], raw, now=clock.now(), skip_bad=True)
        names = {row.name for row in role_profiles(session)}
    assert (report.added, names & {"Buyer", "Planner"}) == (1, {"Planner"})
    assert _said(report) == ["Line 4: This row has more cells than there are columns."]
