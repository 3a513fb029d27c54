"""Where two records of one person collide on pathways: on one they are on their way once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session, aliased

from ldtrack.pathways.domain import EnrolmentState
from ldtrack.pathways.models import (
    CallInterest,
    Enrolment,
    ParticipantNeed,
    Pathway,
    ToldStep,
    Waiver,
)
from ldtrack.people.domain.joining import Clash, Pair
from ldtrack.ui.dates import day


def pathway_clashes(session: Session, pair: Pair) -> list[Clash]:
    """Pathways on which both are on their way."""
    goes, stays = aliased(Enrolment), aliased(Enrolment)
    rows = session.execute(
        select(Pathway.title, goes.enrolled_on, stays.enrolled_on)
        .select_from(goes)
        .join(stays, _on_the_same(goes, stays, pair))
        .join(Pathway, Pathway.id == goes.pathway_id)
        .where(goes.person_id == pair.goes, goes.state == EnrolmentState.ACTIVE)
        .order_by(Pathway.title)
    )
    return [
        Clash(
            words=f"Both are on “{title}”: the enrolment of {day(min(days))} goes on, the other "
            "one ends today."
        )
        for title, *days in rows
    ]


def make_way_on_pathways(session: Session, pair: Pair, *, today: date) -> None:
    """Let the enrolment that began first go on with the needs and waivers of both.

    Time to competency then runs from when the person truly began. What both said they did, they
    did on the earlier day.
    """
    for goes_on, ends in _on_twice(session, pair):
        ends.state = EnrolmentState.LEFT
        ends.ended_on = max(ends.enrolled_on, today)
        goes_on.extra_days = max(goes_on.extra_days, ends.extra_days)
        session.execute(
            update(ParticipantNeed)
            .where(ParticipantNeed.enrolment_id == ends.id)
            .values(enrolment_id=goes_on.id)
        )
        if goes_on.version_id == ends.version_id:
            _pass_waivers_on(session, goes_on, ends)
    goes, stays = aliased(ToldStep), aliased(ToldStep)
    for one, other in session.execute(
        select(goes, stays)
        .join(stays, stays.lineage == goes.lineage)
        .where(goes.person_id == pair.goes, stays.person_id == pair.stays)
    ).all():
        other.done_on = min(one.done_on, other.done_on)
        session.delete(one)
    _unite_interest(session, pair)
    session.flush()


def _unite_interest(session: Session, pair: Pair) -> None:
    """Of interest in one call, that which was answered remains, else that of whom stays."""
    goes, stays = aliased(CallInterest), aliased(CallInterest)
    for one, other in session.execute(
        select(goes, stays)
        .join(stays, stays.call_id == goes.call_id)
        .where(goes.person_id == pair.goes, stays.person_id == pair.stays)
    ).all():
        only_the_first = one.answered_on is not None and other.answered_on is None
        session.delete(other if only_the_first else one)


def _pass_waivers_on(session: Session, goes_on: Enrolment, ends: Enrolment) -> None:
    of = select(Waiver).where(Waiver.enrolment_id == goes_on.id)
    known = {(row.step_id, row.gate_id) for row in session.scalars(of)}
    for row in session.scalars(select(Waiver).where(Waiver.enrolment_id == ends.id)).all():
        if (row.step_id, row.gate_id) not in known:
            row.enrolment_id = goes_on.id


def _on_twice(session: Session, pair: Pair) -> Sequence[tuple[Enrolment, Enrolment]]:
    """Which of the two goes on, and which ends."""
    goes, stays = aliased(Enrolment), aliased(Enrolment)
    rows = session.execute(
        select(goes, stays)
        .join(stays, _on_the_same(goes, stays, pair))
        .where(goes.person_id == pair.goes, goes.state == EnrolmentState.ACTIVE)
        .order_by(goes.enrolled_on, goes.id)
    )
    return [
        (one, other) if one.enrolled_on < other.enrolled_on else (other, one) for one, other in rows
    ]


def _on_the_same(goes: type[Enrolment], stays: type[Enrolment], pair: Pair) -> ColumnElement[bool]:
    return and_(
        stays.pathway_id == goes.pathway_id,
        stays.person_id == pair.stays,
        stays.state == EnrolmentState.ACTIVE,
    )
