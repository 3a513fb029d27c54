"""From a CSV file to people, with every bad row named."""

from __future__ import annotations

import pytest

from ldtrack.exchange.limits import Limits
from ldtrack.exchange.people_csv import parse_people
from ldtrack.people.domain import ImportPerson

TWO = b"""\
external_id,email,first_name,last_name,manager_external_id,unit,job_profile,locale,time_zone,active
E1,amara.okafor@example.org,Amara,Okafor,,Operations,Head of Operations,en-GB,Europe/London,yes
E2,ben.li@example.org,Ben,Li,E1,Operations,,de,Europe/Berlin,no
"""


def reasons(raw: bytes) -> list[str]:
    return [str(problem) for problem in parse_people(raw)[1]]


def test_a_plain_file_becomes_people() -> None:
    people, problems = parse_people(TWO)
    assert problems == []
    assert people[1] == ImportPerson(
        line=3,
        external_id="E2",
        email="ben.li@example.org",
        first_name="Ben",
        last_name="Li",
        manager_external_id="E1",
        unit="Operations",
        job_profile="",
        locale="de",
        time_zone="Europe/Berlin",
        active=False,
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + TWO,
        TWO.replace(b",", b";"),
        TWO.replace(b",", b"\t"),
        TWO.replace(b"\n", b"\r\n"),
        TWO.replace(b"\n", b"\r"),
        TWO.replace(b"external_id,email,first_name", b"External ID, E_MAIL ,first NAME").replace(
            b"E_MAIL", b"Email"
        ),
    ],
    ids=["byte order mark", "semicolons", "tabs", "Windows", "old Mac", "other capitals"],
)
def test_the_way_of_writing_does_not_matter(raw: bytes) -> None:
    assert parse_people(raw) == parse_people(TWO)


def test_columns_come_in_any_order_and_unknown_ones_are_passed_over() -> None:
    raw = b"shoe size,first_name,email,external_id\n42,Amara,a@example.org,E1\n"
    people, problems = parse_people(raw)
    assert problems == []
    assert (people[0].external_id, people[0].unit, people[0].active) == ("E1", None, None)


def test_line_breaks_in_a_cell_do_not_shift_the_lines_of_problems() -> None:
    raw = (
        b"external_id,email,first_name,job_profile\n"
        b'E1,a@example.org,Amara,"Head\nof\nOperations"\n'
        b"E2,not an address,Ben,\n"
    )
    people, problems = parse_people(raw)
    assert people[0].job_profile == "Head of Operations"
    assert [(problem.line, problem.column) for problem in problems] == [(5, "email")]


def test_a_missing_column_is_named() -> None:
    assert reasons(b"external_id,first_name\nE1,Amara\n") == [
        "Line 1, email: This column is missing."
    ]


def test_every_bad_row_is_named_with_line_column_and_reason() -> None:
    raw = (
        b"External Id,Email,First Name,Manager External Id,Locale,Time Zone,Active\n"
        b",a@example.org,Amara,,,,\n"
        b"E2,,Ben,,,,\n"
        b"E3,c@example.org,,,,,\n"
        b"E4,d@example.org,Dai,E4,,,\n"
        b"E5,e@example.org,Eoin,,english please,,\n"
        b"E6,f@example.org,Fay,,,Mars/Olympus,\n"
        b"E7,g@example.org,Gil,,,,perhaps\n"
        b"E8,h@example.org,Hal,,,,,,,more\n"
        b"E9,A@Example.org,Ida,,,,\n"
        b"E9,j@example.org,Jo,,,,\n"
        b"E10,i@example.org,Kim,,,,yes\n"
        b"E11,I@example.org,Lou,,,,yes\n"
    )
    assert reasons(raw) == [
        "Line 2, External Id: There is no external id.",
        "Line 3, Email: There is no mail address.",
        "Line 4, First Name: There is no first name.",
        "Line 5, Manager External Id: Nobody can be their own manager.",
        "Line 6, Locale: “english please” is not a language such as en-GB.",
        "Line 7, Time Zone: “Mars/Olympus” is not a time zone such as Europe/Paris.",
        "Line 8, Active: “perhaps” is neither yes nor no.",
        "Line 9: This row has more cells than there are columns.",
        "Line 10, Email: “a@example.org” is on line 2 already.",
        "Line 11, External Id: “E9” is on line 10 already.",
        "Line 13, Email: “i@example.org” is on line 12 already.",
    ]


