"""Figures of several rooms in one statement; what each of them counts is said there."""

from __future__ import annotations

from datetime import date

from sqlalchemy import union_all
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments.queries import waiting
from ldtrack.coaching.queries import attention
from ldtrack.feedback.queries import moderation
from ldtrack.outbox import queries as outbox


def figures(session: Session, actor: Actor, today: date) -> dict[str, int]:
    """What waits in several rooms: counts by the words of those rooms."""
    statement = union_all(
        *attention.figures(actor, today),
        *waiting.figures(actor, today),
        *moderation.figures(actor),
        *outbox.figures(),
    )
    return {word: int(count) for word, count in session.execute(statement)}
