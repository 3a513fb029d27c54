"""Openings; everybody in the organisation may read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import Develops, OpeningRow, PostingKind, PostingRow, stretch_from
from ldtrack.assignments.models import Posting, PostingCompetency
from ldtrack.core.errors import NotVisible

PAGE = 50


def postings(
    session: Session, actor: Actor, *, search: str = "", page: int = 1
) -> tuple[list[PostingRow], int]:
    """A page of openings, latest end first, that match the search, and how many there are."""
    wanted = select(Posting).where(policy.clause(actor, Action.READ_POSTING))
    if search:
        # LIKE's own signs in what was typed stand for themselves.
        like = search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        wanted = wanted.where(Posting.title.ilike(f"%{like}%", escape="\\"))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    part = wanted.order_by(Posting.ends_on.desc(), Posting.title, Posting.id)
    return rows_of(session, part.limit(PAGE).offset((max(page, 1) - 1) * PAGE)), total


def posting(session: Session, actor: Actor, posting_id: int) -> PostingRow:
    """One opening, else `NotVisible`."""
    visible = policy.clause(actor, Action.READ_POSTING)
    found = rows_of(session, select(Posting).where(Posting.id == posting_id, visible))
    if not found:
        raise NotVisible
    return found[0]


def open_postings(
    session: Session, actor: Actor, today: date, *, limit: int = PAGE
) -> list[PostingRow]:
    """The openings that one can still apply for, soonest start first."""
    wanted = select(Posting).where(policy.clause(actor, Action.READ_POSTING), is_open_on(today))
    return rows_of(session, wanted.order_by(Posting.starts_on, Posting.title).limit(limit))


def postings_named(session: Session, ids: Iterable[int]) -> dict[int, PostingRow]:
    """Openings by id; everybody in the organisation may read them."""
    wanted = sorted(set(ids))
    found = rows_of(session, select(Posting).where(Posting.id.in_(wanted))) if wanted else []
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
            true() if today is None else is_open_on(today),
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


def rows_of(session: Session, wanted: Select[Posting]) -> list[PostingRow]:
    """The openings that a statement finds, with what they develop."""
    found = session.scalars(wanted).all()
    develops = develops_of(session, {row.id for row in found})
    return [row_of(posting, develops.get(posting.id, ())) for posting in found]


def develops_of(session: Session, posting_ids: Collection[int]) -> dict[int, tuple[Develops, ...]]:
    """What each opening develops, the highest level first."""
    found: dict[int, tuple[Develops, ...]] = {}
    for pair in session.scalars(
        select(PostingCompetency)
        .where(PostingCompetency.posting_id.in_(sorted(posting_ids)))
        .order_by(PostingCompetency.level.desc(), PostingCompetency.id)
    ):
        develops = Develops(competency_id=pair.competency_id, level=pair.level)
        found[pair.posting_id] = (*found.get(pair.posting_id, ()), develops)
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
    )


def is_open_on(today: date) -> ColumnElement[bool]:
    """That one can still apply for an opening."""
    return and_(Posting.closed_on.is_(None), Posting.ends_on > today)
