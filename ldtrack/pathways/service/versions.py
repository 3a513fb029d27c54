"""Publishing a version, and starting the next one as a copy of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.pathways.domain import VersionState, order, unpublishable
from ldtrack.pathways.models import Enrolment, EnrolmentMove, PathwayVersion, Pilot
from ldtrack.pathways.queries import plans
from ldtrack.pathways.service import drafts
from ldtrack.pathways.service.closing import require_open
from ldtrack.pathways.service.copying import copy_into
from ldtrack.pathways.service.trying import require_reviewed


def publish(session: Session, actor: Actor, version_id: int, *, today: date | None = None) -> None:
    """Publish a draft; from here on it does not change, and the one before takes nobody new.

    With `today`, one that is due on a day that is past is refused.
    """
    version = drafts.draft(session, actor, version_id)
    require_open(session, version.pathway_id)
    plan = plans(session, [version_id])[version_id]
    if problem := unpublishable(plan, today):
        raise RuleBroken("", problem)
    order(
        {step.id: step.title for step in plan.steps},
        {step.id: step.requires for step in plan.steps},
    )
    require_reviewed(session, version.pathway_id)
    for earlier in session.scalars(
        select(PathwayVersion).where(
            PathwayVersion.pathway_id == version.pathway_id,
            PathwayVersion.state == VersionState.PUBLISHED,
        )
    ):
        earlier.state = VersionState.RETIRED
    version.state = VersionState.PUBLISHED
    session.flush()


def take_publication_back(
    session: Session, actor: Actor, version_id: int, *, now: datetime
) -> None:
    """Make a published version a draft again while nobody was ever on it.

    The version that it replaced takes people again.
    """
    version = drafts.version(session, actor, version_id)
    if version.state != VersionState.PUBLISHED:
        raise Conflict("Only a published version can become a draft again.")
    others = session.scalars(
        select(PathwayVersion)
        .where(PathwayVersion.pathway_id == version.pathway_id, PathwayVersion.id != version_id)
        .order_by(PathwayVersion.number)
    ).all()
    if any(other.state == VersionState.DRAFT for other in others):
        raise Conflict("The next version is being written already. Throw that draft away first.")
    if session.scalar(_used(version_id)):
        raise Conflict("Somebody is or was on this version, or it is a pilot. It stays published.")
    version.state = VersionState.DRAFT
    session.flush()
    if others:
        others[-1].state = VersionState.PUBLISHED
    session.flush()
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PATHWAY,
        thing="pathway_version",
        thing_id=version_id,
        happened_at=now,
        reason=f"Publication taken back: version {version.number}",
    )


def _used(version_id: int) -> Select[bool]:
    """Whether somebody was enrolled in the version, moved to it or from it, or tries it first."""
    move = EnrolmentMove
    ways = (
        select(Enrolment.id).where(Enrolment.version_id == version_id),
        select(move.id).where(
            or_(move.from_version_id == version_id, move.to_version_id == version_id)
        ),
        select(Pilot.id).where(Pilot.version_id == version_id),
    )
    return select(or_(*(way.exists() for way in ways)))


def start_new_version(session: Session, actor: Actor, version_id: int) -> int:
    """A draft copied from a published version; the one that exists, if there is one already.

    Who is on the published version stays there.
    """
    version = drafts.version(session, actor, version_id)
    if version.state == VersionState.DRAFT:
        return version.id
    here = session.scalar(
        select(PathwayVersion.id).where(
            PathwayVersion.pathway_id == version.pathway_id,
            PathwayVersion.state == VersionState.DRAFT,
        )
    )
    if here is not None:
        return here
    latest = session.scalar(
        select(func.max(PathwayVersion.number)).where(
            PathwayVersion.pathway_id == version.pathway_id
        )
    )
    draft = PathwayVersion(pathway_id=version.pathway_id, number=(latest or 0) + 1)
    session.add(draft)
    session.flush()
    copy_into(session, plans(session, [version_id])[version_id].stages, draft.id)
    return draft.id
