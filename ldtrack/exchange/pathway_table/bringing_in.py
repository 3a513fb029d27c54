"""Bringing a pathway's table in: whole, as a draft, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.pathway_table.building import stages_in
from ldtrack.exchange.pathway_table.lines import PATHWAY, STAGE, TableLine, parse_lines
from ldtrack.exchange.pathway_table.world import world_of
from ldtrack.exchange.problem import Problem
from ldtrack.pathways.domain import Plan, VersionState, is_designed_alike, unpublishable
from ldtrack.pathways.queries import carried
from ldtrack.pathways.service import write_draft

_SHARE = 60
_LOCKED = (
    "Parts of the pathway of this title are locked: it came with a programme whose authors keep "
    "them the same everywhere. Make a copy of your own, and give the file its title."
)


class TableFate(StrEnum):
    """What would become of the pathway."""

    NEW = "new"
    NEXT_VERSION = "next version"
    DRAFT_REWRITTEN = "draft rewritten"
    SAME = "same"


@dataclass(frozen=True, kw_only=True)
class LookedAt:
    """What a table says: the pathway as it would be, unless there are problems.

    `not_yet` is why it could not be published as it is; nothing that keeps a draft from coming in.
    """

    fate: TableFate
    plan: Plan | None
    problems: tuple[Problem, ...]
    not_yet: str | None = None
    draft_id: int | None = None
    """The draft that was written, once it was."""

    @property
    def is_same(self) -> bool:
        """Whether the pathway is here like that already."""
        return self.fate is TableFate.SAME


def look_at_table(
    session: Session, actor: Actor, raw: bytes, *, today: date, limits: Limits = BROWSER
) -> LookedAt:
    """What the table says and what it would do; nothing is stored."""
    policy.require(actor, Action.WRITE_PATHWAY, Facts(organisation_id=actor.organisation_id))
    lines, problems = parse_lines(raw, limits=limits)
    if not lines:
        problems = problems or [Problem(line=0, column="", reason="The file has no rows.")]
        return LookedAt(fate=TableFate.NEW, plan=None, problems=tuple(problems))
    world = world_of(session, actor, lines)
    problems += _whole(lines)
    stages = stages_in(lines, world)
    problems += [problem for line in lines for problem in line.reader.problems]
    here = world.here
    if here is not None and carried(session, actor, here.pathway_id).bound:
        problems.append(Problem(line=0, column="", reason=_LOCKED))
    fate = _fate(here)
    if problems or world.edition is None:
        ordered = sorted(problems, key=lambda problem: problem.line)
        return LookedAt(fate=fate, plan=None, problems=tuple(ordered))
    about = next(line for line in lines if line.kind == PATHWAY)
    plan = Plan(
        version_id=here.version_id if here else 0,
        pathway_id=here.pathway_id if here else 0,
        title=about.title,
        purpose=about.text,
        number=here.number if here else 1,
        state=VersionState.DRAFT,
        framework_version_id=world.edition.framework.framework_version_id,
        largest_share=about.largest_share or (here.largest_share if here else _SHARE),
        stages=stages,
    )
    is_same = here is not None and is_designed_alike(plan, here)
    return LookedAt(
        fate=TableFate.SAME if is_same else fate,
        plan=plan,
        problems=(),
        not_yet=unpublishable(plan, today),
    )


def bring_in_table(
    session: Session, actor: Actor, raw: bytes, *, now: datetime, limits: Limits = BROWSER
) -> LookedAt:
    """Write the draft that a table says, unless there are problems or it is here already."""
    looked = look_at_table(session, actor, raw, today=now.date(), limits=limits)
    if looked.plan is None or looked.is_same:
        return looked
    return replace(looked, draft_id=write_draft(session, actor, looked.plan, now=now))


def _fate(here: Plan | None) -> TableFate:
    if here is None:
        return TableFate.NEW
    return TableFate.DRAFT_REWRITTEN if here.is_draft else TableFate.NEXT_VERSION


def _whole(lines: list[TableLine]) -> list[Problem]:
    """What is wrong with the rows together."""
    abouts = [line for line in lines if line.kind == PATHWAY]
    for line in abouts[1:]:
        line.reader.complain("kind", "One file holds one pathway.")
    found = []
    if not abouts:
        reason = "There is no row of the kind “pathway”, which says what the pathway is called."
        found.append(Problem(line=0, column="kind", reason=reason))
    if not any(line.kind == STAGE for line in lines):
        reason = "There is no row of the kind “stage”: every step belongs to one."
        found.append(Problem(line=0, column="kind", reason=reason))
    return found
