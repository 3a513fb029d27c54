"""What an organisation asks of raters at most, and from how many on it shows what they said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import RuleBroken
from ldtrack.people.domain import LARGEST_BUDGET, LARGEST_FLOOR, SMALLEST_FLOOR
from ldtrack.people.models import Organisation


def set_rater_limits(
    session: Session, actor: Actor, *, floor: int, budget: int, now: datetime
) -> None:
    """Set the fewest raters behind any number, and how often anybody is asked in a quarter."""
    policy.require(actor, Action.WRITE_CYCLE, Facts(organisation_id=actor.organisation_id))
    if not SMALLEST_FLOOR <= floor <= LARGEST_FLOOR:
        raise RuleBroken("floor", f"Choose from {SMALLEST_FLOOR} to {LARGEST_FLOOR}.")
    if not 1 <= budget <= LARGEST_BUDGET:
        raise RuleBroken("budget", f"Choose from 1 to {LARGEST_BUDGET}.")
    organisation = session.get_one(Organisation, actor.organisation_id)
    if floor < organisation.rater_floor:
        raise RuleBroken(
            "floor", f"It is {organisation.rater_floor}; it can be raised, but never lowered again."
        )
    organisation.rater_floor, organisation.rater_budget = floor, budget
    session.flush()
    note(
        session,
        account_id=actor.account_id,
        action="people.organisation:set_rater_limits",
        thing="organisation",
        thing_id=organisation.id,
        happened_at=now,
    )
