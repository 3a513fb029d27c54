"""How somebody's judgement of milestones compares with what levels led to expect."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.evidence.domain import SourceKind
from ldtrack.growth.domain.leniency import Judgement, judgements_of
from ldtrack.growth.queries.several import growth_of_people


def judgements(
    session: Session,
    actor: Actor,
    people: Mapping[int, str],
    milestones: Mapping[int, Set[int]],
    *,
    as_of: date,
) -> list[Judgement]:
    """What was judged of people, given with their job profiles, by their milestones' ids.

    Only of people whose levels the actor may read, because the chance that a milestone is met is
    read off the level before it. As many statements as for the levels of several people.
    """
    found = growth_of_people(session, actor, people, as_of=as_of)
    return [
        one
        for person_id, growth in found.items()
        for history in growth.histories
        for one in judgements_of(
            (
                step
                for step in history.trajectory.steps
                if step.entry.source_kind is SourceKind.MILESTONE
            ),
            milestones.get(person_id, frozenset()),
        )
    ]
