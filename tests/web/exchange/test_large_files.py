"""Files of a real organisation: spreadsheets, other headings, jobs, leavers, taking back."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from flask import Flask
from sqlalchemy import func, select

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.people.domain.joining import Pair
from ldtrack.people.models import Person, Unit
from ldtrack.people.queries import by_external_id, part_of_everybody
from ldtrack.people.service.joining import unite_people
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit, Visitor
from tests.web.exchange.test_people_desk import HERE, choose, work

HEAD = "external_id,email,first_name,manager_external_id,unit,unit_parent\n"


def sheet(rows: list[list[Any]]) -> bytes:
    """A spreadsheet with a hidden sheet before the one that holds the rows."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    aside, page = book.add_worksheet("Aside"), book.add_worksheet("People")
    page.activate()
    page.set_first_sheet()
    aside.hide()
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            page.write(row, column, cell)
    book.close()
    return made.getvalue()


def many(count: int) -> bytes:
    """Enough people for a job."""
    rows = (
        f"J{n},j{n}@example.org,Jo {n},{f'J{n // 10}' if n else 'E1006'},Team {n % 20},"
        "Group > Works\n"
        for n in range(count)
    )
    return (HEAD + "".join(rows)).encode()


def n_people(database: Database, acme: SmallOrganisation) -> int:
    with database.reading(acme.id) as session:
        return session.scalar(select(func.count()).select_from(Person)) or 0


def ids(database: Database, acme: SmallOrganisation, *names: str) -> dict[str, int]:
    with database.reading(acme.id) as session:
        return by_external_id(session, names)


