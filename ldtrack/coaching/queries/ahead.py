"""What coaching holds ahead for a leader: the next session and what they promised until then."""

from __future__ import annotations

from sqlalchemy import and_, func, literal, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import ActionAhead, CoachingAhead
from ldtrack.coaching.models import CoachingAction, Engagement
from ldtrack.coaching.queries.caseload import next_session_on
from ldtrack.coaching.queries.counted import sessions_held
from ldtrack.coaching.queries.engagements import readable
from ldtrack.coaching.queries.holding import agreed_words, words_of
from ldtrack.coaching.queries.proposals import n_to_answer


def ahead_of(session: Session, actor: Actor, person_id: int) -> CoachingAhead:
    """What the person's latest running coaching that the actor takes part in holds ahead.

    A planned session that was not logged yet stays the next one. Without such coaching nothing is
    ahead; what was agreed for the sponsor is told all the same. One statement.
    """
    # There is a row for the agreement even where no coaching runs.
    always = select(literal(1).label("one")).subquery()
    running = and_(Engagement.person_id == person_id, Engagement.ends_on.is_(None), readable(actor))
    promised = and_(
        CoachingAction.engagement_id == Engagement.id,
        CoachingAction.owner_id == Engagement.person_id,
        CoachingAction.settled_on.is_(None),
    )
    rows = session.execute(
        select(
            Engagement,
            next_session_on(),
            sessions_held(),
            func.coalesce(CoachingAction.id, 0),
            CoachingAction.text,
            CoachingAction.due_on,
            n_to_answer(actor),
            agreed_words(person_id).scalar_subquery(),
        )
        .select_from(always)
        .outerjoin(Engagement, running)
        .outerjoin(CoachingAction, promised)
        .order_by(
            Engagement.starts_on.desc(),
            Engagement.id,
            CoachingAction.due_on.is_(None),
            CoachingAction.due_on,
            CoachingAction.id,
        )
    ).all()
    latest, next_on, n_held, *_, n_asked, agreed = rows[0]
    return CoachingAhead(
        next_on=next_on if latest is None or n_held else latest.first_on,
        actions=tuple(
            ActionAhead(id=action_id, text=text, due_on=due_on)
            for one, _, _, action_id, text, due_on, *_ in rows
            # No action, no id: ids begin at 1.
            if action_id and one is latest
        ),
        n_to_answer=n_asked,
        sponsor_sees=words_of(agreed),
    )
