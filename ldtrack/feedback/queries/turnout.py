"""How many were asked and how many have answered, counted where they lie; never who."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from ldtrack.feedback.domain.nominating import InvitationState
from ldtrack.feedback.domain.rows import ResponseState
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.domain.turnout import NOBODY, Count
from ldtrack.feedback.models import Cycle, Invitation, Response, Subject
from ldtrack.people.queries import has_left

_ASKED, _ANSWERED = "asked", "answered"
Place = tuple[int, str]
"""A subject and a rater group."""


@dataclass(frozen=True, kw_only=True)
class Turnout:
    """Counts by subject and group; `left` has those of the asked who left the organisation."""

    counts: dict[Place, Count]
    left: dict[Place, int]

    def about(self, subject_id: int) -> Count:
        """Of everybody who was asked about one person."""
        return self._totals.get(subject_id, NOBODY)

    @cached_property
    def _totals(self) -> dict[int, Count]:
        totals: dict[int, Count] = {}
        for (about, _), count in self.counts.items():
            totals[about] = totals.get(about, NOBODY) + count
        return totals


def turnout(session: Session, cycle_id: int) -> Turnout:
    """The whole cycle's; for whoever may see the cycle, in the words of `domain.turnout`.

    Somebody who answered and was replaced is counted among the asked only where HR sees who
    answered: anywhere else the count after the close, set beside the one before, would tell it.
    """
    here = Subject.cycle_id == cycle_id
    known_to_answer = and_(Invitation.answered, Cycle.tells_who_answered)
    asked = (
        select(
            literal(_ASKED),
            Invitation.subject_id,
            Invitation.group_key,
            func.count(),
            func.sum(case((has_left(Invitation.person_id), 1), else_=0)),
        )
        .join(Subject, Subject.id == Invitation.subject_id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(here, or_(Invitation.state == InvitationState.APPROVED, known_to_answer))
        .group_by(Invitation.subject_id, Invitation.group_key)
    )
    closed = (
        select(
            literal(_ANSWERED),
            Invitation.subject_id,
            Invitation.group_key,
            func.count(),
            literal(0),
        )
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(here, Invitation.answered)
        .group_by(Invitation.subject_id, Invitation.group_key)
    )
    running = (
        select(
            literal(_ANSWERED),
            Response.subject_id,
            Response.group_key,
            func.count(),
            literal(0),
        )
        .join(Subject, Subject.id == Response.subject_id)
        .where(here, Subject.state == SubjectState.OPEN, Response.state == ResponseState.SENT)
        .group_by(Response.subject_id, Response.group_key)
    )
    # While a subject is open no invitation about them is marked, so no place is in both.
    rows = session.execute(union_all(asked, closed, running)).all()
    answered = {(about, group): n for kind, about, group, n, _ in rows if kind == _ANSWERED}
    return Turnout(
        counts={
            (about, group): Count(asked=n, answered=answered.get((about, group), 0))
            for kind, about, group, n, _ in rows
            if kind == _ASKED
        },
        left={(about, group): left for _, about, group, _, left in rows if left},
    )
