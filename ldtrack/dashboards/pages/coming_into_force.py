"""What putting an edition in force would do besides levels, and what goes on naming the old one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import postings_for
from ldtrack.coaching.queries import milestones_for
from ldtrack.competencies.domain import Crosswalk, FrameworkRow, VersionState, profile_moves
from ldtrack.competencies.queries import (
    competencies_of,
    crosswalk,
    editions_to_walk,
    profiles_of_editions,
)
from ldtrack.courses.queries import courses_for
from ldtrack.dashboards.pages.words import Target
from ldtrack.feedback.queries.naming import questionnaires_by
from ldtrack.pathways.domain import StepPlace
from ldtrack.pathways.queries import places_naming

MOST_NAMED = 8
"""Things named of a kind; the others are counted."""


@dataclass(frozen=True, kw_only=True)
class RoleMove:
    """A role and what it would ask for besides, each competency with its level."""

    name: str
    is_new: bool
    added: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class StillThere:
    """Things of one kind that name the earlier edition, what that means, and the first of them."""

    what: str
    many: str
    count: int
    meaning: str
    named: tuple[tuple[str, Target], ...] = ()

    @property
    def n_more(self) -> int:
        """How many are not named."""
        return self.count - len(self.named)


@dataclass(frozen=True, kw_only=True)
class ComingPage:
    """The act with all its consequences; after it, what is left to be changed by hand."""

    before: FrameworkRow
    after: FrameworkRow
    walk: Crosswalk
    n_open: int
    roles: tuple[RoleMove, ...]
    still: tuple[StillThere, ...]

    @property
    def hindrance(self) -> str:
        """Why it cannot be put in force yet; '' if it can."""
        if self.n_open:
            return "Decide first what becomes of every competency."
        if self.walk.levels is None:
            return "Say first how levels are read: the scales differ."
        if self.after.state is VersionState.DRAFT:
            return f"Publish {self.after.version} first; a draft counts for nobody."
        return ""


def coming_page(
    session: Session, actor: Actor, before_id: int, after_id: int, today: date
) -> ComingPage:
    """The page, else `NotVisible`."""
    before, after = editions_to_walk(session, actor, before_id, after_id)
    walk = crosswalk(session, before, after)
    both = competencies_of(session, {before_id, after_id})
    old, new = both[before_id], both[after_id]
    names = {row.id: row.name for row in (*old, *new)}
    old_ids = [row.id for row in old]
    n_open = len(walk.open_before(old_ids)) + len(walk.open_after(row.id for row in new))
    return ComingPage(
        before=before,
        after=after,
        walk=walk,
        n_open=n_open,
        roles=tuple(_roles(session, walk, names)),
        still=tuple(each for each in _still(session, before, old_ids, today) if each.count),
    )


def _roles(session: Session, walk: Crosswalk, names: dict[int, str]) -> Iterator[RoleMove]:
    if walk.levels is None:
        return
    profiles = profiles_of_editions(session, {walk.before_id, walk.after_id})
    written = profiles.get(walk.after_id, [])
    for move in profile_moves(walk, profiles.get(walk.before_id, []), written):
        yield RoleMove(
            name=move.name,
            is_new=move.profile_id is None,
            added=tuple((names[id_], level) for id_, level in move.added.items()),
        )


def _still(
    session: Session, before: FrameworkRow, ids: list[int], today: date
) -> Iterator[StillThere]:
    counts_there = "What they leave behind goes on to count, with a little less weight."
    courses = {
        row.id: (row.title, _to("courses.change_course", course_id=row.id))
        for found in courses_for(session, ids).values()
        for row in found
    }
    yield _kind("course", "courses", counts_there, list(courses.values()))
    openings = {
        row.id: (row.title, _to("assignments.change_posting", posting_id=row.id))
        for found in postings_for(session, ids, today=today).values()
        for row in found
    }
    yield _kind("open posting", "open postings", counts_there, list(openings.values()))
    stages, steps = places_naming(session, ids)
    yield _kind(
        "stage with a level to be shown",
        "stages with a level to be shown",
        "It is met by the level of what the competency became, in every part of it.",
        [_place(each) for each in stages],
    )
    yield _kind("pathway step", "pathway steps", counts_there, [_place(each) for each in steps])
    yield _kind(
        "questionnaire",
        "questionnaires",
        "Ratings by it count for what the competencies became.",
        [
            (title, _to("feedback.questionnaire", questionnaire_id=id_))
            for id_, title in questionnaires_by(session, before.framework_version_id)
        ],
    )
    milestones = sum(milestones_for(session, ids).values())
    yield StillThere(what="milestone", many="milestones", count=milestones, meaning=counts_there)


def _kind(what: str, many: str, meaning: str, found: list[tuple[str, Target]]) -> StillThere:
    return StillThere(
        what=what, many=many, count=len(found), meaning=meaning, named=tuple(found[:MOST_NAMED])
    )


def _place(place: StepPlace) -> tuple[str, Target]:
    return f"{place.step} ({place.pathway})", _to("pathways.version", version_id=place.version_id)


def _to(endpoint: str, **values: int) -> Target:
    return Target(endpoint=endpoint, values=dict(values))