def test_a_repetition_is_named_however_bad_the_first_line_is() -> None:
    raw = (
        b"external_id,email,first_name,active\n"
        b"N1,n1@example.org,Nina,perhaps\n"
        b"N2,n2@example.org,Noor,yes,,more\n"
        b"nobody,nobody,Ned,yes\n"
        b"N1,other@example.org,Olga,yes\n"
        b"N3,N2@example.org,Nan,yes\n"
        b"nobody2,nobody,Nat,yes\n"
        b"N1,n1@example.org,Nina,\n"
    )
    people, _ = parse_people(raw)
    assert people == []
    assert reasons(raw) == [
        "Line 2, active: “perhaps” is neither yes nor no.",
        "Line 3: This row has more cells than there are columns.",
        "Line 4, email: “nobody” is not a mail address.",
        "Line 5, external_id: “N1” is on line 2 already.",
        "Line 6, email: “n2@example.org” is on line 3 already.",
        "Line 7, email: “nobody” is not a mail address.",
        "Line 8, external_id: “N1” is on line 2 already.",
        "Line 8, email: “n1@example.org” is on line 2 already.",
    ]


def test_blank_lines_and_short_rows_are_no_problem() -> None:
    raw = b"external_id,email,first_name,unit,active\n\nE1,a@example.org,Amara\n,,,,\n\n"
    people, problems = parse_people(raw)
    assert (len(people), problems) == (1, [])


def test_controls_and_turned_letters_are_taken_out_of_names() -> None:
    raw = "external_id,email,first_name\nE1,a@example.org,A\u202ema\x07ra 🚀\n".encode()
    assert parse_people(raw)[0][0].first_name == "Amara 🚀"


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file: The file is empty."),
        (b"\n \n", "The file: The file is empty."),
        (b"PK\x03\x04\x14\x00", "This spreadsheet is damaged."),
        (b"\xd0\xcf\x11\xe0rest", "This is an old Excel file."),
        (b"%PDF-1.7", "This is a PDF."),
        (TWO.decode().encode("utf-16"), "This file is written in UTF-16."),
        (TWO.replace(b"Amara", b"A\x00mara"), "Line 2: This file holds signs that are not text."),
        (TWO.replace(b"Amara", b"Am\xe9lie"), "Line 2: A letter here is not written in UTF-8."),
        (TWO.replace(b"Amara", b'"Amara'), "Line 2: A quotation mark that was opened here"),
        (TWO.replace(b"Ben", b'"' + b"B" * 200_000 + b'"'), "longer than 20,000 letters"),
        (TWO.replace(b"Ben", b"B" * 2_000_000), "One line has 2,000,"),
        (b"," * 600_000 + b"\n", "The file has more than 500 columns."),
        (b",,,\n1,2,3\n", "The first line does not name the columns."),
        (b"email,email\n", "Line 1, email: This column is there twice."),
        (b"x" * 10_000_001, "The file is larger than 10 MB."),
        (b"a\n" * 2_000_000, "The file has far more lines than rows that are allowed."),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(raw: bytes, sentence: str) -> None:
    people, problems = parse_people(raw)
    assert people == []
    assert sentence in str(problems[0])


def test_a_cell_that_is_too_long_keeps_only_its_own_row_out() -> None:
    people, problems = parse_people(TWO.replace(b"Ben", b"B" * 30_000))
    assert [person.line for person in people] == [2]
    assert [str(problem) for problem in problems] == [
        "Line 3, first_name: This cell has more than 20,000 letters."
    ]


def test_more_rows_than_allowed_are_refused() -> None:
    few = Limits(most_bytes=1_000_000, most_rows=1)
    people, problems = parse_people(TWO, limits=few)
    assert (people, str(problems[0])) == ([], "Line 3: The file has more than 1 rows.")
