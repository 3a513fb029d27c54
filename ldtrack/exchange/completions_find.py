"""Finding the people and the courses that a file of completions names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.courses.queries import courses_by_code, courses_by_title
from ldtrack.courses.service import RecordCompletion
from ldtrack.exchange.completions_csv import CompletionFile, CompletionLine
from ldtrack.exchange.problem import Problem
from ldtrack.people.queries import by_email, by_external_id, by_name


@dataclass
class Resolver:
    """Finds them for a part of a file after the other, and the same completion twice in all of it.

    `course` is the code of the course for a file that does not name one.
    """

    kind: CompletionFile
    course: str
    today: date
    seen: dict[int, int] = field(default_factory=dict)
    """The line of each completion, by the hash of what makes it one."""

    def resolve(
        self, session: Session, rows: Sequence[CompletionLine]
    ) -> tuple[dict[int, RecordCompletion], list[Problem]]:
        """The completions to record by line, and what is wrong with the others."""
        by_id = by_external_id(session, {row.external_id for row in rows if row.external_id})
        by_address = by_email(session, {row.email for row in rows if row.email})
        names = by_name(session, {row.name for row in rows if row.name})
        said = {name for row in rows for name in row.courses}
        courses = _courses(session, said | {self.course} - {""})
        found: dict[int, RecordCompletion] = {}
        problems: list[Problem] = []
        for row in rows:
            people = {by_id.get(row.external_id), by_address.get(row.email)} - {None}
            person_id = next(iter(people), None) or names.get(row.name)
            wanted = row.courses or ((self.course,) if self.course else ())
            course_id = next((courses[name] for name in wanted if name in courses), None)
            refused = _refusal(row, len(people), person_id, wanted, course_id, self.today)
            if refused is None and person_id is not None and course_id is not None:
                key = hash((course_id, person_id, row.completed_on.toordinal()))
                first = self.seen.setdefault(key, row.line)
                if first != row.line:
                    reason = f"The same completion is on line {first} already."
                    refused = _problem(row, "", reason)
                else:
                    found[row.line] = RecordCompletion(
                        course_id=course_id,
                        person_id=person_id,
                        completed_on=row.completed_on,
                        score=row.score,
                        score_max=row.score_max,
                        passed=row.passed,
                        source=self.kind.value,
                    )
            if refused is not None:
                problems.append(refused)
        return found, problems


def _refusal(
    row: CompletionLine,
    n_people: int,
    person_id: int | None,
    wanted: Sequence[str],
    course_id: int | None,
    today: date,
) -> Problem | None:
    if n_people > 1:
        return _problem(row, "person", "The id and the mail address belong to two people.")
    if person_id is None:
        who = row.external_id or row.email or row.name
        reason = f"Nobody here is known as “{who}”." if who else "It is not said who this is."
        return _problem(row, "person", reason)
    if not wanted:
        return _problem(row, "course", "Choose the course: the file does not name it.")
    if course_id is None:
        return _problem(row, "course", f"The catalogue has no course “{wanted[0]}”.")
    if row.completed_on > today:
        return _problem(row, "date", "This day lies in the future.")
    return None


def _problem(row: CompletionLine, column: str, reason: str) -> Problem:
    return Problem(line=row.line, column=column, reason=reason)


def _courses(session: Session, names: Iterable[str]) -> dict[str, int]:
    wanted = set(names)
    return courses_by_title(session, wanted) | courses_by_code(session, wanted)
