"""Openings; everybody in the organisation may read those that are or were published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import (
    PUBLIC,
    Develops,
    OpeningRow,
    PostingKind,
    PostingRow,
    PostingState,
    stretch_from,
)
from ldtrack.assignments.models import Posting, PostingCompetency
from ldtrack.assignments.queries.wanted import EVERYTHING, Wanted, narrowed
from ldtrack.core.errors import NotVisible

PAGE = 50
_IS_PUBLIC = Posting.state.in_(PUBLIC)
_LATEST_FIRST = (Posting.ends_on.desc(), Posting.title)
_SOONEST_FIRST = (Posting.starts_on, Posting.title)


def postings(
    session: Session, actor: Actor, *, search: str = "", page: int = 1, wanted: Wanted = EVERYTHING
) -> tuple[list[PostingRow], int]:
    """A page of what is or was published and matches, latest end first, and how many there are."""
    asked = wanted if not search else Wanted(search=search)
    which = (_may_read(actor), _IS_PUBLIC, *narrowed(asked))
    total = session.scalar(select(func.count()).select_from(Posting).where(*which)) or 0
    offset = (max(page, 1) - 1) * PAGE
    return rows_of(session, *which, order=_LATEST_FIRST, limit=PAGE, offset=offset), total


def posting(session: Session, actor: Actor, posting_id: int) -> PostingRow:
    """One opening, else `NotVisible`."""
    found = rows_of(session, Posting.id == posting_id, _may_read(actor))
    if not found:
        raise NotVisible
    return found[0]


def open_postings(
    session: Session, actor: Actor, today: date, *, limit: int = PAGE
) -> list[PostingRow]:
    """The openings that one can still apply for, soonest start first."""
    which = (_may_read(actor), is_open_on(today))
    return rows_of(session, *which, order=_SOONEST_FIRST, limit=limit)


def asked_by_openings(
    session: Session, actor: Actor, wanted: Wanted, today: date
) -> dict[int, tuple[Develops, ...]]:
    """What each opening that one can apply for and that matches asks for, soonest start first.

    One statement, and little of each, to choose a page by.
    """
    rows = session.execute(
        select(
            Posting.id,
            PostingCompetency.competency_id,
            PostingCompetency.level,
            PostingCompetency.weight,
            PostingCompetency.is_critical,
        )
        .join(PostingCompetency, PostingCompetency.posting_id == Posting.id)
        .where(_may_read(actor), is_open_on(today), *narrowed(wanted))
        .order_by(*_SOONEST_FIRST, Posting.id, PostingCompetency.id)
    )
    found: dict[int, tuple[Develops, ...]] = {}
    for id_, competency_id, level, weight, is_critical in rows:
        one = Develops(
            competency_id=competency_id, level=level, weight=weight, is_critical=is_critical
        )
        found[id_] = (*found.get(id_, ()), one)
    return found


def postings_named(session: Session, ids: Iterable[int]) -> dict[int, PostingRow]:
    """Openings by id, none that was never published; everybody may read these."""
    wanted = sorted(set(ids))
    found = rows_of(session, Posting.id.in_(wanted), _IS_PUBLIC) if wanted else []
    return {row.id: row for row in found}


def posting_titles(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Titles of openings by id; everybody in the organisation may read them."""
    if not ids:
        return {}
    rows = session.execute(
        select(Posting.id, Posting.title).where(Posting.id.in_(sorted(set(ids))))
    )
    return {row.id: row.title for row in rows}


def postings_for(
    session: Session, competency_ids: Collection[int], *, today: date | None = None
) -> dict[int, list[PostingRow]]:
    """The openings that develop each of the competencies, by title; with `today`, those still open.

    Everybody in the organisation may read them.
    """
    pairs = session.execute(
        select(PostingCompetency.competency_id, PostingCompetency.posting_id)
        .join(Posting, Posting.id == PostingCompetency.posting_id)
        .where(
            PostingCompetency.competency_id.in_(sorted(set(competency_ids))),
            _IS_PUBLIC if today is None else is_open_on(today),
        )
        .order_by(Posting.title, Posting.id)
    ).all()
    named = postings_named(session, {posting_id for _, posting_id in pairs})
    found: dict[int, list[PostingRow]] = {}
    for competency_id, posting_id in pairs:
        found.setdefault(competency_id, []).append(named[posting_id])
    return found


