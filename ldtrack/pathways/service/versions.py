"""Publishing a version, and starting the next one as a copy of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import RuleBroken
from ldtrack.pathways.domain import VersionState, order, unpublishable
from ldtrack.pathways.models import PathwayVersion
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
