"""Bringing people in: all or nothing, twice changes nothing, nobody else is touched."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed
from ldtrack.db.session import Database
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.report import Report
from ldtrack.exchange.service import at_once
from ldtrack.exchange.service.at_once import import_file
from ldtrack.people.queries import by_external_id, directory, person
from ldtrack.people.service.take_back import remove_unattached
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted

HEAD = b"external_id,email,first_name,last_name,manager_external_id,unit\n"
THREE = (
    HEAD
    + b"N1,n1@example.org,Nina,One,,Sales\n"
    + b"N2,n2@example.org,Noor,Two,N1,Sales\n"
    + b"E1004,amara.okafor@example.org,Amara,Okafor,N1,Operations\n"
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
        session, acme.actor["hr"], ImportKind.PEOPLE, raw, skip_bad=skip_bad, now=clock.now()
    )


def counts(report: Report) -> tuple[int, int, int, bool]:
    return report.added, report.changed, report.unchanged, report.stored


def test_people_are_added_and_changed_with_unit_and_manager(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        assert counts(bring_in(session, acme, clock, THREE)) == (2, 1, 0, True)
    with database.reading(acme.id) as session:
        ids = by_external_id(session, ["N1", "N2"])
        row = person(session, acme.actor["hr"], ids["N2"])
        managers = holders(session, RelationshipKind.MANAGER, clock.today())
        leader = person(session, acme.actor["hr"], acme.person["leader"])
    assert (row.name, row.unit, row.active) == ("Noor Two", "Sales", True)
    assert managers[ids["N2"]] == ids["N1"]
    assert managers[acme.person["leader"]] == ids["N1"]
    assert leader.job_profile == "Head of Operations"


def test_importing_twice_changes_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        bring_in(session, acme, clock, THREE)
    with database.writing(acme.id) as session:
        assert counts(bring_in(session, acme, clock, THREE)) == (0, 0, 3, True)


def test_looking_stores_nothing_and_foretells_what_storing_does(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        report = at_once.bring_in(
            lambda: nullcontext(session),
            acme.actor["hr"],
            ImportKind.PEOPLE,
            THREE,
            now=clock.now(),
            dry_run=True,
        )
        assert counts(report) == (2, 1, 0, False)
        assert by_external_id(session, ["N1"]) == {}


BAD = THREE + b"N3,nobody,Ned,Three,N1,Sales\nN4,n4@example.org,Nan,Four,N3,Sales\n"


def test_one_bad_row_keeps_everything_out(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        report = bring_in(session, acme, clock, BAD)
        assert by_external_id(session, ["N1"]) == {}
    assert report.stored is False
    assert [str(problem) for problem in report.problems] == [
        "Line 5, email: “nobody” is not a mail address.",
        "Line 6, manager_external_id: Nobody has the external id “N3”.",
    ]


def test_bad_rows_are_skipped_when_that_is_said(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        report = bring_in(session, acme, clock, BAD, skip_bad=True)
    assert (*counts(report), report.bad_lines) == (2, 1, 0, True, 2)


def test_circles_of_managers_are_named_also_through_people_outside_the_file(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    within = HEAD + (
        b"N1,n1@example.org,Nina,,N2,\nN2,n2@example.org,Noor,,N3,\nN3,n3@example.org,Ned,,N1,\n"
    )
    # Amara reports to Maya already.
    through = HEAD + b"E1006,maya.singh@example.org,Maya,Singh,E1004,Operations\n"
    with database.writing(acme.id) as session:
        first = bring_in(session, acme, clock, within)
        second = bring_in(session, acme, clock, through)
    circle = "Reporting lines would run in a circle"
    assert [str(problem) for problem in first.problems] == [
        f"Line {line}, manager_external_id: {circle}: N1 → N2 → N3 → N1." for line in (2, 3, 4)
    ]
    assert [problem.line for problem in second.problems] == [2]


def test_a_taken_address_is_a_problem_but_two_people_may_swap_theirs(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    taken = b"external_id,email,first_name\nN1,Ben.Li@example.org,Nina\n"
    swapped = (
        b"external_id,email,first_name\n"
        b"E1004,ben.li@example.org,Amara\nE1005,amara.okafor@example.org,Ben\n"
    )
    with database.writing(acme.id) as session:
        first = bring_in(session, acme, clock, taken)
        second = bring_in(session, acme, clock, swapped)
        leader = person(session, acme.actor["hr"], acme.person["leader"])
    assert [str(problem) for problem in first.problems] == [
        "Line 2, email: This address belongs to E1005 already."
    ]
    assert counts(second) == (0, 2, 0, True)
    assert (leader.email, leader.unit) == ("ben.li@example.org", "Operations")


def test_an_empty_manager_ends_the_line_and_a_missing_column_leaves_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    columns = b"external_id,email,first_name"
    amara = b"E1004,amara.okafor@example.org,Amara"
    leader = acme.person["leader"]
    with database.writing(acme.id) as session:
        bring_in(session, acme, clock, columns + b"\n" + amara + b"\n")
        assert holders(session, RelationshipKind.MANAGER, clock.today())[leader]
        raw = columns + b",manager_external_id\n" + amara + b",\n"
        assert counts(bring_in(session, acme, clock, raw)) == (0, 1, 0, True)
        assert leader not in holders(session, RelationshipKind.MANAGER, clock.today())


def test_people_whom_the_file_does_not_name_stay_as_they_are(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        before = directory(session, acme.actor["hr"])[0]
        bring_in(session, acme, clock, HEAD + b"N1,n1@example.org,Nina,One,,Sales\n")
        after = directory(session, acme.actor["hr"])[0]
    assert [row for row in after if row.external_id != "N1"] == before


def test_the_same_external_ids_in_another_organisation_are_other_people(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        bring_in(session, acme, clock, THREE)
    with database.reading(rival.id) as session:
        row = person(session, rival.actor["hr"], rival.person["leader"])
        assert by_external_id(session, ["N1"]) == {}
    assert row.email == "amara.okafor@rival.example"


def test_new_people_are_taken_back_unless_something_is_attached(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        report = bring_in(session, acme, clock, THREE)
    with database.writing(acme.id) as session:
        # Nina manages Amara, who was there before.
        assert remove_unattached(session, report.added_ids) == 1
        assert set(by_external_id(session, ["N1", "N2"])) == {"N1"}


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "administrator", "manager"])
def test_only_hr_brings_people_in(
    database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> None:
    with database.writing(acme.id) as session, pytest.raises(NotAllowed):
        import_file(session, acme.actor[who], ImportKind.PEOPLE, THREE, now=clock.now())


def test_statements_do_not_grow_with_the_rows(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    numbers = []
    for n in (1, 3):
        raw = HEAD + b"".join(
            b"M%d%d,m%d%d@example.org,Mo,,E1006,New%d\n" % (n, i, n, i, n) for i in range(n)
        )
        with counted(database.engine) as statements, database.writing(acme.id) as session:
            bring_in(session, acme, clock, raw)
        numbers.append(len(statements))
    assert numbers == [91, 91]
