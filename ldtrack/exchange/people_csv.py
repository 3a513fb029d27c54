"""The CSV file of people: its columns, and from its bytes to people and problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from zoneinfo import available_timezones

from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.reading import RowReader
from ldtrack.exchange.table import NO_MATCH, Table, missing, open_table
from ldtrack.people.domain import ImportPerson
from ldtrack.people.domain.tree import STEP, circle_from, units_around

COLUMNS = (
    "external_id",
    "email",
    "first_name",
    "last_name",
    "manager_external_id",
    "unit",
    "unit_parent",
    "job_profile",
    "locale",
    "time_zone",
    "active",
)
REQUIRED = ("external_id", "email", "first_name")

_LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}")


def parse_people(
    raw: bytes, *, limits: Limits = BROWSER, match: Mapping[str, str] = NO_MATCH
) -> tuple[list[ImportPerson], list[Problem]]:
    """People, one a good row, and what is wrong with the others.

    A column that the file does not have is left as it is for people who are known already. Who
    reports to whom is only looked at within a row; whether the manager exists is asked later.
    """
    try:
        table = open_table(raw, limits=limits, match=match)
        people, problems, _ = people_of(table)
    except Unreadable as error:
        return [], [error.problem]
    return people, problems


def people_of(table: Table) -> tuple[list[ImportPerson], list[Problem], set[str]]:
    """The same for a table that is open, and the external ids of all rows, good and bad.

    Raises `Unreadable` where it cannot be read further.
    """
    problems = table.problems + missing(table, REQUIRED)
    if problems:
        return [], problems, set()
    people: list[ImportPerson] = []
    named = _Named()
    for row in table.all_rows:
        reader = RowReader(table, row)
        person = _person(reader)
        named.note(reader, person)
        if row.spoilt:
            continue
        problems += reader.problems
        if not reader.problems:
            people.append(person)
    problems += table.problems
    return people, sorted(problems, key=lambda problem: problem.line), set(named.ids)


@dataclass
class _Named:
    """On which line each id and each address stands first, however bad the rest of that line is.

    Who of two is meant cannot be known from the one line that is in order.
    """

    ids: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, int] = field(default_factory=dict)

    def note(self, reader: RowReader, person: ImportPerson) -> None:
        bad = {problem.column for problem in reader.problems}
        for column, value, lines in (
            ("external_id", person.external_id, self.ids),
            ("email", person.email, self.addresses),
        ):
            if bad and reader.table.title(column) in bad:
                continue
            first = lines.setdefault(value, person.line)
            if first != person.line:
                reader.complain(column, f"“{value}” is on line {first} already.")


def _person(reader: RowReader) -> ImportPerson:
    def if_there(column: str, most: int) -> str | None:
        return reader.words(column, most=most) if reader.has(column) else None

    external_id = reader.words("external_id", most=100, required="There is no external id.")
    manager = if_there("manager_external_id", 100)
    if manager and manager == external_id:
        reader.complain("manager_external_id", "Nobody can be their own manager.")
    return ImportPerson(
        line=reader.row.line,
        external_id=external_id,
        email=reader.address("email", required="There is no mail address."),
        first_name=reader.words("first_name", most=100, required="There is no first name."),
        last_name=if_there("last_name", 100),
        manager_external_id=manager,
        unit=_unit(reader),
        unit_parent=_unit_parent(reader),
        job_profile=if_there("job_profile", 200),
        locale=_locale(reader),
        time_zone=_time_zone(reader),
        active=reader.yes_or_no("active", blank=True) if reader.has("active") else None,
    )


def _unit(reader: RowReader) -> str | None:
    if not reader.has("unit"):
        return None
    unit = reader.words("unit", most=200)
    if STEP.strip() in unit:
        reader.complain("unit", "Leave out “>”: name the units around it in unit_parent.")
    return unit


def _unit_parent(reader: RowReader) -> str | None:
    if not reader.has("unit_parent"):
        return None
    said = reader.words("unit_parent", most=2000)
    unit = reader.raw("unit")
    if said and not unit:
        reader.complain("unit_parent", "There is no unit that could lie inside this one.")
    pairs = units_around(unit, said)
    if any(len(above) > 200 for _, above in pairs):
        reader.complain("unit_parent", "A name of a unit is longer than 200 letters.")
    if any(circle_from(dict(pairs), one) for one, _ in pairs):
        reader.complain("unit_parent", "A unit cannot lie inside itself.")
    return said


def _locale(reader: RowReader) -> str | None:
    if not reader.raw("locale"):
        return None
    locale = reader.words("locale", most=20)
    if not _LOCALE.fullmatch(locale):
        reader.complain("locale", f"“{locale[:80]}” is not a language such as en-GB.")
    return locale.replace("_", "-")


def _time_zone(reader: RowReader) -> str | None:
    if not reader.has("time_zone"):
        return None
    zone = reader.words("time_zone", most=60)
    if zone and zone not in _zones():
        reader.complain("time_zone", f"“{zone[:80]}” is not a time zone such as Europe/Paris.")
    return zone


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
