"""An opening, a placement with its opening, and what policy knows about them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments.domain import PostingState
from ldtrack.assignments.models import Placement, Posting
from ldtrack.core.errors import NotVisible


@dataclass(frozen=True)
class Found:
    """The rows of one placement and of the opening that it is in."""

    placement: Placement
    posting: Posting

    @property
    def answerable(self) -> frozenset[int]:
        """The people who answer for the opening."""
        return answerable_for(self.posting)

    def facts(self, actor: Actor) -> Facts:
        """The facts, with the actor as the one who answers if they are one of the two."""
        answers = actor.person_id in self.answerable
        return Facts(
            organisation_id=self.placement.organisation_id,
            person_id=self.placement.person_id,
            author_id=self.placement.peer_id,
            owner_id=actor.person_id if answers else self.posting.owner_id,
        )


def placement_to(session: Session, actor: Actor, placement_id: int, action: Action) -> Found:
    """The placement, if the actor may do this with it.

    Who sees it but may not is told so; for everybody else it does not exist.
    """
    row = session.execute(
        select(Placement, Posting)
        .join(Posting, Posting.id == Placement.posting_id)
        .where(Placement.id == placement_id)
    ).first()
    if row is None:
        raise NotVisible
    found = Found(row[0], row[1])
    facts = found.facts(actor)
    if policy.permits(actor, Action.READ_PLACEMENT, facts):
        policy.require(actor, action, facts)
    else:
        policy.require_visible(actor, action, facts)
    return found


def posting_to(session: Session, actor: Actor, posting_id: int, action: Action) -> Posting:
    """The opening, if the actor may do this with it.

    Who sees it but may not is told so; for everybody else it does not exist.
    """
    posting = session.get(Posting, posting_id)
    if posting is None:
        raise NotVisible
    facts = facts_of(posting, actor)
    policy.require_visible(actor, Action.READ_POSTING, facts)
    policy.require(actor, action, facts)
    return posting


def facts_of(posting: Posting, actor: Actor) -> Facts:
    """The facts, with the actor as the one who answers if they are one of the two."""
    answers = actor.person_id in answerable_for(posting)
    return Facts(
        organisation_id=posting.organisation_id,
        author_id=posting.author_id,
        owner_id=actor.person_id if answers else posting.owner_id,
        shared=posting.state is not PostingState.DRAFT,
        released=posting.state.is_public,
    )


def answerable_for(posting: Posting) -> frozenset[int]:
    """The people who answer for an opening: business owner and sponsor."""
    both = (posting.owner_id, posting.sponsor_id)
    return frozenset(person_id for person_id in both if person_id is not None)
