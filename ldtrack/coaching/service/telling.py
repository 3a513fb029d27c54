"""The mails about proposed milestones; they say that there is something to read, not what."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.models import Engagement
from ldtrack.coaching.service.addresses import page_for
from ldtrack.outbox.service import Mail, post_all
from ldtrack.people.queries import people_named


class Told(StrEnum):
    """What happened to a proposal."""

    PROPOSED = "proposed"
    CHANGED = "changed"
    AGREED = "agreed"
    DECLINED = "declined"


_SUBJECTS = {
    Told.PROPOSED: "A milestone is proposed to you",
    Told.CHANGED: "A milestone came back, changed",
    Told.AGREED: "A milestone is agreed",
    Told.DECLINED: "A milestone was declined",
}
_SAID = {
    Told.PROPOSED: "{who} proposes a milestone. Before you agree you see what evidence it would "
    "leave; you can also change it or decline it.",
    Told.CHANGED: "{who} would rather have a milestone otherwise and sends it back to you. You can "
    "agree, change it or decline it.",
    Told.AGREED: "{who} agreed to a milestone that you proposed. It counts from now on.",
    Told.DECLINED: "{who} declined a milestone that you proposed. The reason is on your "
    "coaching page.",
}


def tell_the_other(
    session: Session,
    actor: Actor,
    one: Engagement,
    told: Told,
    now: datetime,
    base_url: str,
) -> None:
    """Mail the one of the two who did not act; nothing of what the milestone says."""
    people = people_named(session, {one.person_id, one.coach_id or 0})
    acted = people.get(actor.person_id or 0)
    mails = [
        Mail(
            to_address=who.email,
            to_name=who.name,
            subject=_SUBJECTS[told],
            body=f"Hello {who.first_name},\n\n"
            f"{_SAID[told].format(who=acted.name if acted else 'The other one')}\n\n"
            f"{base_url}{page_for(who.id, one.person_id)}\n",
        )
        for who in people.values()
        if who.id != actor.person_id and who.email and who.active
    ]
    post_all(session, mails, due_at=now)
