"""What putting an edition in force would do besides levels, and what goes on naming the old one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.domain import Crosswalk, FrameworkRow, VersionState, profile_moves
from ldtrack.competencies.queries import (
    competencies_of,
    crosswalk,
    editions_to_walk,
    profiles_of_editions,
)
from ldtrack.dashboards.pages.naming_edition import Meanings, StillThere, things_naming

WHILE_IT_IS_READ_ALONG = Meanings(
    evidence="What they leave behind goes on to count, with a little less weight.",
    gates="It is met by the level of what the competency became, in every part of it.",
    ratings="Ratings by it count for what the competencies became.",
)
"""What becomes of what names the earlier edition while its crosswalk is in force."""


@dataclass(frozen=True, kw_only=True)
class RoleMove:
    """A role and what it would ask for besides, each competency with its level."""

    name: str
    is_new: bool
    added: tuple[tuple[str, int], ...]


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
        still=things_naming(session, before, old_ids, today, WHILE_IT_IS_READ_ALONG),
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