def openings_for(
    session: Session, competency_ids: Collection[int], today: date
) -> list[OpeningRow]:
    """The openings that one can still apply for and that develop one of the competencies.

    Everybody in the organisation may read them. One statement.
    """
    rows = session.execute(
        select(Posting.id, Posting.title, Posting.kind, PostingCompetency.level)
        .join(PostingCompetency, PostingCompetency.posting_id == Posting.id)
        .where(PostingCompetency.competency_id.in_(sorted(competency_ids)), is_open_on(today))
        .order_by(Posting.title, Posting.id)
    )
    return [
        OpeningRow(id=id_, title=title, kind=PostingKind(kind), level=level)
        for id_, title, kind, level in rows
    ]


def rows_of(
    session: Session,
    *which: ColumnElement[bool],
    order: Sequence[SQLColumnExpression[Any]] = (),
    limit: int | None = None,
    offset: int = 0,
) -> list[PostingRow]:
    """The openings of which this holds, with what they develop, the highest level first.

    One statement.
    """
    in_order = (*order, Posting.id)
    if limit is not None:
        part = select(Posting.id).where(*which).order_by(*in_order).limit(limit).offset(offset)
        # Limited before it is joined: what is counted is openings, not what they develop.
        which = (Posting.id.in_(select(part.subquery().c.id)),)
    rows = session.execute(
        select(Posting, PostingCompetency)
        .outerjoin(PostingCompetency, PostingCompetency.posting_id == Posting.id)
        .where(*which)
        .order_by(*in_order, PostingCompetency.level.desc(), PostingCompetency.id)
    )
    found: dict[int, tuple[Posting, list[Develops]]] = {}
    for row, joined in rows:
        develops = found.setdefault(row.id, (row, []))[1]
        # The outer join leaves this out, which its type does not say.
        pair = cast(PostingCompetency | None, joined)
        if pair is not None:
            develops.append(_develops(pair))
    return [row_of(row, develops) for row, develops in found.values()]


def develops_of(session: Session, posting_ids: Collection[int]) -> dict[int, tuple[Develops, ...]]:
    """What each opening develops, the highest level first."""
    found: dict[int, tuple[Develops, ...]] = {}
    if not posting_ids:
        return found
    for pair in session.scalars(
        select(PostingCompetency)
        .where(PostingCompetency.posting_id.in_(sorted(posting_ids)))
        .order_by(PostingCompetency.level.desc(), PostingCompetency.id)
    ):
        found[pair.posting_id] = (*found.get(pair.posting_id, ()), _develops(pair))
    return found


def row_of(posting: Posting, develops: Sequence[Develops]) -> PostingRow:
    """An opening as others see it."""
    return PostingRow(
        id=posting.id,
        title=posting.title,
        kind=PostingKind(posting.kind),
        description=posting.description,
        owner_id=posting.owner_id,
        sponsor_id=posting.sponsor_id,
        promised_outcome=posting.promised_outcome,
        measure=posting.measure,
        starts_on=posting.starts_on,
        ends_on=posting.ends_on,
        share_of_time=posting.share_of_time,
        places=posting.places,
        stretch=stretch_from(posting.stretch),
        develops=tuple(develops),
        closed_on=posting.closed_on,
        state=PostingState(posting.state),
        author_id=posting.author_id,
        location=posting.location,
        is_remote=posting.is_remote,
    )


def is_open_on(today: date) -> ColumnElement[bool]:
    """That one can still apply for an opening."""
    return and_(Posting.state == PostingState.PUBLISHED, Posting.ends_on > today)


def _may_read(actor: Actor) -> ColumnElement[bool]:
    return or_(
        *(
            policy.clause(
                actor,
                Action.READ_POSTING,
                author_id=Posting.author_id,
                owner_id=answerable,
                shared=Posting.state != PostingState.DRAFT,
                released=_IS_PUBLIC,
            )
            for answerable in (Posting.owner_id, Posting.sponsor_id)
        )
    )


def _develops(pair: PostingCompetency) -> Develops:
    return Develops(
        competency_id=pair.competency_id,
        level=pair.level,
        weight=pair.weight,
        is_critical=pair.is_critical,
    )
