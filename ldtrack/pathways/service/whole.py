"""Writing a whole version at once, as somebody designed it elsewhere."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.core.errors import Conflict
from ldtrack.pathways.domain import CreatePathway, DescribePathway, Plan, order
from ldtrack.pathways.models import PathwayVersion, Stage
from ldtrack.pathways.queries import carried, newest_version
from ldtrack.pathways.service import drafts
from ldtrack.pathways.service.build import create_pathway, describe_pathway
from ldtrack.pathways.service.copying import copy_into
from ldtrack.pathways.service.versions import start_new_version


def write_draft(session: Session, actor: Actor, plan: Plan, *, now: datetime) -> int:
    """Write a plan, whose ids are lineages, as the draft of its pathway or of a new one.

    Whatever is published stays as it is. Returns the id of the draft.
    """
    drafts.may_write(actor, actor.organisation_id)
    order({one.id: one.title for one in plan.steps}, {one.id: one.requires for one in plan.steps})
    draft_id = _draft(session, actor, plan)
    pathway_id = session.get_one(PathwayVersion, draft_id).pathway_id
    describe = DescribePathway(
        title=plan.title, purpose=plan.purpose, largest_share=plan.largest_share
    )
    describe_pathway(session, actor, pathway_id, describe)
    session.execute(delete(Stage).where(Stage.version_id == draft_id))
    session.flush()
    copy_into(session, plan.stages, draft_id)
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PATHWAY,
        thing="pathway",
        thing_id=pathway_id,
        happened_at=now,
        reason="Brought in as a table",
    )
    return draft_id


def _draft(session: Session, actor: Actor, plan: Plan) -> int:
    newest = newest_version(session, plan.pathway_id) if plan.pathway_id else None
    if newest is None:
        create = CreatePathway(title=plan.title, framework_version_id=plan.framework_version_id)
        return create_pathway(session, actor, create)
    if carried(session, actor, plan.pathway_id).bound:
        raise Conflict(
            "Parts of this pathway are locked: it came with a programme whose authors keep them "
            "the same everywhere. Make a copy of the pathway of your own to change it."
        )
    return start_new_version(session, actor, newest)
