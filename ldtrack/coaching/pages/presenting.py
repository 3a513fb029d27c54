"""What a coach reads of themselves as a coach: their own words, and what HR keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching import queries
from ldtrack.coaching.domain.coaches import Standing, WriteCoach, standing
from ldtrack.competencies.queries import competencies_on_offer
from ldtrack.ui.fields import Option


@dataclass(frozen=True, kw_only=True)
class PresentingPage:
    """One coach as they describe themselves; `best_at` by the ids of competencies."""

    known: WriteCoach
    standing: Standing
    n_running: int
    best_at: tuple[int, ...]
    options: tuple[Option, ...]

    @property
    def is_full(self) -> bool:
        """Whether every place is taken."""
        return self.known.places is not None and self.n_running >= self.known.places


def presenting_page(session: Session, actor: Actor, today: date) -> PresentingPage:
    """The actor as a coach."""
    facts = Facts(organisation_id=actor.organisation_id, person_id=actor.person_id)
    policy.require(actor, Action.PRESENT_ONESELF, facts)
    known, n_running = queries.described_as(session, actor.person_id or 0)
    best_at = queries.own_strengths(session, actor)
    offered = competencies_on_offer(session, best_at)
    return PresentingPage(
        known=known,
        standing=standing(known.expires_on, today),
        n_running=n_running,
        best_at=tuple(best_at),
        options=tuple(Option(id=row.id, label=row.name, group=head) for row, head in offered),
    )
