"""Bringing people in by page: choose, look, say yes, take back."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.exchange.models import ImportRun
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import work_off
from ldtrack.people.queries import by_external_id
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit, Visitor

HERE = "/bring-in/people"


def text_of(answer: Any) -> str:
    """The words of a page, one blank between them."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


GOOD = b"external_id,email,first_name\nN1,n1@example.org,Nina\nN2,n2@example.org,Noor\n"
BAD = GOOD + b"N3,nobody,Ned\n"


def sent(raw: bytes, name: str = "people.csv") -> dict[str, Any]:
    return {"file": (io.BytesIO(raw), name)}


def choose(visitor: Visitor, raw: bytes, name: str = "people.csv") -> str:
    """Send a file. Returns the address of its preview."""
    answer = visitor.post(HERE, data=sent(raw, name), content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def work(app: Flask) -> None:
    """Do what was left to jobs."""
    work_off(app.extensions["ldtrack.queue"].workshop, KINDS)


def here(database: Database, acme: SmallOrganisation) -> set[str]:
    with database.reading(acme.id) as session:
        return set(by_external_id(session, ["N1", "N2", "N3"]))


def test_nothing_is_stored_before_the_yes_and_everything_after(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "external_id, email, first_name" in hr.get(HERE).text
    address = choose(hr, GOOD)
    page = hr.get(address)
    assert "2 people can be stored as they are." in page.text
    assert "n2@example.org" in page.text
    assert here(database, acme) == set()
    answer = hr.post(address, follow_redirects=True)
    assert "Stored: 2 added, 0 changed, 0 already here." in answer.text
    assert here(database, acme) == {"N1", "N2"}


def test_the_example_is_to_be_had_as_csv_and_as_a_spreadsheet(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    table = list(csv.reader(hr.get("/bring-in/examples/people.csv").text[1:].splitlines()))
    answer = hr.get("/bring-in/examples/people.csv?as=xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="people-example.xlsx"'
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    assert book.get_sheet_by_index(0).to_python() == table


def test_hr_reads_today_that_a_file_waits_for_a_yes_until_somebody_says_it(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "waits for a yes" not in hr.get("/today").text
    address = choose(hr, GOOD)
    page = hr.get("/today").text
    assert "1 file waits for a yes" in page
    assert 'href="/bring-in"' in page
    hr.post(address)
    assert "waits for a yes" not in hr.get("/today").text


def test_a_file_with_problems_is_stored_without_them_only_when_that_is_ticked(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = choose(hr, BAD)
    page = hr.get(address)
    assert "1 line needs another look; 2 people could be stored." in page.text
    assert "“nobody” is not a mail address." in page.text
    refused = hr.post(address)
    assert refused.status_code == 422
    assert "Nothing is stored: some lines have problems." in refused.text
    assert here(database, acme) == set()
    hr.post(address, data={"skip_bad": "y"})
    assert here(database, acme) == {"N1", "N2"}


def test_what_would_change_and_who_would_leave_is_named_before_the_yes(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    raw = b"external_id,email,first_name,unit\nE1004,amara.okafor@example.org,Amara,Operatoins\n"
    address = choose(hr, raw)
    page = text_of(hr.get(address))
    assert "unit: Operations → Operatoins" in page
    assert "Operatoins – is this “Operations”, which is here already?" in page
    assert "Ben Li" in page
    assert "are not in this file. That is more than one in ten." in page
    assert text_of(hr.get(f"{address}?page=99")) == page
    with counted(database.engine) as statements:
        hr.get(address)
    assert len(statements) <= 12
    hr.post(address)
    with database.reading(acme.id) as session:
        assert session.scalars(select(ImportRun.would)).all() == [{}]


def test_a_long_list_of_those_who_are_not_in_the_file_is_read_page_by_page(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    head = b"external_id,email,first_name\n"
    many = b"".join(b"M%d,m%d@example.org,Mo%d\n" % (n, n, n) for n in range(50))
    hr.post(choose(hr, head + many))
    address = choose(hr, head + b"N1,n1@example.org,Nina\n")
    pages = [text_of(hr.get(f"{address}?page={number}")) for number in (1, 2, 3, 4)]
    found = [f"Mo{n} " in "".join(page + " " for page in pages) for n in range(50)]
    assert all(found)
    assert "page 2 of" in pages[1]
    # Nobody but those who leave is more than one in ten of a file that holds all the others.
    everybody = choose(hr, head + many)
    assert "not in this file." in text_of(hr.get(everybody))


def test_a_file_without_a_good_row_offers_no_yes(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = choose(hr, b"external_id,email,first_name\n,,\nN1,,\n")
    page = hr.get(address)
    assert "Nothing in this file can be stored." in page.text
    assert "Choose another file" in page.text
    assert hr.post(address, data={"skip_bad": "y"}).status_code == 422


def test_what_came_in_can_be_taken_back(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = choose(hr, GOOD)
    page = hr.post(address, follow_redirects=True)
    assert f"{address}/take-back" in page.text
    answer = hr.post(f"{address}/take-back", follow_redirects=True)
    assert "2 people taken back." in answer.text
    assert here(database, acme) == set()


def test_saying_yes_twice_stores_once(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = choose(hr, GOOD)
    for key in ("0" * 32, "0" * 32, "1" * 32):
        hr.post(address, data={"idempotency_key": key})
    assert here(database, acme) == {"N1", "N2"}


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04zip", "This spreadsheet is damaged."),
        (GOOD.decode().encode("utf-16"), "This file is written in UTF-16."),
        (GOOD.replace(b"Nina", b"N\x00na"), "signs that are not text"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "external_id"),
        (b"external_id" * 200_000, "One line has 2,200,000 letters"),
        (b'external_id,email,first_name\nN1,"' + b"x" * 140_000, "longer than 20,000 letters"),
    ],
)
def test_hostile_files_are_answered_with_a_sentence(
    app: Flask, visit: Visit, database: Database, acme: SmallOrganisation, raw: bytes, sentence: str
) -> None:
    hr = visit(acme.actor["hr"])
    address = choose(hr, raw)
    work(app)
    page = hr.get(address)
    assert page.status_code == 200
    assert sentence in page.text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose the file to bring in."),
        ({"file": "not a file"}, "Choose the file to bring in."),
        (sent(GOOD, "people.exe"), "choose a file that ends in .csv or .txt or .xlsx."),
    ],
)
def test_what_is_no_file_is_refused_at_once(
    visit: Visit, acme: SmallOrganisation, data: dict[str, Any], sentence: str
) -> None:
    answer = visit(acme.actor["hr"]).post(HERE, data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert sentence in answer.text


def test_names_of_files_and_people_are_shown_as_text(visit: Visit, acme: SmallOrganisation) -> None:
    hr = visit(acme.actor["hr"])
    raw = b"external_id,email,first_name\nN1,n1@example.org,<script>alert(1)</script>\n"
    page = hr.get(choose(hr, raw, "../../<img src=x>\u202egnp.csv"))
    assert "<script>alert" not in page.text
    assert "<img src=x>" not in page.text


def test_a_waiting_file_is_its_organisations_alone_and_goes_after_a_day(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    clock: SetClock,
) -> None:
    hr = visit(acme.actor["hr"])
    address = choose(hr, GOOD)
    assert visit(rival.actor["hr"]).get(address).status_code == 404
    assert hr.get(address.replace("people", "completions")).status_code == 404
    for token in ("x" * 32, "..%2f..%2fsecret_key", "%00"):
        assert hr.get(f"{HERE}/{token}").status_code == 404
    clock.instant += timedelta(hours=23)
    assert visit(acme.actor["hr"]).get(address).status_code == 200
    clock.instant += timedelta(hours=2)
    later = visit(acme.actor["hr"])
    assert later.get(address).status_code == 404
    choose(later, GOOD)
    with database.reading(acme.id) as session:
        assert len(session.scalars(select(ImportRun.id)).all()) == 1


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "administrator"])
def test_only_hr_brings_people_in(visit: Visit, acme: SmallOrganisation, who: str) -> None:
    visitor = visit(acme.actor[who])
    assert visitor.get(HERE).status_code == 403
    assert visitor.post(HERE, data=sent(GOOD)).status_code == 403
    assert visitor.post("/people/file").status_code == 403


def test_everybody_goes_out_with_columns_that_come_in_again(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    answer = hr.post("/people/file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="people-2026-11-20.csv"'
    page = hr.get(choose(hr, answer.data))
    assert "15 people can be stored as they are." in page.text
    assert page.text.count('<dd class="num">15</dd>') == 1


def test_everybody_goes_out_as_a_spreadsheet_too(visit: Visit, acme: SmallOrganisation) -> None:
    hr = visit(acme.actor["hr"])
    answer = hr.post("/people/file", data={"as": "xlsx"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="people-2026-11-20.xlsx"'
    page = hr.get(choose(hr, answer.data))
    assert page.text.count('<dd class="num">15</dd>') == 1


@pytest.mark.parametrize("address", ["/courses/completions/file", "/pathways/enrolments/file"])
def test_completions_and_enrolments_go_out_for_hr_alone(
    visit: Visit, acme: SmallOrganisation, address: str
) -> None:
    assert visit(acme.actor["hr"]).post(address).data.startswith(b"\xef\xbb\xbfexternal_id,email,")
    assert visit(acme.actor["coach"]).post(address).status_code == 403


def test_an_example_comes_in_without_a_problem(visit: Visit, acme: SmallOrganisation) -> None:
    hr = visit(acme.actor["hr"])
    raw = hr.get("/bring-in/examples/people.csv").data.replace(b"example.org", b"example.net")
    assert "3 people can be stored as they are." in hr.get(choose(hr, raw)).text
    assert hr.get("/bring-in/examples/secrets.csv").status_code == 404