def test_a_spreadsheet_comes_in_as_it_reads_on_the_screen(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    raw = sheet(
        [
            ["external_id", "email", "first_name", "last_name", "active"],
            [2001, "n1@example.org", "O’Neill", "=1+1", True],
            [],
            ["2002", "n2@example.org", "Noor", "", "no"],
        ]
    )
    address = choose(hr, raw, "people.xlsx")
    assert "2 people can be stored as they are." in hr.get(address).text
    hr.post(address)
    with database.reading(acme.id) as session:
        found = {
            one.external_id: one for one in part_of_everybody(session, clock.today(), size=10_000)
        }
    assert (found["2001"].first_name, found["2001"].last_name) == ("O’Neill", "0")
    assert (found["2002"].active, found["2002"].last_name) == (False, "")


def test_a_line_of_a_spreadsheet_is_named_as_its_program_names_it(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    rows = [["external_id", "email", "first_name"], [], ["N1", "nobody", "Nina"]]
    assert "Line 3" in hr.get(choose(hr, sheet(rows), "people.xlsx")).text


def _bomb(unpacked: int, said: int | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(unpacked // 1_000_000):
                part.write(b"0" * 1_000_000)
    raw = made.getvalue()
    if said is not None:
        for size in (unpacked // 1_000_000 * 1_000_000,):
            raw = raw.replace(size.to_bytes(4, "little"), said.to_bytes(4, "little"))
            raw = raw.replace(size.to_bytes(8, "little"), said.to_bytes(8, "little"))
    return raw


def _far_corner() -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet()
    page.write(0, 0, "external_id")
    page.write(1_000_000, 16_000, "x")
    book.close()
    return made.getvalue()


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (_bomb(900_000_000), "Unpacked, this file would be far too large."),
        (_bomb(300_000_000, said=1_000), "Unpacked, this file would be far too large."),
        (_far_corner(), "far to the right or far below"),
        (sheet([["a"]])[:-40], "This spreadsheet is damaged."),
        (sheet([]), "The first sheet is empty."),
    ],
    ids=["bomb", "bomb-that-lies", "far-corner", "cut-off", "empty"],
)
def test_a_spreadsheet_that_would_do_harm_is_refused_in_a_sentence(
    visit: Visit, app: Flask, acme: SmallOrganisation, raw: bytes, sentence: str
) -> None:
    hr = visit(acme.actor["hr"])
    address = choose(hr, raw, "people.xlsx")
    work(app)
    assert sentence in hr.get(address).text


OTHER = b"Staff no.;Work e-mail;Given name;Boss\nN1;n1@example.org;Nina;E1006\n"


def test_columns_of_other_names_are_matched_once_and_remembered(
    visit: Visit, database: Database, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = choose(hr, OTHER)
    page = hr.get(address)
    assert "Which of its 4 columns are which?" in page.text
    told = {"external_id": "staff_no", "email": "work_e_mail", "first_name": "given_name"}
    missing = hr.post(f"{address}/columns", data=told | {"email": ""})
    assert "Choose the column for “Email”." in missing.text
    twice = hr.post(f"{address}/columns", data=told | {"last_name": "given_name"})
    assert "This column is chosen for “First name” already." in twice.text
    told["manager_external_id"] = "boss"
    looked = hr.post(f"{address}/columns", data=told, follow_redirects=True)
    assert "1 person can be stored as it is." in looked.text
    assert "1 person can be stored as it is." in hr.get(choose(hr, OTHER)).text
    other = visit(rival.actor["hr"])
    assert "Which of its" in other.get(choose(other, OTHER)).text


def _progress(hr: Visitor, address: str) -> dict[str, Any]:
    return dict(hr.get(f"{address}/progress").get_json())


def test_a_large_file_is_read_stored_and_taken_back_by_jobs_that_one_need_not_wait_for(
    visit: Visit, app: Flask, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, before = visit(acme.actor["hr"]), n_people(database, acme)
    address = choose(hr, many(4_000))
    assert "is being read" in hr.get(address).text
    assert _progress(hr, address)["state"] == "waiting"
    assert "Being read" in hr.get("/bring-in").text
    work(app)
    assert _progress(hr, address)["next_url"] == address
    assert "4,000 people can be stored as they are." in hr.get(address).text
    assert n_people(database, acme) == before
    hr.post(address)
    assert "is being stored" in hr.get(address).text
    work(app)
    assert "4,000 people of" in hr.get(address).text
    assert n_people(database, acme) == before + 4_000
    with database.reading(acme.id) as session:
        known = by_external_id(session, ["J17", "J1", "E1006", "J0"])
        above = holders(session, RelationshipKind.MANAGER, clock.today())
        parents = dict(session.execute(select(Unit.name, Unit.parent_id)).all())
    assert above[known["J17"]] == known["J1"]
    assert above[known["J0"]] == known["E1006"]
    assert len(parents) == 1 + 20 + 2
    hr.post(f"{address}/take-back")
    work(app)
    assert "4,000 people taken back." in hr.get(address).text
    assert n_people(database, acme) == before
    with database.reading(acme.id) as session:
        assert session.scalars(select(Unit.name)).all() == ["Operations"]


def test_taking_back_gives_people_what_they_had_unless_it_was_changed_since(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    with database.reading(acme.id) as session:
        before = part_of_everybody(session, clock.today(), size=10_000)
    rows = (
        f"{HEAD}E1004,ben.li@example.org,Amara,E1008,Sales,Group\n"
        "E1005,amara.okafor@example.org,Ben,E1004,Sales,\n"
        "E1009,petra.kline@example.org,Pat,,,\n"
    )
    address = choose(hr, rows.encode())
    assert "3 people can be stored as they are." in hr.get(address).text
    hr.post(address)
    with database.writing(acme.id) as session:
        person = session.scalars(select(Person).where(Person.external_id == "E1009")).one()
        person.first_name = "Petronella"
    page = hr.post(f"{address}/take-back", follow_redirects=True)
    assert "2 people taken back. 1 person stayed" in page.text
    with database.reading(acme.id) as session:
        after = part_of_everybody(session, clock.today(), size=10_000)
    changed = [two.first_name for one, two in zip(before, after, strict=True) if one != two]
    assert changed == ["Petronella"]


def test_a_unit_or_job_that_a_file_changed_is_in_the_persons_history_until_it_is_taken_back(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    record = f"/people/{encode(acme.person['leader'])}/record"
    rows = (
        f"{HEAD}E1004,amara.okafor@example.org,Amara,E1006,Sales,\n"
        "N1,n1@example.org,Nina,E1006,Sales,\n"
    )
    address = choose(hr, rows.encode())
    hr.post(address)
    assert (
        "Moved from Head of Operations, Operations to Head of Operations, Sales"
        in hr.get(record).text
    )
    new = encode(ids(database, acme, "N1")["N1"])
    assert "Moved" not in hr.get(f"/people/{new}/record").text
    hr.post(f"{address}/take-back")
    assert "Moved" not in hr.get(record).text


def test_whoever_became_one_with_another_record_since_stays_and_is_counted_so(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    rows = f"{HEAD}N1,n1@example.org,Nina,,,\nN2,n2@example.org,Nora,,,\n"
    address = choose(hr, rows.encode())
    hr.post(address)
    pair = Pair(goes=ids(database, acme, "N1")["N1"], stays=acme.person["leader"])
    with database.writing(acme.id) as session:
        unite_people(session, acme.actor["hr"], pair, reason="One person", now=clock.now())
    page = hr.post(f"{address}/take-back", follow_redirects=True)
    assert "1 person taken back. 1 person stayed" in page.text
    assert ids(database, acme, "N1", "N2") == {"N1": acme.person["leader"]}


def test_people_who_are_not_in_the_file_leave_only_if_that_is_ticked(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr, leader = visit(acme.actor["hr"]), visit(acme.actor["leader"])
    raw = (HEAD + "E1006,maya.singh@example.org,Maya,,,\nE1005,not an address,Ben,,,\n").encode()
    address = choose(hr, raw)
    page = hr.get(address)
    # Neither those whose row has a problem nor whoever sends the file.
    assert "12 people, named above, would lose access today" in page.text
    done = hr.post(address, data={"skip_bad": "y", "leavers": "y"}, follow_redirects=True)
    assert "12 left." in done.text
    assert leader.get("/account").status_code == 303
    assert hr.get("/account").status_code == 200
    with database.reading(acme.id) as session:
        here = session.scalars(select(Person.external_id).where(Person.active)).all()
    assert sorted(here) == ["E1001", "E1005", "E1006"]
    hr.post(f"{address}/take-back")
    with database.reading(acme.id) as session:
        assert session.scalar(select(func.count()).where(Person.active)) == 15


def test_a_second_file_of_everybody_leaves_everybody_here(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.post(choose(hr, HEAD.encode() + b"N1,n1@example.org,Nina,,,\n"))
    with database.reading(acme.id) as session:
        assert session.scalar(select(func.count()).where(Person.active)) == 16


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("N1,n1@example.org,Nina,,Sales,Sales\n", "A unit cannot lie inside itself."),
        ("N1,n1@example.org,Nina,,Sales,Sales > Works\n", "A unit cannot lie inside itself."),
        (
            "N1,n1@example.org,Nina,,Sales,Works\nN2,n2@example.org,Nora,,Works,Sales\n",
            "Units would lie in a circle: Sales &gt; Works &gt; Sales.",
        ),
        (
            "N1,n1@example.org,Nina,,Sales,Works\nN2,n2@example.org,Nora,,Sales,Group\n",
            "“Sales” lies in “Group” here and in “Works” on line 2.",
        ),
        ("N1,n1@example.org,Nina,,,Works\n", "There is no unit that could lie inside this one."),
        (
            "E1006,maya.singh@example.org,Maya,E1004,,\n",
            "Reporting lines would run in a circle: E1006 → E1004 → E1006.",
        ),
    ],
)
def test_units_and_lines_in_a_circle_are_named_by_row(
    visit: Visit, acme: SmallOrganisation, rows: str, sentence: str
) -> None:
    hr = visit(acme.actor["hr"])
    page = hr.get(choose(hr, (HEAD + rows).encode()))
    assert sentence in page.text
    listed = hr.get(f"{page.request.path}/problems.csv")
    assert listed.data.decode("utf-8-sig").startswith("line,column,problem\r\n")


def test_files_of_another_organisation_do_not_exist_here(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    hr, other = visit(acme.actor["hr"]), visit(rival.actor["hr"])
    address = choose(hr, OTHER)
    for path in ("", "/columns", "/progress", "/problems.csv"):
        assert other.get(f"{address}{path}").status_code == 404
    for path in ("", "/columns", "/go-on", "/take-back"):
        assert other.post(f"{address}{path}").status_code == 404
    assert "people.csv" not in other.get("/bring-in").text
    assert hr.get(f"{HERE}/{encode(acme.person['leader'])}").status_code == 404


def test_more_room_is_given_only_to_those_who_are_signed_in(
    app: Flask, visit: Visit, acme: SmallOrganisation
) -> None:
    def post(visitor: Any) -> int:
        large = {"file": (io.BytesIO(b"x" * 11_000_000), "people.csv")}
        answer = visitor.post(HERE, data=large, content_type="multipart/form-data")
        return int(answer.status_code)

    assert post(visit(acme.actor["hr"])) == 303
    app.config["WTF_CSRF_ENABLED"] = True
    assert post(app.test_client()) == 413
