"""Milestones that a pathway asks for, put into the coaching of whoever walks it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from ldtrack.coaching.domain import MilestoneState, SetMilestone
from ldtrack.coaching.models import Engagement, Milestone
from ldtrack.db.parts import MANY, in_parts
from ldtrack.db.session import organisation_of


def plan_designed(session: Session, wanted: Mapping[int, Sequence[SetMilestone]]) -> dict[int, int]:
    """Plan the milestones of pathway steps, given by person. Returns how many are new for whom.

    Each step has one milestone for each person, whatever became of it, so saying it twice changes
    nothing. For somebody without a running engagement nothing is planned yet. The caller checked
    that the actor may put these people on the pathway, and that levels are of the competency's
    scale. Statements do not grow with the people.
    """
    people = [person_id for person_id, commands in wanted.items() if commands]
    coached = _engagements(session, people)
    here = _planned(session, coached)
    new = {
        person_id: [each for each in wanted[person_id] if (person_id, each.step_id) not in here]
        for person_id in coached
    }
    rows = [
        {
            "organisation_id": organisation_of(session),
            "engagement_id": engagement_id,
            "person_id": person_id,
            "competency_id": command.competency_id,
            "title": command.title,
            "level": command.level,
            "due_on": command.due_on,
            "step_id": command.step_id,
            "state": MilestoneState.PLANNED,
        }
        for person_id, engagement_id in coached.items()
        for command in new[person_id]
    ]
    if rows:
        session.execute(insert(Milestone), rows)
    return {person_id: len(commands) for person_id, commands in new.items() if commands}


def date_designed(session: Session, days: Mapping[tuple[int, int], date]) -> None:
    """Give planned milestones that have no due day the one that their step has by now.

    `days` by person and step. A day that coach and leader agreed on stays.
    """
    for (person_id, step_id), due_on in days.items():
        session.execute(
            update(Milestone)
            .where(
                Milestone.person_id == person_id,
                Milestone.step_id == step_id,
                Milestone.state == MilestoneState.PLANNED,
                Milestone.due_on.is_(None),
            )
            .values(due_on=due_on)
        )


def _engagements(session: Session, people: Collection[int]) -> dict[int, int]:
    """The engagement that each person is in; the latest begun, if several."""
    running = (
        select(Engagement.person_id, Engagement.id)
        .where(Engagement.ends_on.is_(None))
        .order_by(Engagement.starts_on, Engagement.id.desc())
    )
    if len(people) > MANY:
        wanted = set(people)
        return {each: found for each, found in session.execute(running) if each in wanted}
    coached: dict[int, int] = {}
    for part in in_parts(people):
        coached.update(session.execute(running.where(Engagement.person_id.in_(part))).all())
    return coached


def _planned(session: Session, people: Collection[int]) -> set[tuple[int, int | None]]:
    """Person and step of the milestones that are there."""
    here = select(Milestone.person_id, Milestone.step_id).where(Milestone.step_id.is_not(None))
    if len(people) > MANY:
        return {(person_id, step_id) for person_id, step_id in session.execute(here)}
    found: set[tuple[int, int | None]] = set()
    for part in in_parts(people):
        found.update(
            (person_id, step_id)
            for person_id, step_id in session.execute(here.where(Milestone.person_id.in_(part)))
        )
    return found
