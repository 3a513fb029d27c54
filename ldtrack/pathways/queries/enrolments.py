"""Who is on which pathway, as an actor may see it; how far they are lives next door."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, literal, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.core.order import Order
from ldtrack.pathways.domain import CohortRow, EnrolmentRow, EnrolmentState
from ldtrack.pathways.models import Cohort, Enrolment, Pathway, PathwayVersion
from ldtrack.people.queries import in_name, name_of, sort_name_of

PAGE = 50
BY_COHORT = Order(key="cohort")
ENROLMENT_ORDERS: Mapping[str, SQLColumnExpression[Any]] = {
    "name": sort_name_of(Enrolment.person_id),
    "cohort": func.coalesce(Cohort.name, ""),
    "on": Enrolment.enrolled_on,
}
"""What the people of a version can be sorted by."""

Wanted = Select[Enrolment, str, int, str | None]


def enrolment(
    session: Session, actor: Actor, enrolment_id: int, *, agreed: bool = False
) -> EnrolmentRow:
    """One enrolment, else `NotVisible`.

    `agreed` says, here and below, that the leader agreed to show progress to their sponsor.
    """
    found = _rows(session, _visible(actor, agreed=agreed).where(Enrolment.id == enrolment_id))
    if not found:
        raise NotVisible
    return found[0]


def enrolment_of(
    session: Session, actor: Actor, person_id: int, *, agreed: bool = False
) -> EnrolmentRow | None:
    """The pathway that a person is on; the latest begun if several, one that ended if none."""
    wanted = _visible(actor, agreed=agreed).where(Enrolment.person_id == person_id)
    ended = Enrolment.state != EnrolmentState.ACTIVE
    latest = wanted.order_by(None).order_by(ended, Enrolment.enrolled_on.desc(), Enrolment.id)
    found = _rows(session, latest.limit(1))
    return found[0] if found else None


def enrolments_of(
    session: Session, actor: Actor, people: Collection[int], *, agreed: bool = False
) -> list[EnrolmentRow]:
    """Every enrolment of these people, active or ended, earliest first."""
    wanted = _visible(actor, agreed=agreed).where(Enrolment.person_id.in_(sorted(set(people))))
    return _rows(session, wanted)


def active_enrolments(
    session: Session, actor: Actor, *, most: int | None = None
) -> list[EnrolmentRow]:
    """Everybody who is on their way on some pathway, or `most` of them, earliest first."""
    wanted = _visible(actor).where(Enrolment.state == EnrolmentState.ACTIVE)
    if most is not None:
        # Who is looked at is known before anything else is asked about them.
        earliest = select(Enrolment.id).where(
            _may_read(actor), Enrolment.state == EnrolmentState.ACTIVE
        )
        in_order = earliest.order_by(Enrolment.enrolled_on, Enrolment.id)
        wanted = wanted.where(Enrolment.id.in_(in_order.limit(most)))
    return _rows(session, wanted)


def enrolled_on(
    session: Session,
    actor: Actor,
    version_id: int,
    *,
    search: str = "",
    cohort_id: int | None = None,
    order: Order = BY_COHORT,
    page: int = 1,
) -> tuple[list[EnrolmentRow], int]:
    """A page of the people of a version, or of a cohort on it, and how many match in all.

    `search` is a part of the person's name.
    """
    wanted = _visible(actor).where(Enrolment.version_id == version_id)
    if cohort_id is not None:
        wanted = wanted.where(Enrolment.cohort_id == cohort_id)
    if search:
        wanted = wanted.where(in_name(Enrolment.person_id, search))
    total = session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery()))
    column = ENROLMENT_ORDERS[order.key]
    by = column.desc() if order.down else column.asc()
    ordered = wanted.order_by(None).order_by(by, Enrolment.enrolled_on, Enrolment.id)
    # Names are asked for once it is known whose are shown, and not of all who come before.
    shown = ordered.with_only_columns(Enrolment.id).limit(PAGE).offset((max(page, 1) - 1) * PAGE)
    named = session.execute(
        ordered.where(Enrolment.id.in_(shown)).add_columns(name_of(Enrolment.person_id))
    )
    return [replace(row_of(*found[:4]), name=found[4]) for found in named], total or 0


def n_enrolments(session: Session) -> int:
    """How many enrolments there are, ended ones among them."""
    return session.scalar(select(func.count(Enrolment.id))) or 0


def travellers(session: Session, actor: Actor, cohort_id: int) -> tuple[str, list[int]]:
    """A cohort's name and who is on their way with it, else `NotVisible`."""
    name = session.scalar(select(Cohort.name).where(Cohort.id == cohort_id))
    if name is None:
        raise NotVisible
    together = Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.ACTIVE
    return name, [row.person_id for row in _rows(session, _visible(actor).where(*together))]


def cohorts(session: Session) -> list[CohortRow]:
    """Every cohort by name; everybody in the organisation may read them."""
    return [
        CohortRow(id=row.id, name=row.name)
        for row in session.scalars(select(Cohort).order_by(Cohort.name, Cohort.id))
    ]


def row_of(row: Enrolment, title: str, number: int, cohort: str | None) -> EnrolmentRow:
    """A stored enrolment as other floors see it."""
    return EnrolmentRow(
        id=row.id,
        person_id=row.person_id,
        pathway_id=row.pathway_id,
        version_id=row.version_id,
        title=title,
        number=number,
        cohort_id=row.cohort_id,
        cohort=cohort or "",
        role_profile_id=row.role_profile_id,
        enrolled_on=row.enrolled_on,
        ended_on=row.ended_on,
        state=EnrolmentState(row.state),
        extra_days=row.extra_days,
    )


def _rows(session: Session, wanted: Wanted) -> list[EnrolmentRow]:
    return [row_of(*found) for found in session.execute(wanted)]


def _visible(actor: Actor, *, agreed: bool = False) -> Wanted:
    return (
        select(Enrolment, Pathway.title, PathwayVersion.number, Cohort.name)
        .join(PathwayVersion, PathwayVersion.id == Enrolment.version_id)
        .join(Pathway, Pathway.id == Enrolment.pathway_id)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(_may_read(actor, agreed=agreed))
        .order_by(Enrolment.enrolled_on, Enrolment.id)
    )


def _may_read(actor: Actor, *, agreed: bool = False) -> ColumnElement[bool]:
    return policy.clause(
        actor, Action.READ_ENROLMENT, person_id=Enrolment.person_id, agreed=literal(agreed)
    )
