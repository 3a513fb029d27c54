"""Figures of several rooms in one statement; what each of them counts is said there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, union_all
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import waiting
from ldtrack.coaching.queries import attention
from ldtrack.competencies.queries import figures as competencies
from ldtrack.courses.queries import figures as courses
from ldtrack.courses.queries.waiting import figures as figures_of_courses
from ldtrack.feedback.queries import moderation
from ldtrack.outbox import queries as outbox
from ldtrack.pathways.queries import figures as pathways
from ldtrack.people.queries import figures as people


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What waits in a room that this one does not know: how many, and how a line says it."""

    word: str
    statement: Select[str, int]
    text: Callable[[int], str]
    note: str
    act: str
    endpoint: str


def figures(
    session: Session, actor: Actor, today: date, beside: Sequence[Beside] = ()
) -> dict[str, int]:
    """What waits in several rooms and what is there: counts by the words of those rooms.

    `beside` is counted by its own words.
    """
    developed = (
        courses.developed(),
        attention.developed(),
        waiting.developed(today),
        pathways.developed(),
    )
    statement = union_all(
        *attention.figures(actor, today),
        *waiting.figures(actor, today),
        *moderation.figures(actor),
        *figures_of_courses(actor, today),
        *outbox.figures(),
        *competencies.figures(developed, people.roles_of_people()),
        *people.figures(actor),
        *courses.figures(),
        *pathways.figures(actor),
        *(one.statement for one in beside),
    )
    return {word: int(count) for word, count in session.execute(statement)}
