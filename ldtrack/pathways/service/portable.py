"""Programmes that travel: locks before they go, drafts where they come in, copies of one's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.core.ids import new_id
from ldtrack.pathways.domain import (
    CreatePathway,
    Ids,
    Item,
    ItemKind,
    Stage,
    order,
    stages_of_items,
)
from ldtrack.pathways.models import Pathway, PathwayVersion, ProgrammeItem, ProgrammeOrigin
from ldtrack.pathways.models import Stage as StageRow
from ldtrack.pathways.queries import pathway, plans
from ldtrack.pathways.queries.portable import Carried, LockKey, carried, newest_version
from ldtrack.pathways.service import drafts
from ldtrack.pathways.service.build import create_pathway, title_is_free
from ldtrack.pathways.service.copying import copy_into
from ldtrack.pathways.service.versions import start_new_version


@dataclass(frozen=True, kw_only=True)
class BringIn:
    """A programme as it comes in: `came` are the file's items, `items` those that shall be here.

    `competencies` and `courses` are ids here by identifier; `beside` are the courses and
    questionnaires that came along, by kind and id, with their identifiers.
    """

    identifier: str
    edition: int
    framework_version_id: int
    came: Sequence[Item]
    items: Sequence[Item]
    competencies: Mapping[str, int]
    courses: Mapping[str, int]
    beside: Mapping[LockKey, str]


def set_locks(
    session: Session, actor: Actor, version_id: int, locked: Collection[LockKey], *, now: datetime
) -> None:
    """Say which items nobody may change where the programme comes in; all others are adaptable."""
    plan = pathway(session, actor, version_id)
    drafts.may_write(actor, actor.organisation_id)
    kept = carried(session, actor, plan.pathway_id)
    if kept.origin is not None:
        raise Conflict("This programme came from elsewhere; its authors say what is locked.")
    session.execute(delete(ProgrammeItem).where(ProgrammeItem.pathway_id == plan.pathway_id))
    known = {(ItemKind.PATHWAY, plan.pathway_id)} | {
        key
        for stage in plan.stages
        for key in (
            (ItemKind.STAGE, stage.lineage),
            *((ItemKind.CHOICE, group.lineage) for group in stage.groups),
            *((ItemKind.STEP, step.lineage) for step in stage.steps),
        )
    }
    if not known.issuperset(locked):
        raise RuleBroken("locked", "Choose among what this version holds.")
    session.add_all(
        ProgrammeItem(
            pathway_id=plan.pathway_id,
            kind=kind,
            thing=thing,
            identifier=_own_identifier(kept, kind, thing),
            locked=True,
        )
        for kind, thing in sorted(locked)
    )
    session.flush()
    _audit(session, actor, plan.pathway_id, "Said what is locked in the programme", now)


def _own_identifier(kept: Carried, kind: ItemKind, thing: int) -> str:
    return kept.own if kind is ItemKind.PATHWAY else kept.of(kind, thing)


def bring_in(session: Session, actor: Actor, command: BringIn, *, now: datetime) -> int:
    """Write a programme as a draft: of a new pathway, or of the next version of the one it came as.

    Whatever is published stays as it is. Returns the id of the draft.
    """
    drafts.may_write(actor, actor.organisation_id)
    row = session.scalar(
        select(ProgrammeOrigin)
        .where(ProgrammeOrigin.identifier == command.identifier)
        .with_for_update()
    )
    about = next(item for item in command.items if item.kind is ItemKind.PATHWAY)
    draft_id = (
        _new(session, actor, command, about, now) if row is None else _next(session, actor, row)
    )
    draft = session.get_one(PathwayVersion, draft_id)
    if row is not None:
        row.edition, row.came_on = command.edition, now.date()
        _describe(session, draft.pathway_id, about)
    lineages = _lineages(session, actor, draft.pathway_id, command)
    ids = Ids(lineages=lineages, competencies=command.competencies, courses=command.courses)
    stages = stages_of_items(command.items, ids)
    _check_order(stages)
    session.execute(delete(StageRow).where(StageRow.version_id == draft_id))
    session.flush()
    copy_into(session, stages, draft_id)
    _keep(session, draft.pathway_id, command, lineages)
    _audit(session, actor, draft.pathway_id, f"Brought in, edition {command.edition}", now)
    return draft_id


def copy_pathway(
    session: Session, actor: Actor, version_id: int, title: str, *, now: datetime
) -> int:
    """Make a pathway of one's own of a version: nothing in it is locked, nothing updates it.

    Returns the id of its draft.
    """
    plan = pathway(session, actor, version_id)
    command = CreatePathway(
        title=title, purpose=plan.purpose, framework_version_id=plan.framework_version_id
    )
    draft_id = create_pathway(session, actor, command)
    copied = session.get_one(PathwayVersion, draft_id).pathway_id
    session.get_one(Pathway, copied).largest_share = plan.largest_share
    # Own lineages: what is done on the one is not done on the other.
    stages = [
        replace(
            stage,
            lineage=new_id(),
            groups=tuple(replace(group, lineage=new_id()) for group in stage.groups),
            steps=tuple(replace(step, lineage=new_id()) for step in stage.steps),
        )
        for stage in plan.stages
    ]
    copy_into(session, stages, draft_id)
    _audit(session, actor, copied, f"Copied from {plan.title}"[:500], now)
    return draft_id


def _new(session: Session, actor: Actor, command: BringIn, about: Item, now: datetime) -> int:
    create = CreatePathway(
        title=about.title,
        purpose=about.fields["purpose"],
        framework_version_id=command.framework_version_id,
    )
    draft_id = create_pathway(session, actor, create)
    pathway_id = session.get_one(PathwayVersion, draft_id).pathway_id
    session.get_one(Pathway, pathway_id).largest_share = about.fields["largest_share"]
    session.add(
        ProgrammeOrigin(
            pathway_id=pathway_id,
            identifier=command.identifier,
            edition=command.edition,
            came_on=now.date(),
        )
    )
    session.flush()
    return draft_id


def _next(session: Session, actor: Actor, row: ProgrammeOrigin) -> int:
    newest = newest_version(session, row.pathway_id)
    if newest is None:
        raise NotVisible
    return start_new_version(session, actor, newest)


def _describe(session: Session, pathway_id: int, about: Item) -> None:
    title_is_free(session, about.title, but=pathway_id)
    found = session.get_one(Pathway, pathway_id)
    found.title = about.title
    found.purpose = about.fields["purpose"]
    found.largest_share = about.fields["largest_share"]


def _lineages(session: Session, actor: Actor, pathway_id: int, command: BringIn) -> dict[str, int]:
    """For each item the lineage that it has here, or a new one."""
    kept = carried(session, actor, pathway_id)
    here = {identifier: thing for (_, thing), identifier in kept.items.items()}
    newest = newest_version(session, pathway_id)
    for stage in plans(session, [newest] if newest else [])[newest or 0].stages:
        for kind, things in (
            (ItemKind.STAGE, (stage,)),
            (ItemKind.CHOICE, stage.groups),
            (ItemKind.STEP, stage.steps),
        ):
            # What was added here is known by an identifier that follows from its lineage.
            here |= {kept.of(kind, thing.lineage): thing.lineage for thing in things}
    found = {}
    for item in command.items:
        if item.kind is ItemKind.PATHWAY:
            found[item.identifier] = pathway_id
        else:
            found[item.identifier] = here.get(item.identifier) or new_id()
    return found


def _check_order(stages: Sequence[Stage]) -> None:
    """Raise `RuleBroken` if steps wait for each other in a circle once both sides are joined."""
    steps = [step for stage in stages for step in stage.steps]
    order({step.id: step.title for step in steps}, {step.id: step.requires for step in steps})


def _keep(session: Session, pathway_id: int, command: BringIn, lineages: Mapping[str, int]) -> None:
    """Remember how everything came, for the next edition to be compared with."""
    session.execute(delete(ProgrammeItem).where(ProgrammeItem.pathway_id == pathway_id))
    missing = {item.identifier for item in command.came} - lineages.keys()
    session.add_all(
        ProgrammeItem(
            pathway_id=pathway_id,
            kind=item.kind,
            # What was taken out here has no lineage any more, and still is not to come again.
            thing=new_id() if item.identifier in missing else lineages[item.identifier],
            identifier=item.identifier,
            locked=item.locked,
            came_as=dict(item.fields),
        )
        for item in command.came
    )
    session.add_all(
        ProgrammeItem(pathway_id=pathway_id, kind=kind, thing=thing, identifier=identifier)
        for (kind, thing), identifier in command.beside.items()
    )
    session.flush()


def _audit(session: Session, actor: Actor, pathway_id: int, reason: str, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PATHWAY,
        thing="pathway",
        thing_id=pathway_id,
        happened_at=now,
        reason=reason,
    )
