"""Bringing the catalogue in: a course is known by its code, and what a file leaves out stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies.domain import CompetencyRow
from ldtrack.competencies.queries import competencies_named
from ldtrack.courses.domain import AddCourse, CourseRow
from ldtrack.courses.queries import courses_by_code, courses_named
from ldtrack.courses.service import add_course, change_course
from ldtrack.exchange.competencies_named import Editions, editions_named, same
from ldtrack.exchange.courses_csv import CourseLine, parse_courses
from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.report import Report, report_of
from ldtrack.people.queries import by_email, by_external_id, by_name, names_of


@dataclass(frozen=True, kw_only=True)
class CourseSaid:
    """A course as a file would have it; `here` is what stands in the catalogue."""

    command: AddCourse
    here: CourseRow | None

    @property
    def is_same(self) -> bool:
        """Whether nothing would change."""
        return self.here is not None and _key(self.command) == _key(_as_it_is(self.here))


def import_courses(
    session: Session,
    actor: Actor,
    raw: bytes,
    *,
    now: datetime,
    skip_bad: bool = False,
    limits: Limits = BROWSER,
) -> Report:
    """Store the courses of a file, all or, unless `skip_bad`, none; again it changes nothing."""
    report, courses = look_at_courses(session, actor, raw, limits=limits)
    if not courses or (report.problems and not skip_bad):
        return report
    for said in courses:
        if said.here is None:
            add_course(session, actor, said.command, now=now)
        elif not said.is_same:
            change_course(session, actor, said.here.id, said.command, now=now)
    return replace(report, stored=True)


def look_at_courses(
    session: Session, actor: Actor, raw: bytes, *, limits: Limits = BROWSER
) -> tuple[Report, list[CourseSaid]]:
    """What the file would do, and its good courses; nothing is stored."""
    policy.require(actor, Action.WRITE_COURSE, Facts(organisation_id=actor.organisation_id))
    lines, problems = parse_courses(raw, limits=limits)
    reading = _Reading(session, actor, lines)
    good = [said for line in lines if (said := reading.course(line)) is not None]
    problems += [problem for line in lines for problem in line.reader.problems]
    return report_of(good, problems), good


class _Reading:
    """What a file's words mean here."""

    def __init__(self, session: Session, actor: Actor, lines: Sequence[CourseLine]) -> None:
        codes = courses_by_code(session, [line.code for line in lines])
        known = courses_named(session, codes.values(), actor)
        rows = {id_: row for id_, row in known.items() if row.archived_on is None}
        self.archived = known.keys() - rows.keys()
        self.here = {code: rows.get(id_) for code, id_ in codes.items()}
        self.ids = codes
        self.developed: Mapping[int, CompetencyRow] = competencies_named(
            session, {one.competency_id for row in rows.values() for one in row.develops}
        )
        linked = {row.framework_version_id for row in self.developed.values()}
        self.editions: Editions = editions_named(session, also=linked)
        owners = [line.owner for line in lines if line.owner]
        self.people = (
            by_name(session, owners) | by_email(session, owners) | by_external_id(session, owners)
        )
        self.owners = names_of(session, [row.owner_id for row in rows.values()])

    def course(self, line: CourseLine) -> CourseSaid | None:
        """The course that a line says, or nothing if the line is bad."""
        here = self.here.get(line.code)
        if self.ids.get(line.code) in self.archived:
            line.reader.complain("code", "This course is archived. Put it back first.")
        develops = self._develops(line, here)
        owner_id = self._owner(line, here)
        if line.reader.problems:
            return None
        before = _as_it_is(here) if here else AddCourse(code=line.code, title=line.title)
        has = line.reader.has
        costs = has("cost") or has("currency")
        command = AddCourse(
            code=before.code,
            title=line.title,
            format=line.format if has("format") else before.format,
            provider=line.provider if has("provider") else before.provider,
            mode=line.mode if has("how_it_is_held") else before.mode,
            hours=line.hours if has("hours") else before.hours,
            valid_months=line.valid_months if has("valid_months") else before.valid_months,
            cost_cents=line.cost_cents if costs else before.cost_cents,
            currency=line.currency if costs else before.currency,
            owner_id=owner_id if has("owner") else before.owner_id,
            description=line.description if has("description") else before.description,
            develops=develops if has("develops") else before.develops,
        )
        return CourseSaid(command=command, here=here)

    def _owner(self, line: CourseLine, here: CourseRow | None) -> int | None:
        if not line.owner:
            return None
        # A name that several people share goes out, too, and means whom it meant.
        if here is not None and self.owners.get(here.owner_id) == line.owner:
            return here.owner_id
        found = self.people.get(line.owner)
        if found is None:
            line.reader.complain("owner", "Nobody here has this mail address, id or name.")
        return found

    def _develops(self, line: CourseLine, here: CourseRow | None) -> tuple[tuple[int, int], ...]:
        found: dict[int, int] = {}
        for word, level_word in line.develops:
            row = self._competency(word, here, found)
            if row is None:
                line.reader.complain("develops", self._unknown(word))
                continue
            edition = self.editions.of(row.framework_version_id)
            try:
                found[row.id] = edition.level(level_word)
            except ValueError as error:
                line.reader.complain("develops", str(error))
        return tuple(found.items())

    def _competency(
        self, word: str, here: CourseRow | None, found: Mapping[int, int]
    ) -> CompetencyRow | None:
        """What the course develops already comes first; then what only one framework has."""
        linked = [self.developed[one.competency_id] for one in here.develops] if here else []
        for row in linked:
            if row.id not in found and (row.key == word or same(row.name, word)):
                return row
        by_framework: dict[int, CompetencyRow] = {}
        for edition in self.editions.published:
            named = edition.competency(word)
            if named is not None:
                by_framework.setdefault(edition.framework.framework_id, named)
        others = [row for row in by_framework.values() if row.id not in found]
        return others[0] if len(by_framework) == 1 and others else None

    def _unknown(self, word: str) -> str:
        several = [
            one.framework.key for one in self.editions.published if one.competency(word) is not None
        ]
        if len(set(several)) > 1:
            return f"Several frameworks have “{word[:60]}”; link it on the competency map."
        if several:
            return f"“{word[:60]}” stands here twice."
        return f"No published framework has a competency “{word[:60]}”."


def _as_it_is(row: CourseRow) -> AddCourse:
    return AddCourse(
        code=row.code,
        title=row.title,
        format=row.format,
        provider=row.provider,
        mode=row.mode,
        hours=row.hours,
        valid_months=row.valid_months,
        cost_cents=row.cost.cents if row.cost else None,
        currency=row.cost.currency if row.cost else "",
        owner_id=row.owner_id,
        description=row.description,
        develops=tuple((one.competency_id, one.level) for one in row.develops),
    )


def _key(command: AddCourse) -> tuple[object, ...]:
    """What makes a course what it is, whatever the order of what it develops."""
    return (
        command.title,
        command.format,
        command.provider,
        command.mode,
        command.hours,
        command.valid_months,
        command.cost_cents,
        command.currency,
        command.owner_id,
        command.description,
        frozenset(command.develops),
    )
