"""Where two records of one person collide in assignments: in one opening somebody is once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session, aliased

from ldtrack.assignments.domain import OPEN, PlacementState
from ldtrack.assignments.models import Debrief, OpenToOffers, Placement, Posting
from ldtrack.assignments.service.acts import stand
from ldtrack.people.domain.joining import Clash, Pair


def assignment_clashes(session: Session, pair: Pair) -> list[Clash]:
    """Openings in which both are, or for which both applied."""
    goes, stays = aliased(Placement), aliased(Placement)
    rows = session.execute(
        select(Posting.title, goes.state, stays.state)
        .select_from(goes)
        .join(stays, _in_the_same(goes, stays, pair))
        .join(Posting, Posting.id == goes.posting_id)
        .where(goes.person_id == pair.goes, goes.state.in_(OPEN))
        .order_by(Posting.title)
    )
    return [
        Clash(
            words=f"Both stand in “{title}”: one application is dropped."
            if not all(state.has_begun for state in states)
            else f"Both are placed in “{title}”: the second placement ends today."
        )
        for title, *states in rows
    ]


def make_way_in_assignments(session: Session, pair: Pair, *, today: date) -> None:
    """Drop a second application, end a second placement; a look back has one author once."""
    for goes, stays in _open_twice(session, pair):
        if not (goes.state.has_begun and stays.state.has_begun):
            session.delete(stays if goes.state.has_begun else goes)
        else:
            stand(goes, PlacementState.ENDED_EARLY)
            goes.ends_on = max(goes.starts_on, today)
            goes.reason = goes.reason or "The same placement of the same person, kept twice."
    for person_id, peer_id in (pair.both, pair.both[::-1]):
        session.execute(
            update(Placement)
            .where(Placement.person_id == person_id, Placement.peer_id == peer_id)
            .values(peer_id=None)
        )
    _unite_debriefs(session, pair)
    _unite_words_on_offers(session, pair)
    session.flush()


def _unite_debriefs(session: Session, pair: Pair) -> None:
    """Of two on one placement the one that goes keeps its words and loses its author."""
    goes, stays = aliased(Debrief), aliased(Debrief)
    for one in session.scalars(
        select(goes)
        .join(stays, stays.placement_id == goes.placement_id)
        .where(goes.author_id == pair.goes, stays.author_id == pair.stays)
    ).all():
        if one.held_on is None:
            session.delete(one)
        else:
            one.author_id = None


def _unite_words_on_offers(session: Session, pair: Pair) -> None:
    """Of two for one kind the earlier remains, and it is that of the record that stays."""
    goes, stays = aliased(OpenToOffers), aliased(OpenToOffers)
    both = select(goes, stays).join(stays, stays.kind == goes.kind)
    for one, other in session.execute(
        both.where(goes.person_id == pair.goes, stays.person_id == pair.stays)
    ).all():
        other.since_on = min(one.since_on, other.since_on)
        session.delete(one)


def _open_twice(session: Session, pair: Pair) -> Sequence[tuple[Placement, Placement]]:
    goes, stays = aliased(Placement), aliased(Placement)
    rows = session.execute(
        select(goes, stays)
        .join(stays, _in_the_same(goes, stays, pair))
        .where(goes.person_id == pair.goes, goes.state.in_(OPEN))
        .order_by(goes.starts_on, goes.id)
    )
    return [(one, other) for one, other in rows]


def _in_the_same(goes: type[Placement], stays: type[Placement], pair: Pair) -> ColumnElement[bool]:
    return and_(
        stays.posting_id == goes.posting_id,
        stays.person_id == pair.stays,
        stays.state.in_(OPEN),
    )
