"""CSV files of course completions: ours, Moodle's and Totara's, told apart by their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from functools import partial

from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.long_days import long_day
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.reading import RowReader
from ldtrack.exchange.table import NO_MATCH, Table, open_table

COLUMNS = ("external_id", "email", "course_code", "completed_on", "score", "score_max", "passed")
ASSUMED_MAX = 100.0
_NO_GRADE = frozenset({"-", "–"})
_NO_DATE = "There is no completion date."


class CompletionFile(StrEnum):
    """Whose file it is."""

    OWN = "own"
    MOODLE_REPORT = "moodle_report"
    MOODLE_GRADES = "moodle_grades"
    TOTARA = "totara"

    @property
    def label(self) -> str:
        """What people call it."""
        return {
            CompletionFile.OWN: "completions with our own columns",
            CompletionFile.MOODLE_REPORT: "a Moodle completion report",
            CompletionFile.MOODLE_GRADES: "a Moodle gradebook export",
            CompletionFile.TOTARA: "a Totara completion upload",
        }[self]


@dataclass(frozen=True, kw_only=True, slots=True)
class CompletionLine:
    """A completion as a file tells it: the person and the course as they are named there.

    `courses` are codes or titles, the surest first; none if the file does not say which course. A
    bad one is not to be stored, but another line may say the same again.
    """

    line: int
    completed_on: date
    external_id: str = ""
    email: str = ""
    name: str = ""
    courses: tuple[str, ...] = ()
    score: float | None = None
    score_max: float | None = None
    passed: bool | None = None
    is_bad: bool = False


@dataclass(kw_only=True)
class ParsedCompletions:
    """What a file holds; `skipped` rows say in good order that somebody is not done yet."""

    kind: CompletionFile = CompletionFile.OWN
    zone: tzinfo = UTC
    rows: list[CompletionLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def lacks_course(self) -> bool:
        """Whether the file does not say which course it is about."""
        return self.kind is CompletionFile.MOODLE_GRADES


def parse_completions(
    raw: bytes,
    *,
    limits: Limits = BROWSER,
    match: Mapping[str, str] = NO_MATCH,
    zone: tzinfo = UTC,
) -> ParsedCompletions:
    """The completions in a file and what is wrong with the other rows.

    Where a file gives an instant, its day in `zone` is taken.
    """
    found = ParsedCompletions(zone=zone)
    try:
        table = open_table(raw, limits=limits, match=match)
        found.kind = kind_of(table)
        if not table.problems:
            found.rows += (line for line in lines_of(table, found) if not line.is_bad)
    except Unreadable as error:
        found.rows.clear()
        found.problems = [error.problem]
        return found
    found.problems += table.problems
    found.problems.sort(key=lambda problem: problem.line)
    found.notes += notes_on(found)
    return found


def lines_of(table: Table, found: ParsedCompletions) -> Iterator[CompletionLine]:
    """The completions in a table, as they are asked for, with the bad ones whose day is said.

    The rest, and what is wrong, is noted in `found`.
    """
    read = _READERS[found.kind]
    for row in table.all_rows:
        reader = RowReader(table, row)
        line = read(reader, found.zone)
        bad = row.spoilt or bool(reader.problems)
        if not row.spoilt:
            found.problems += reader.problems
        if line is None:
            found.skipped += not bad
        elif not bad:
            yield line
        elif line.completed_on > date.min:
            yield replace(line, is_bad=True)


def kind_of(table: Table) -> CompletionFile:
    """Whose file it is; raises `Unreadable` if its columns are nobody's."""
    columns = set(table.columns)
    if {"username", "courseshortname", "completiondate"} <= columns:
        return CompletionFile.TOTARA
    if {"course", "time_completed"} <= columns and columns & {"user_s_full_name", "email"}:
        return CompletionFile.MOODLE_REPORT
    if "course_total_real" in columns and columns & {"id_number", "email_address"}:
        return CompletionFile.MOODLE_GRADES
    if {"course_code", "completed_on"} <= columns and columns & {"external_id", "email"}:
        return CompletionFile.OWN
    raise Unreadable(
        "These columns belong to no file of completions that can be read. It needs external_id or "
        "email, course_code and completed_on; or bring in a Moodle completion report, a Moodle "
        "gradebook export with “Course total (Real)”, or a Totara completion upload.",
        1,
    )


