"""What names an edition of a framework, and what becomes of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.assignments.queries import openings_for
from ldtrack.coaching.queries import milestones_for
from ldtrack.competencies.domain import FrameworkRow
from ldtrack.courses.queries import courses_pitched
from ldtrack.dashboards.pages.words import Target
from ldtrack.feedback.queries.naming import questionnaires_by
from ldtrack.pathways.domain import StepPlace
from ldtrack.pathways.queries import places_naming

MOST_NAMED = 8
"""Things named of a kind; the others are counted."""


@dataclass(frozen=True, kw_only=True)
class Meanings:
    """What it means, said of what leaves evidence behind, of gates and of questionnaires."""

    evidence: str
    gates: str
    ratings: str


@dataclass(frozen=True, kw_only=True)
class StillThere:
    """Things of one kind that name the edition, what that means, and the first of them."""

    what: str
    many: str
    count: int
    meaning: str
    named: tuple[tuple[str, Target], ...] = ()

    @property
    def n_more(self) -> int:
        """How many are not named."""
        return self.count - len(self.named)


def things_naming(
    session: Session, edition: FrameworkRow, ids: list[int], today: date, meanings: Meanings
) -> tuple[StillThere, ...]:
    """Everything that names the edition, whose competencies have these ids."""
    found = _kinds(session, edition, ids, today, meanings)
    return tuple(each for each in found if each.count)


def _kinds(
    session: Session, edition: FrameworkRow, ids: list[int], today: date, meanings: Meanings
) -> Iterator[StillThere]:
    courses = {
        row.id: (row.title, _to("courses.change_course", course_id=row.id))
        for row in courses_pitched(session, ids)
    }
    yield _kind("course", "courses", meanings.evidence, list(courses.values()))
    openings = {
        row.id: (row.title, _to("assignments.change_posting", posting_id=row.id))
        for row in openings_for(session, ids, today)
    }
    yield _kind("open posting", "open postings", meanings.evidence, list(openings.values()))
    stages, steps = places_naming(session, ids)
    yield _kind(
        "stage with a level to be shown",
        "stages with a level to be shown",
        meanings.gates,
        [_place(each) for each in stages],
    )
    yield _kind(
        "pathway step", "pathway steps", meanings.evidence, [_place(each) for each in steps]
    )
    yield _kind(
        "questionnaire",
        "questionnaires",
        meanings.ratings,
        [
            (title, _to("feedback.questionnaire", questionnaire_id=id_))
            for id_, title in questionnaires_by(session, edition.framework_version_id)
        ],
    )
    milestones = sum(milestones_for(session, ids).values())
    yield StillThere(
        what="milestone", many="milestones", count=milestones, meaning=meanings.evidence
    )


def _kind(what: str, many: str, meaning: str, found: list[tuple[str, Target]]) -> StillThere:
    return StillThere(
        what=what, many=many, count=len(found), meaning=meaning, named=tuple(found[:MOST_NAMED])
    )


def _place(place: StepPlace) -> tuple[str, Target]:
    return f"{place.step} ({place.pathway})", _to("pathways.version", version_id=place.version_id)


def _to(endpoint: str, **values: int) -> Target:
    return Target(endpoint=endpoint, values=dict(values))
