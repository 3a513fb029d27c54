"""Finding the people and the courses that a file of completions names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.courses.queries import courses_by_code, courses_by_title
from ldtrack.courses.service import RecordCompletion
from ldtrack.courses.service.statements import activities_decided, learners_decided
from ldtrack.exchange.completions_csv import CompletionFile, CompletionLine
from ldtrack.exchange.completions_wait import (
    WaitingLine,
    activity_key,
    learner_key,
    waiting_line,
)
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.table import Table
from ldtrack.people.queries import by_email, by_external_id, by_name


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a part of a file comes to, by line.

    `waiting` lines name somebody or something that is not known, or that somebody said the meaning
    of, which can be taken back. `unknown` are the names in them that nobody knows.
    """

    completions: dict[int, RecordCompletion] = field(default_factory=dict)
    waiting: dict[int, WaitingLine] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Where:
    """What the file calls the columns in which it says who completed what and when.

    `course` is empty for a file that does not name one.
    """

    who: str
    course: str
    day: str


_SAID_IN: Mapping[CompletionFile, tuple[tuple[str, ...], str, str]] = {
    CompletionFile.OWN: (("external_id", "email"), "course_code", "completed_on"),
    CompletionFile.MOODLE_REPORT: (("email", "user_s_full_name"), "course", "time_completed"),
    CompletionFile.MOODLE_GRADES: (
        ("id_number", "email_address"),
        "",
        "last_downloaded_from_this_course",
    ),
    CompletionFile.TOTARA: (("username",), "courseshortname", "completiondate"),
}


def where_in(table: Table, kind: CompletionFile) -> Where:
    """Where a table of this kind says them."""
    who, course, day = _SAID_IN[kind]
    found = next(column for column in who if column in table.columns)
    return Where(who=table.title(found), course=table.title(course), day=table.title(day))


@dataclass(frozen=True, kw_only=True)
class _Line:
    """A line with what is known of it: `people` are those whom its number and address name."""

    row: CompletionLine
    courses: tuple[str, ...]
    people: frozenset[int]
    person_id: int | None
    course_id: int | None
    decided: frozenset[str]

    @property
    def unknown(self) -> Iterator[str]:
        """What it names that nobody knows."""
        if self.person_id is None and learner_key(self.row) not in self.decided:
            yield self.row.name or self.row.email or self.row.external_id
        if self.course_id is None and activity_key(self.courses) not in self.decided:
            yield self.courses[0]


@dataclass
class Resolver:
    """Finds them for a part of a file after the other, and the same completion twice in all of it.

    `course` is the code of the course for a file that does not name one.
    """

    kind: CompletionFile
    where: Where
    course: str
    today: date
    seen: dict[int, int] = field(default_factory=dict)
    """The line of each completion, by the hash of what makes it one."""

    def resolve(self, session: Session, rows: Sequence[CompletionLine]) -> Found:
        """The completions to record, the lines that wait, and what is wrong with the others."""
        found = Found()
        for line in self._looked_up(session, rows):
            number = line.row.line
            refused = _refusal(line, self.where, self.today) or self._again(line)
            if line.row.is_bad:
                continue
            if refused is not None:
                found.problems.append(refused)
            elif line.decided or line.person_id is None or line.course_id is None:
                found.waiting[number] = waiting_line(line.row, line.courses)
                found.unknown.extend(line.unknown)
            else:
                found.completions[number] = RecordCompletion(
                    course_id=line.course_id,
                    person_id=line.person_id,
                    completed_on=line.row.completed_on,
                    score=line.row.score,
                    score_max=line.row.score_max,
                    passed=line.row.passed,
                    source=self.kind.value,
                )
        return found

    def _looked_up(self, session: Session, rows: Sequence[CompletionLine]) -> Iterator[_Line]:
        by_id = by_external_id(session, {row.external_id for row in rows if row.external_id})
        by_address = by_email(session, {row.email for row in rows if row.email})
        names = by_name(session, {row.name for row in rows if row.name})
        said = {name for row in rows for name in row.courses}
        courses = _courses(session, said | {self.course} - {""})
        learners = learners_decided(session, {learner_key(row) for row in rows})
        asked = {activity_key(row.courses or (self.course,)) for row in rows}
        decided = learners.keys() | activities_decided(session, asked).keys()
        for row in rows:
            named = (by_id.get(row.external_id), by_address.get(row.email))
            people = frozenset(one for one in named if one is not None)
            wanted = row.courses or ((self.course,) if self.course else ())
            yield _Line(
                row=row,
                courses=wanted,
                people=people,
                person_id=next(iter(people), None) or names.get(row.name),
                course_id=next((courses[name] for name in wanted if name in courses), None),
                decided=frozenset(decided & {learner_key(row), activity_key(wanted)}),
            )

    def _again(self, line: _Line) -> Problem | None:
        """What is wrong if the same completion is on an earlier line."""
        who = line.person_id or learner_key(line.row)
        what = line.course_id or activity_key(line.courses)
        key = hash((what, who, line.row.completed_on.toordinal()))
        first = self.seen.setdefault(key, line.row.line)
        if first == line.row.line:
            return None
        return _problem(line.row, "", f"The same completion is on line {first} already.")


def _refusal(line: _Line, where: Where, today: date) -> Problem | None:
    row = line.row
    if len(line.people) > 1 and not line.decided:
        return _problem(row, where.who, "The id and the mail address belong to two people.")
    if not learner_key(row):
        return _problem(row, where.who, "It is not said who this is.")
    if not line.courses:
        return _problem(row, where.course, "Choose the course: the file does not name it.")
    if line.course_id is None and not row.courses:
        return _problem(row, where.course, f"The catalogue has no course “{line.courses[0]}”.")
    if row.completed_on > today:
        return _problem(row, where.day, "This day lies in the future.")
    return None


def _problem(row: CompletionLine, column: str, reason: str) -> Problem:
    return Problem(line=row.line, column=column, reason=reason)


def _courses(session: Session, names: Iterable[str]) -> dict[str, int]:
    wanted = set(names)
    return courses_by_title(session, wanted) | courses_by_code(session, wanted)