def _own(reader: RowReader, _zone: tzinfo) -> CompletionLine | None:
    completed_on = reader.day("completed_on", required=_NO_DATE)
    score, score_max = reader.number("score"), reader.number("score_max")
    if score is not None and score_max is None and not reader.problems:
        reader.complain("score_max", "Say how many points there were to get.")
    _check_score(reader, "score", score, score_max)
    said = reader.has("passed") and reader.raw("passed")
    passed = reader.yes_or_no("passed", blank=False) if said else None
    return CompletionLine(
        line=reader.row.line,
        completed_on=completed_on or date.min,
        external_id=reader.words("external_id", most=100),
        email=_address(reader, "email"),
        courses=(reader.words("course_code", most=60, required="There is no course."),),
        score=score,
        score_max=None if score is None else score_max,
        passed=passed,
    )


def _moodle_report(reader: RowReader, _zone: tzinfo) -> CompletionLine | None:
    completed_on = reader.read("time_completed", long_day)
    if completed_on is None:
        return None
    return CompletionLine(
        line=reader.row.line,
        completed_on=completed_on,
        email=_address(reader, "email"),
        name=reader.words("user_s_full_name", most=200),
        courses=(reader.words("course", most=200, required="There is no course."),),
    )


def _moodle_grades(reader: RowReader, zone: tzinfo) -> CompletionLine | None:
    items = [name for name in reader.table.columns if name.endswith("_real")]
    if any(not reader.raw(name) or reader.raw(name) in _NO_GRADE for name in items):
        return None
    score = reader.number("course_total_real")
    _check_score(reader, "course_total_real", score, ASSUMED_MAX)
    known_on = reader.read(
        "last_downloaded_from_this_course",
        partial(_day_of_download, zone=zone),
        required="There is no date.",
    )
    first, last = (reader.words(name, most=100) for name in ("first_name", "surname"))
    return CompletionLine(
        line=reader.row.line,
        completed_on=known_on or date.min,
        external_id=reader.words("id_number", most=100),
        email=_address(reader, "email_address"),
        name=f"{first} {last}".strip(),
        score=score,
        score_max=ASSUMED_MAX,
    )


def _totara(reader: RowReader, _zone: tzinfo) -> CompletionLine | None:
    score = reader.number("grade", nothing=_NO_GRADE)
    _check_score(reader, "grade", score, ASSUMED_MAX)
    completed_on = reader.day("completiondate", required=_NO_DATE)
    courses = (
        reader.words("courseidnumber", most=200),
        reader.words("courseshortname", most=200),
    )
    if not any(courses):
        reader.complain("courseshortname", "There is no course.")
    return CompletionLine(
        line=reader.row.line,
        completed_on=completed_on or date.min,
        external_id=reader.words("username", most=100, required="There is no user name."),
        courses=tuple(filter(None, courses)),
        score=score,
        score_max=None if score is None else ASSUMED_MAX,
    )


_READERS: dict[CompletionFile, Callable[[RowReader, tzinfo], CompletionLine | None]] = {
    CompletionFile.OWN: _own,
    CompletionFile.MOODLE_REPORT: _moodle_report,
    CompletionFile.MOODLE_GRADES: _moodle_grades,
    CompletionFile.TOTARA: _totara,
}


def _address(reader: RowReader, column: str) -> str:
    return reader.address(column) if reader.has(column) else ""


def _check_score(
    reader: RowReader, column: str, score: float | None, score_max: float | None
) -> None:
    if score is None or score_max is None:
        return
    if score_max <= 0:
        reader.complain("score_max", "There must be more than nothing to get.")
    elif score < 0:
        reader.complain(column, f"A score of {score:g} is less than nothing.")
    elif score > score_max:
        reader.complain(column, f"{score:g} is more than the {score_max:g} points there are.")


def _day_of_download(cell: str, zone: tzinfo) -> date:
    if not cell.isascii() or not cell.isdigit() or len(cell) > 10:
        raise ValueError(f"“{cell[:80]}” is not the seconds that Moodle writes here.")
    return datetime.fromtimestamp(int(cell), zone).date()


def notes_on(found: ParsedCompletions) -> list[str]:
    """What was assumed about the file."""
    notes = []
    if found.kind in {CompletionFile.MOODLE_GRADES, CompletionFile.TOTARA}:
        notes.append("The file does not say what the best score is; 100 is assumed.")
    if found.kind is CompletionFile.MOODLE_GRADES:
        notes.append("The file gives no day of completion; the day of the download is taken.")
    if found.skipped:
        who = "1 person is" if found.skipped == 1 else f"{found.skipped:,} people are"
        notes.append(f"{who} not done yet and left out.")
    return notes
