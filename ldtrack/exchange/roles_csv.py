"""The CSV file of what roles ask for: a row for each role and competency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.competencies.domain import RoleProfileRow
from ldtrack.competencies.queries import profiles_of_editions
from ldtrack.exchange.competencies_named import EditionNamed, editions_named, listed
from ldtrack.exchange.export_csv import csv_file
from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.reading import RowReader
from ldtrack.exchange.table import missing, read_table

COLUMNS = ("role", "framework", "edition", "competency_id", "competency", "level", "critical")
_NEEDED = ("role", "level")
_MOST_NAME = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleLine:
    """One row: roles that ask for one level of one competency; all as it was written."""

    reader: RowReader
    roles: tuple[str, ...]
    framework: str
    edition: str
    competency_id: str
    competency: str
    level: str
    critical: bool


def parse_roles(raw: bytes, *, limits: Limits = BROWSER) -> tuple[list[RoleLine], list[Problem]]:
    """The rows of a file, and what spoils the whole of it; each row keeps what is wrong with it."""
    try:
        table = read_table(raw, limits=limits)
    except Unreadable as error:
        return [], [error.problem]
    problems = table.problems + missing(table, _NEEDED)
    if not {"competency_id", "competency"} & set(table.columns):
        reason = "This column is missing."
        problems.append(Problem(line=table.header_line, column="competency", reason=reason))
    if any(problem.line <= table.header_line for problem in problems):
        return [], problems
    return [_line(RowReader(table, row)) for row in table.all_rows], problems


def write_roles(session: Session) -> bytes:
    """The file: every role that a published edition describes."""
    editions = editions_named(session).all
    by_edition = profiles_of_editions(
        session, [one.framework.framework_version_id for one in editions]
    )
    return csv_file(
        COLUMNS,
        (
            line
            for one in editions
            for profile in by_edition.get(one.framework.framework_version_id, ())
            for line in _written(one, profile)
        ),
    )


def _line(reader: RowReader) -> RoleLine:
    roles = listed(reader.raw("role"))
    if not roles:
        reader.complain("role", "Say which role this is.")
    if any(len(role) > _MOST_NAME for role in roles):
        reader.complain("role", f"This is longer than {_MOST_NAME} letters.")
    line = RoleLine(
        reader=reader,
        roles=tuple(dict.fromkeys(roles)),
        framework=reader.words("framework", most=300),
        edition=reader.words("edition", most=60),
        competency_id=reader.words("competency_id", most=100),
        competency=reader.words("competency", most=300),
        level=reader.words("level", most=200, required="Say which level the role asks for."),
        critical=reader.yes_or_no("critical", blank=False),
    )
    if not line.competency_id and not line.competency:
        reader.complain("competency", "Say which competency this is.")
    if reader.row.spoilt:
        # What is wrong with the whole of it is said already.
        reader.problems.clear()
    return line


def _written(edition: EditionNamed, profile: RoleProfileRow) -> Iterator[tuple[object, ...]]:
    row = edition.framework
    for one in edition.competencies:
        if one.id in profile.targets:
            level = profile.targets[one.id]
            first = (profile.name, row.key, row.version, one.key, one.name)
            yield (*first, level, one.id in profile.critical)
