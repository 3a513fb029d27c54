"""What taking an edition out of force would do besides levels, and what names it meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.domain import Crosswalk, FrameworkRow
from ldtrack.competencies.queries import competencies, crossings, editions_to_walk
from ldtrack.dashboards.pages.naming_edition import Meanings, StillThere, things_naming
from ldtrack.evidence.queries import how_much_observed


@dataclass(frozen=True, kw_only=True)
class GoingOutPage:
    """The act with all its consequences."""

    before: FrameworkRow
    after: FrameworkRow
    walk: Crosswalk | None
    """None if it is not in force."""
    onward: Crosswalk | None
    """The crosswalk in force by which the later edition went on, which has to go first."""
    n_pieces: int
    n_people: int
    """How much was observed of the later edition, of how many people."""
    naming: tuple[StillThere, ...]

    @property
    def may_go(self) -> bool:
        """Whether it can be taken out of force."""
        return self.walk is not None and self.onward is None


def going_out_page(
    session: Session, actor: Actor, before_id: int, after_id: int, today: date
) -> GoingOutPage:
    """The page, else `NotVisible`."""
    before, after = editions_to_walk(session, actor, before_id, after_id)
    in_force = crossings(session).all
    walk = next((w for w in in_force if (w.before_id, w.after_id) == (before_id, after_id)), None)
    new_ids = [row.id for row in competencies(session, after_id)]
    n_pieces, n_people = how_much_observed(session, new_ids)
    return GoingOutPage(
        before=before,
        after=after,
        walk=walk,
        onward=next((w for w in in_force if w.before_id == after_id), None),
        n_pieces=n_pieces,
        n_people=n_people,
        naming=things_naming(session, after, new_ids, today, _alone(after.version)),
    )


def _alone(edition: str) -> Meanings:
    return Meanings(
        evidence=f"What they leave behind counts for {edition} alone.",
        gates=f"It is met by what was observed of {edition} alone.",
        ratings=f"Ratings by it count for {edition} alone.",
    )
