"""What a file of people would do, told by name before anybody says yes."""

from __future__ import annotations

from contextlib import nullcontext

from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.exchange.domain import ChangeShown, ImportKind
from ldtrack.exchange.report import Report
from ldtrack.exchange.service.at_once import bring_in, import_file
from tests.infrastructure.organisation import SmallOrganisation

HEAD = b"Staff no,Mail,Given,last_name,Boss,Department,job_profile,active\n"
MATCH = {
    "staff_no": "external_id",
    "mail": "email",
    "given": "first_name",
    "boss": "manager_external_id",
    "department": "unit",
}
BEN = b"E1005,ben.li@example.org,Ben,Li,%s,%s,%s,%s\n"


def _would(session: Session, acme: SmallOrganisation, raw: bytes, clock: SetClock) -> Report:
    return bring_in(
        lambda: nullcontext(session),
        acme.actor["hr"],
        ImportKind.PEOPLE,
        raw,
        now=clock.now(),
        dry_run=True,
        match=MATCH,
    )


def test_each_change_is_told_with_what_stands_there_and_what_would(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    people = b"external_id,email,first_name,last_name,unit,manager_external_id,job_profile\n"
    here = people + b"E1005,ben.li@example.org,Ben,Li,Operations,E1004,Buyer\n"
    with database.writing(acme.id) as session:
        import_file(session, acme.actor["hr"], ImportKind.PEOPLE, here, now=clock.now())
        raw = HEAD + BEN % (b"", b"Engineering", b"Planner", b"no")
        report = _would(session, acme, raw, clock)
        again = _would(session, acme, HEAD + BEN % (b"E1004", b"Operations", b"Buyer", b""), clock)
    assert report.would.changes == (
        ChangeShown(
            line=2,
            external_id="E1005",
            name="Ben Li",
            fields=(
                ("Boss", "E1004", ""),
                ("Department", "Operations", "Engineering"),
                ("job_profile", "Buyer", "Planner"),
                ("active", "yes", "no"),
            ),
        ),
    )
    assert again.would.changes == ()


def test_the_first_twenty_changes_are_told_and_all_are_counted(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    head = b"external_id,email,first_name\n"
    rows = [b"N%d,n%d@example.org,Nina\n" % (n, n) for n in range(25)]
    with database.writing(acme.id) as session:
        hr = acme.actor["hr"]
        import_file(session, hr, ImportKind.PEOPLE, head + b"".join(rows), now=clock.now())
        changed = b"".join(rows).replace(b"Nina", b"Noor")
        report = _would(session, acme, head + changed, clock)
    assert (report.changed, len(report.would.changes)) == (25, 20)


def test_new_units_are_named_with_one_that_may_have_been_meant(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    raw = (
        b"external_id,email,first_name,unit,unit_parent\n"
        b"N1,n1@example.org,Nina,Operatoins,\n"
        b"N2,n2@example.org,Noor,Paint,Works\n"
        b"N3,n3@example.org,Ned,Operations,Works\n"
    )
    with database.writing(acme.id) as session:
        would = _would(session, acme, raw, clock).would
    assert would.units == (("Operatoins", "Operations"), ("Paint", ""), ("Works", ""))
    assert would.n_units == 3


def test_who_is_not_in_the_file_is_named(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    raw = b"external_id,email,first_name\nE1004,amara.okafor@example.org,Amara\n"
    with database.writing(acme.id) as session:
        report = _would(session, acme, raw, clock)
    names = {one.name for one in report.leavers}
    # Everybody but Amara, and but who sends the file.
    assert (len(names), report.n_leavers) == (report.would.n_here - 2,) * 2
    assert {"Ben Li", "Amara Okafor"} & names == {"Ben Li"}
