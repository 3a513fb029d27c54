"""Openings on their way to being published, what was done with them, and the templates of some."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import (
    PUBLIC,
    Develops,
    PostingActKind,
    PostingActRow,
    PostingKind,
    PostingRow,
    PostingState,
    TemplateRow,
    stretch_from,
)
from ldtrack.assignments.models import (
    Posting,
    PostingAct,
    PostingTemplate,
    TemplateCompetency,
)
from ldtrack.assignments.queries.postings import is_open_on, rows_of
from ldtrack.core.errors import NotVisible


def proposed(session: Session, actor: Actor) -> list[PostingRow]:
    """The proposals that wait for HR, for HR; soonest start first. One statement."""
    which = (Posting.state == PostingState.PROPOSED, policy.clause(actor, Action.WRITE_POSTING))
    return rows_of(session, *which, order=(Posting.starts_on, Posting.title))


def own_openings(session: Session, actor: Actor, today: date) -> list[PostingRow]:
    """The actor's drafts and proposals, and what is open and theirs to answer for.

    Soonest start first. One statement.
    """
    written = policy.clause(actor, Action.PROPOSE_POSTING, author_id=Posting.author_id)
    answers = or_(
        *(
            policy.clause(actor, Action.CONFIRM_OUTCOME, owner_id=answerable)
            for answerable in (Posting.owner_id, Posting.sponsor_id)
        )
    )
    return rows_of(
        session,
        or_(
            and_(written, Posting.state.not_in(PUBLIC)),
            and_(answers, is_open_on(today)),
        ),
        order=(Posting.starts_on, Posting.title),
    )


def posting_acts(session: Session, posting_id: int) -> list[PostingActRow]:
    """What was done with an opening, first things first; the caller may read the opening."""
    rows = session.scalars(
        select(PostingAct).where(PostingAct.posting_id == posting_id).order_by(PostingAct.number)
    )
    return [
        PostingActRow(
            kind=PostingActKind(row.kind), by_id=row.by_id, done_on=row.done_on, word=row.word
        )
        for row in rows
    ]


def templates(session: Session) -> list[TemplateRow]:
    """Every template, by title; they name nobody. One statement."""
    return _templates(session, None)


def template(session: Session, template_id: int) -> TemplateRow:
    """One template, else `NotVisible`."""
    found = _templates(session, template_id)
    if not found:
        raise NotVisible
    return found[0]


def n_templates(session: Session) -> int:
    """How many templates there are."""
    return session.scalar(select(func.count()).select_from(PostingTemplate)) or 0


def _templates(session: Session, template_id: int | None) -> list[TemplateRow]:
    wanted = select(PostingTemplate, TemplateCompetency).join(
        TemplateCompetency, TemplateCompetency.template_id == PostingTemplate.id
    )
    if template_id is not None:
        wanted = wanted.where(PostingTemplate.id == template_id)
    in_order = wanted.order_by(
        PostingTemplate.title,
        PostingTemplate.id,
        TemplateCompetency.level.desc(),
        TemplateCompetency.id,
    )
    found: dict[int, tuple[PostingTemplate, list[Develops]]] = {}
    for row, pair in session.execute(in_order):
        found.setdefault(row.id, (row, []))[1].append(
            Develops(
                competency_id=pair.competency_id,
                level=pair.level,
                weight=pair.weight,
                is_critical=pair.is_critical,
            )
        )
    return [_row(row, tuple(develops)) for row, develops in found.values()]


def _row(row: PostingTemplate, develops: tuple[Develops, ...]) -> TemplateRow:
    return TemplateRow(
        id=row.id,
        title=row.title,
        kind=PostingKind(row.kind),
        description=row.description,
        promised_outcome=row.promised_outcome,
        measure=row.measure,
        n_days=row.n_days,
        share_of_time=row.share_of_time,
        places=row.places,
        location=row.location,
        is_remote=row.is_remote,
        stretch=stretch_from(row.stretch),
        develops=develops,
    )
