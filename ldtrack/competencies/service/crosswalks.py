"""Deciding which competency of an edition goes on as which of the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies import models, queries
from ldtrack.competencies.domain import (
    CompetencyRow,
    Crosswalk,
    Proposal,
    Relation,
    open_proposals,
)
from ldtrack.competencies.service import drafts
from ldtrack.core.errors import Conflict, RuleBroken

ALREADY = "This crosswalk is in force. It does not change as long as it is."


def continue_as(
    session: Session,
    actor: Actor,
    walk: Crosswalk,
    competency_id: int,
    after_ids: Collection[int],
    *,
    now: datetime,
) -> None:
    """Say which competencies one of the earlier edition goes on as; without any it ends."""
    kept, names = kept_open(session, actor, walk), names_in(session, walk)
    _belong(names[0], {competency_id})
    _belong(names[1], after_ids)
    _continue(session, kept, competency_id, after_ids)
    became = _listed(names[1][id_] for id_ in after_ids) or "retired"
    remember(session, actor, kept, f"decided: {names[0][competency_id]} → {became}", now)


def come_from(
    session: Session,
    actor: Actor,
    walk: Crosswalk,
    competency_id: int,
    before_ids: Collection[int],
    *,
    now: datetime,
) -> None:
    """Say which competencies go on as one of the later edition; without any it is new.

    One that went on as nothing but this is open again.
    """
    kept, names = kept_open(session, actor, walk), names_in(session, walk)
    _belong(names[1], {competency_id})
    _belong(names[0], before_ids)
    _originate(session, kept, competency_id, before_ids)
    origin = _listed(names[0][id_] for id_ in before_ids) or "new"
    remember(session, actor, kept, f"decided: {origin} → {names[1][competency_id]}", now)


def accept_proposals(
    session: Session,
    actor: Actor,
    walk: Crosswalk,
    *,
    now: datetime,
    competency_id: int | None = None,
    relation: Relation | None = None,
) -> int:
    """Decide as it is proposed, of one competency, of one relation, or of all that is open.

    What a person decided already stays; only somebody who accepts a single proposal may join it to
    what another goes on as. Returns how many were accepted.
    """
    kept = kept_open(session, actor, walk)
    whole = queries.editions_said(session, {walk.before_id, walk.after_id})
    editions = (whole[walk.before_id], whole[walk.after_id])
    accepted = [
        each
        for each in open_proposals(walk, *editions)
        if competency_id in (None, each.competency_id)
        and relation in (None, each.relation)
        and (competency_id == each.competency_id or _is_free(walk, each))
    ]
    for each in accepted:
        if each.relation is Relation.NEW:
            _originate(session, kept, each.competency_id, ())
        else:
            _continue(session, kept, each.competency_id, each.after_ids)
    if accepted:
        names = {row.id: row.name for each in editions for row in each.competencies}
        said = _listed(f"{names[each.competency_id]} ({each.relation})" for each in accepted)
        remember(session, actor, kept, f"accepted: {said}", now)
    return len(accepted)


def read_levels(
    session: Session, actor: Actor, walk: Crosswalk, *, lowest: int, highest: int, now: datetime
) -> None:
    """Say which levels of the later scale the ends of the earlier one are."""
    kept = kept_open(session, actor, walk)
    known = {level.value for level in queries.scale(session, walk.after_id).levels}
    for field, level in (("lowest", lowest), ("highest", highest)):
        if level not in known:
            raise RuleBroken(field, f"There is no level {level} on the scale of {walk.after}.")
    if lowest >= highest:
        raise RuleBroken("highest", "The highest level must stay above the lowest.")
    kept.lowest, kept.highest = lowest, highest
    session.flush()
    remember(session, actor, kept, f"levels read from {lowest} to {highest}", now)


def kept_open(session: Session, actor: Actor, walk: Crosswalk) -> models.Crosswalk:
    """The crosswalk to be written, kept from the first decision on; held until the commit."""
    kept = held(session, actor, walk)
    if kept is None:
        kept = models.Crosswalk(before_id=walk.before_id, after_id=walk.after_id)
        session.add(kept)
        session.flush()
    if kept.in_force_on is not None:
        raise Conflict(ALREADY)
    return kept


def held(session: Session, actor: Actor, walk: Crosswalk) -> models.Crosswalk | None:
    """The crosswalk as it is kept, held until the commit; `None` before the first decision."""
    drafts.edition(session, actor, walk.before_id)
    drafts.edition(session, actor, walk.after_id)
    wanted = select(models.Crosswalk).where(
        models.Crosswalk.before_id == walk.before_id, models.Crosswalk.after_id == walk.after_id
    )
    return session.scalar(wanted.with_for_update().execution_options(populate_existing=True))


def names_in(session: Session, walk: Crosswalk) -> tuple[dict[int, str], dict[int, str]]:
    """The names of the competencies of either edition by id."""
    found = queries.competencies_of(session, {walk.before_id, walk.after_id})
    return _by_id(found[walk.before_id]), _by_id(found[walk.after_id])


def _by_id(rows: Iterable[CompetencyRow]) -> dict[int, str]:
    return {row.id: row.name for row in rows}


def _belong(names: Collection[int], chosen: Iterable[int]) -> None:
    if not set(chosen) <= set(names):
        raise RuleBroken("others", "Choose competencies of these two editions.")


def _is_free(walk: Crosswalk, proposal: Proposal) -> bool:
    """Whether it touches nothing of the later edition that a person decided about."""
    if proposal.relation in (Relation.NEW, Relation.MERGED):
        return not walk.new & set(proposal.after_ids)
    return all(walk.relation_to(id_) is None for id_ in proposal.after_ids)


def _continue(
    session: Session, kept: models.Crosswalk, before_id: int, after_ids: Collection[int]
) -> None:
    """Let one of the earlier edition go on as those, which are new no more."""
    link = models.CrosswalkLink
    called_new = and_(link.before_id.is_(None), link.after_id.in_(sorted(after_ids)))
    session.execute(
        delete(link).where(
            link.crosswalk_id == kept.id, or_(link.before_id == before_id, called_new)
        )
    )
    session.add_all(
        link(crosswalk_id=kept.id, before_id=before_id, after_id=after_id)
        for after_id in after_ids or (None,)
    )
    session.flush()


def _originate(
    session: Session, kept: models.Crosswalk, after_id: int, before_ids: Collection[int]
) -> None:
    """Let one of the later edition come from those, which are retired no more."""
    link = models.CrosswalkLink
    called_retired = and_(link.after_id.is_(None), link.before_id.in_(sorted(before_ids)))
    session.execute(
        delete(link).where(
            link.crosswalk_id == kept.id, or_(link.after_id == after_id, called_retired)
        )
    )
    session.add_all(
        link(crosswalk_id=kept.id, before_id=before_id, after_id=after_id)
        for before_id in before_ids or (None,)
    )
    session.flush()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def remember(
    session: Session, actor: Actor, kept: models.Crosswalk, what: str, now: datetime
) -> None:
    """Record what HR did with a crosswalk."""
    drafts.remember(session, actor, "crosswalk", kept.id, what, now)
