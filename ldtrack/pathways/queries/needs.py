"""What people need so that they can take part, for them and for those who organise; nobody else."""

from __future__ import annotations

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.pathways.domain import NeedKind, NeedRow, NeedState
from ldtrack.pathways.models import Enrolment, ParticipantNeed
from ldtrack.people.queries import name_of

NEEDS_SHOWN = 50
"""On a page."""
OPEN_NEEDS = "needs about which somebody has to do something"
_Wanted = Select[ParticipantNeed, int, str | None]


def needs_of(session: Session, actor: Actor, enrolment_id: int) -> list[NeedRow]:
    """The needs of one enrolment that the actor may see, open ones first."""
    return _rows(session, _visible(actor).where(ParticipantNeed.enrolment_id == enrolment_id))


def open_needs(
    session: Session, actor: Actor, *, page: int = 1, size: int = NEEDS_SHOWN
) -> list[NeedRow]:
    """A page of the needs that wait for somebody, the actor among those; longest stated first."""
    return _rows(session, _open(actor).limit(size).offset((page - 1) * size))


def n_open_needs(session: Session, actor: Actor) -> int:
    """How many there are."""
    return session.execute(open_figure(actor)).one()[1]


def open_figure(actor: Actor) -> Select[str, int]:
    """A statement for a word and a count, to be asked together with those of other rooms."""
    waiting = _open(actor).order_by(None).subquery()
    return select(literal(OPEN_NEEDS), func.count()).select_from(waiting)


def need(session: Session, actor: Actor, need_id: int) -> NeedRow:
    """One of them, else `NotVisible`."""
    found = _rows(session, _visible(actor).where(ParticipantNeed.id == need_id))
    if not found:
        raise NotVisible
    return found[0]


def _open(actor: Actor) -> _Wanted:
    """One's own are no work to do, unless one settles everybody's."""
    return _visible(actor).where(
        ParticipantNeed.state.in_([state for state in NeedState if state.is_open]),
        policy.clause(
            actor,
            Action.SETTLE_NEED,
            person_id=Enrolment.person_id,
            owner_id=ParticipantNeed.owner_id,
        ),
    )


def _visible(actor: Actor) -> _Wanted:
    return (
        select(ParticipantNeed, Enrolment.person_id, name_of(ParticipantNeed.owner_id))
        .join(Enrolment, Enrolment.id == ParticipantNeed.enrolment_id)
        .where(
            policy.clause(
                actor,
                Action.READ_NEED,
                person_id=Enrolment.person_id,
                owner_id=ParticipantNeed.owner_id,
            )
        )
        .order_by(ParticipantNeed.stated_on, ParticipantNeed.id)
    )


def _rows(session: Session, wanted: _Wanted) -> list[NeedRow]:
    found = [
        NeedRow(
            id=row.id,
            enrolment_id=row.enrolment_id,
            person_id=person_id,
            kind=NeedKind(row.kind),
            words=row.words,
            state=NeedState(row.state),
            stated_on=row.stated_on,
            owner_id=row.owner_id,
            owner=owner or "",
            extra_days=row.extra_days,
            answer=row.answer,
        )
        for row, person_id, owner in session.execute(wanted)
    ]
    return sorted(found, key=lambda each: not each.state.is_open)
