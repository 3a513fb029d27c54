"""What coaches say of themselves, and with whom somebody does not want coaching."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain.coaches import MOST_BEST_AT, PresentOneself
from ldtrack.coaching.models import CoachConflict, CoachProfile, CoachStrength
from ldtrack.competencies.queries import competencies_named
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.queries import by_name, gone, known_as


def present_oneself(session: Session, actor: Actor, command: PresentOneself) -> None:
    """Keep what a coach says of themselves; places and accreditation are HR's to say."""
    facts = Facts(organisation_id=actor.organisation_id, person_id=actor.person_id)
    policy.require(actor, Action.PRESENT_ONESELF, facts)
    if len(command.best_at) > MOST_BEST_AT:
        raise RuleBroken("best_at", f"Choose {MOST_BEST_AT} at most, so that they tell something.")
    if set(command.best_at) - competencies_named(session, command.best_at).keys():
        raise NotVisible
    own = CoachProfile.person_id == actor.person_id
    row = session.scalar(select(CoachProfile).where(own))
    if row is None:
        row = CoachProfile(person_id=actor.person_id)
        session.add(row)
    row.languages, row.about = command.languages, command.about
    session.execute(delete(CoachStrength).where(CoachStrength.person_id == actor.person_id))
    session.add_all(
        CoachStrength(person_id=actor.person_id, competency_id=one) for one in command.best_at
    )
    session.flush()


def keep_apart(session: Session, actor: Actor, typed: str, *, now: datetime) -> None:
    """Say that one does not want coaching with somebody, by their name or address.

    No reason is asked for, and nothing is noted in the log, where others could read it.
    """
    facts = Facts(organisation_id=actor.organisation_id, author_id=actor.person_id)
    policy.require(actor, Action.KEEP_APART, facts)
    about = known_as(session, typed) or by_name(session, [typed]).get(typed)
    if about is None or gone(session, [about]):
        raise RuleBroken("who", "There is nobody here with this name or mail address.")
    if about == actor.person_id:
        raise RuleBroken("who", "That is yourself.")
    said = select(CoachConflict.id).where(
        CoachConflict.said_by_id == actor.person_id, CoachConflict.about_id == about
    )
    if session.scalar(said) is None:
        row = CoachConflict(said_by_id=actor.person_id, about_id=about, said_on=now.date())
        session.add(row)
        session.flush()


def no_longer_apart(session: Session, actor: Actor, conflict_id: int) -> None:
    """Take it back."""
    row = session.get(CoachConflict, conflict_id)
    if row is None:
        raise NotVisible
    facts = Facts(organisation_id=actor.organisation_id, author_id=row.said_by_id)
    policy.require_visible(actor, Action.KEEP_APART, facts)
    session.delete(row)
    session.flush()
