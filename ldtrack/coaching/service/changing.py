"""A change of coach: one period ends, another follows, and nothing goes over by itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.coaching.domain import ActionState, OpenEngagement
from ldtrack.coaching.domain.handover import ChangeCoach
from ldtrack.coaching.models import CoachingAction, Engagement
from ldtrack.coaching.service.addresses import page_for
from ldtrack.coaching.service.appointments import call_off_all
from ldtrack.coaching.service.engagements import (
    check_opening,
    end_engagement,
    engagement_of_hr,
    open_engagement,
)
from ldtrack.coaching.service.inviting import Sender
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.core.ids import encode
from ldtrack.outbox.service import Mail, post_all
from ldtrack.people.queries import people_named

COACH_CHANGED = "The coach changed."
_TO_LEADER = """Hello {name},

{coach} is your coach from now on. They see nothing yet of your coaching with {before}. What they
see of it, if anything, is your decision alone:

{address}
"""
_TO_COACH = """Hello {name},

you coach {leader} from now on, after {before}. What you see of the coaching before is what
{leader} hands over to you. An agreement is to be written and signed anew:

{address}
"""


def change_coach(
    session: Session,
    actor: Actor,
    engagement_id: int,
    command: ChangeCoach,
    *,
    now: datetime,
    sender: Sender,
) -> int:
    """End the period of one coach and begin that of another. Returns the id of the new one.

    The coach before sees nothing that comes after. Planned sessions are off, and what that coach
    promised and has not done is dropped. The new one sees what the leader hands over. Raises
    `RuleBroken` at `coach_id` or `sessions_agreed`, `Conflict` once the coaching is over.
    """
    one = engagement_of_hr(session, actor, engagement_id)
    if one.ends_on is not None:
        raise Conflict("This coaching has ended. Bring the leader together with a coach anew.")
    if command.coach_id == one.coach_id:
        raise RuleBroken("coach_id", "They are the coach already. Choose another one.")
    opening = OpenEngagement(
        coach_id=command.coach_id,
        person_id=one.person_id,
        starts_on=max(one.starts_on, now.date()),
        sessions_agreed=command.sessions_agreed,
    )
    check_opening(session, opening, now.date())
    call_off_all(session, actor, one, COACH_CHANGED, now=now, sender=sender)
    _drop_promises(session, one, now)
    end_engagement(session, actor, one.id, now=now)
    following = session.get_one(Engagement, open_engagement(session, actor, opening, now=now))
    following.follows_id, following.follows_ended_on = one.id, one.ends_on
    session.flush()
    note(
        session,
        account_id=actor.account_id,
        action="coaching.coach:changed",
        thing="engagement",
        thing_id=following.id,
        person_id=one.person_id,
        happened_at=now,
    )
    _tell(session, one, following, now=now, base_url=sender.base_url)
    return following.id


def _drop_promises(session: Session, one: Engagement, now: datetime) -> None:
    """What the coach promised and has not done, nobody will do any more."""
    for action in session.scalars(
        select(CoachingAction).where(
            CoachingAction.engagement_id == one.id,
            CoachingAction.owner_id == one.coach_id,
            CoachingAction.settled_on.is_(None),
        )
    ).all():
        action.state, action.word = ActionState.DROPPED, COACH_CHANGED
        action.settled_on = now.date()
    session.flush()


def _tell(
    session: Session, one: Engagement, following: Engagement, *, now: datetime, base_url: str
) -> None:
    """Tell the leader and the new coach; nothing of what was talked about."""
    ids = {one.person_id, one.coach_id or 0, following.coach_id or 0}
    people = people_named(session, ids)
    leader, coach = people[one.person_id], people[following.coach_id or 0]
    before = people[one.coach_id or 0].name
    page = {leader.id: f"/coaching/engagements/{encode(following.id)}/handover"}
    mails = [
        Mail(
            to_address=who.email,
            to_name=who.name,
            subject=subject,
            body=words.format(
                name=who.first_name,
                leader=leader.name,
                coach=coach.name,
                before=before,
                address=base_url + page.get(who.id, page_for(who.id, leader.id)),
            ),
        )
        for who, subject, words in (
            (leader, f"Your coach from now on: {coach.name}", _TO_LEADER),
            (coach, f"You coach {leader.name} from now on", _TO_COACH),
        )
        if who.email and who.active
    ]
    post_all(session, mails, due_at=now)
