"""Who stands behind a link to look back, as long as everything that the link rests on holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import Asking, is_over
from ldtrack.assignments.models import Placement, Posting
from ldtrack.core.errors import NotVisible
from ldtrack.db.session import EVERYWHERE, enter_organisation
from ldtrack.people.queries import here, people_named


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Whoever was sent the link, with what they may do by it: about one placement alone."""

    actor: Actor
    placement_id: int
    answers: bool
    today: date


def linked(session: Session, asking: Asking | None, now: datetime) -> Linked:
    """Who was asked, else `NotVisible`; enters the organisation, which is not known before.

    It is gone when its last day is over, and for whoever has no part in the placement any more.
    """
    row = None
    if asking is not None:
        row = session.execute(
            select(Placement, Posting)
            .join(Posting, Posting.id == Placement.posting_id)
            .where(Placement.id == asking.placement_id),
            execution_options=EVERYWHERE,
        ).first()
    if asking is None or row is None:
        raise NotVisible
    placement, posting = row
    enter_organisation(session, placement.organisation_id)
    today = here(session, now).date()
    answers = asking.person_id in (posting.owner_id, posting.sponsor_id)
    has_part = answers or asking.person_id == placement.peer_id
    holds = today <= asking.until and is_over(placement.state, placement.ends_on, today)
    if not (has_part and holds) or asking.person_id == placement.person_id:
        raise NotVisible
    named = people_named(session, [asking.person_id])
    if asking.person_id not in named:
        raise NotVisible
    return Linked(
        actor=Actor(
            organisation_id=placement.organisation_id,
            person_id=asking.person_id,
            name=named[asking.person_id].name,
        ),
        placement_id=placement.id,
        answers=answers,
        today=today,
    )
