"""Closing pathways so that nobody new comes, opening them again, and throwing drafts away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.core.errors import Conflict
from ldtrack.pathways.domain import ClosePathway, VersionState
from ldtrack.pathways.models import (
    EnrolmentRule,
    Pathway,
    PathwayCall,
    PathwayClosing,
    PathwayVersion,
    ProgrammeOrigin,
)
from ldtrack.pathways.service import drafts


def drop_draft(session: Session, actor: Actor, version_id: int, *, now: datetime) -> bool:
    """Throw a draft away, and its pathway if it has no other version. Returns whether it went too.

    A newer edition that came in is remembered piece by piece, so a draft of a pathway from
    elsewhere stays: what came would look like changes made here when the next edition comes.
    """
    version = drafts.draft(session, actor, version_id)
    pathway = session.get_one(Pathway, version.pathway_id)
    is_the_only_one = not _versions(session, pathway.id, but=version_id)
    origin = select(ProgrammeOrigin.id).where(ProgrammeOrigin.pathway_id == pathway.id)
    if not is_the_only_one and session.scalar(origin) is not None:
        raise Conflict(
            "This pathway came from elsewhere, and its draft may hold what came last. Change the "
            "draft, or leave it: nobody is on it."
        )
    what = f"Draft thrown away: {pathway.title}, version {version.number}"
    _audit(session, actor, "pathway_version", version_id, what, now)
    session.delete(pathway if is_the_only_one else version)
    session.flush()
    return is_the_only_one


def close_pathway(
    session: Session, actor: Actor, version_id: int, command: ClosePathway, *, now: datetime
) -> None:
    """Let nobody new come to the pathway of a version; whoever is on it finishes.

    Its published version is retired, its rule runs no longer and its invitations end today. What
    the rule says stays, so that it can run again if the pathway is opened again.
    """
    version = drafts.version(session, actor, version_id)
    pathway_id, today = version.pathway_id, now.date()
    if _closing(session, pathway_id) is not None:
        raise Conflict("This pathway is closed already.")
    if version.state != VersionState.PUBLISHED:
        raise Conflict("Only a pathway that takes people can be closed.")
    version.state = VersionState.RETIRED
    session.add(
        PathwayClosing(
            pathway_id=pathway_id, closed_on=today, reason=command.reason, learnt=command.learnt
        )
    )
    session.execute(
        update(EnrolmentRule).where(EnrolmentRule.pathway_id == pathway_id).values(runs_daily=False)
    )
    for call in session.scalars(
        select(PathwayCall).where(
            PathwayCall.pathway_id == pathway_id,
            or_(PathwayCall.closes_on.is_(None), PathwayCall.closes_on > today),
        )
    ):
        # One that was to open later is over before anybody saw it.
        call.opens_on, call.closes_on = min(call.opens_on, today), today
    session.flush()
    _audit(session, actor, "pathway", pathway_id, f"Closed: {command.reason}", now)


def reopen_pathway(session: Session, actor: Actor, version_id: int, *, now: datetime) -> int:
    """Let the version that was published last take people again. Returns its id.

    Rules and invitations stay ended until somebody begins them again.
    """
    pathway_id = drafts.version(session, actor, version_id).pathway_id
    closing = _closing(session, pathway_id)
    if closing is None:
        raise Conflict("This pathway is not closed.")
    closing.reopened_on = now.date()
    last = max(
        (one for one in _versions(session, pathway_id) if one.state == VersionState.RETIRED),
        key=lambda one: one.number,
    )
    last.state = VersionState.PUBLISHED
    session.flush()
    _audit(session, actor, "pathway", pathway_id, "Opened again", now)
    return last.id


def require_open(session: Session, pathway_id: int) -> None:
    """Raise `Conflict` while the pathway is closed."""
    if _closing(session, pathway_id) is not None:
        raise Conflict("This pathway is closed. Open it again first.")


def _closing(session: Session, pathway_id: int) -> PathwayClosing | None:
    return session.scalar(
        select(PathwayClosing)
        .where(PathwayClosing.pathway_id == pathway_id, PathwayClosing.reopened_on.is_(None))
        .with_for_update()
    )


def _versions(session: Session, pathway_id: int, *, but: int = 0) -> list[PathwayVersion]:
    wanted = PathwayVersion.pathway_id == pathway_id, PathwayVersion.id != but
    return list(session.scalars(select(PathwayVersion).where(*wanted)))


def _audit(
    session: Session, actor: Actor, thing: str, thing_id: int, reason: str, now: datetime
) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PATHWAY,
        thing=thing,
        thing_id=thing_id,
        happened_at=now,
        reason=reason,
    )
