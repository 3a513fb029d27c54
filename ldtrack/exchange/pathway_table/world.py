"""What the words of a pathway's table mean in the organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import postings
from ldtrack.competencies.domain import CompetencyRow
from ldtrack.courses.queries import courses_by_code, courses_by_title
from ldtrack.exchange.competencies_named import EditionNamed, Editions, editions_named, same
from ldtrack.exchange.pathway_table.lines import PATHWAY, TableLine
from ldtrack.pathways.domain import Plan
from ldtrack.pathways.queries import catalogue, newest_version, pathway


@dataclass(frozen=True, kw_only=True)
class World:
    """Courses and openings by the words of the file, the edition, and the pathway as it is here."""

    edition: EditionNamed | None
    courses: dict[str, int]
    openings: dict[str, set[int]]
    here: Plan | None

    def competency(self, line: TableLine) -> CompetencyRow | None:
        """The competency that a row names; a word that means none is a problem of the row."""
        word = line.competency_id or line.competency
        if not word or self.edition is None:
            return None
        row = self.edition.competency(word)
        if row is None:
            column = "competency_id" if line.competency_id else "competency"
            title = self.edition.framework.title
            line.reader.complain(column, f"{title} has no competency “{word[:60]}”.")
        return row

    def level(self, line: TableLine) -> int | None:
        """The level that a row names, likewise."""
        if not line.level or self.edition is None:
            return None
        try:
            return self.edition.level(line.level)
        except ValueError as error:
            line.reader.complain("level", str(error))
            return None

    def course(self, line: TableLine) -> int | None:
        """The course, likewise."""
        if not line.course:
            return None
        found = self.courses.get(line.course)
        if found is None:
            reason = f"The catalogue has no one course with the code or title “{line.course[:60]}”."
            line.reader.complain("course", reason)
        return found

    def opening(self, line: TableLine) -> int | None:
        """The opening, likewise."""
        if not line.opening:
            return None
        found = self.openings[line.opening]
        if len(found) != 1:
            reason = f"There is no one opening with the title “{line.opening[:60]}”."
            line.reader.complain("opening", reason)
            return None
        return min(found)


def world_of(session: Session, actor: Actor, lines: Iterable[TableLine]) -> World:
    """All that the rows can mean."""
    rows = list(lines)
    about = next((line for line in rows if line.kind == PATHWAY), None)
    here = _here(session, actor, about.title if about else "")
    built_on = {here.framework_version_id} if here else set()
    editions = editions_named(session, also=built_on)
    named = {line.course for line in rows if line.course}
    return World(
        edition=_edition(editions, about, here) if about else None,
        courses=courses_by_title(session, named) | courses_by_code(session, named),
        openings={
            line.opening: _openings(session, actor, line.opening) for line in rows if line.opening
        },
        here=here,
    )


def _edition(editions: Editions, about: TableLine, here: Plan | None) -> EditionNamed | None:
    """The edition that the file names; a pathway that is here keeps its own."""
    own = editions.of(here.framework_version_id) if here else None
    if own is not None and _means(own, about):
        return own
    try:
        found = editions.find(about.framework, about.edition)
    except ValueError as error:
        about.reader.complain("framework", str(error))
        return None
    if own is not None:
        reason = f"The pathway here is built on {own.framework.title}, {own.framework.version}."
        about.reader.complain("framework", reason)
    return found


def _means(own: EditionNamed, about: TableLine) -> bool:
    row = own.framework
    is_it = row.key == about.framework or same(row.title, about.framework)
    return (not about.framework or is_it) and about.edition in ("", row.version)


def _here(session: Session, actor: Actor, title: str) -> Plan | None:
    """The draft of the pathway of that title, else its published version."""
    row = next((one for one in catalogue(session, actor) if one.title == title), None)
    version_id = newest_version(session, row.id) if row else None
    return pathway(session, actor, version_id) if version_id else None


def _openings(session: Session, actor: Actor, title: str) -> set[int]:
    found, _ = postings(session, actor, search=title)
    return {row.id for row in found if same(row.title, title)}
