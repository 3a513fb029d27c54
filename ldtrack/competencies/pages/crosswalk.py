"""What the page of a crosswalk shows: both editions, what is decided and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies import queries
from ldtrack.competencies.domain import (
    CompetencyRow,
    Crosswalk,
    FrameworkRow,
    Proposal,
    Relation,
    ScaleRow,
    open_proposals,
)
from ldtrack.core.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class WalkLine:
    """A competency of either edition, what became of it or may have, and why that is thought."""

    competency: CompetencyRow
    relation: Relation
    others: tuple[CompetencyRow, ...]
    """Those of the later edition that it goes on as."""
    reason: str
    is_decided: bool


@dataclass(frozen=True, kw_only=True)
class CrosswalkPage:
    """The way between two editions; lines in the order of the editions, the earlier first."""

    before: FrameworkRow
    after: FrameworkRow
    walk: Crosswalk
    scales: tuple[ScaleRow, ScaleRow]
    lines: tuple[WalkLine, ...]

    @property
    def open(self) -> tuple[WalkLine, ...]:
        """What somebody still has to decide."""
        return tuple(line for line in self.lines if not line.is_decided)

    @property
    def decided(self) -> tuple[WalkLine, ...]:
        """What somebody decided."""
        return tuple(line for line in self.lines if line.is_decided)

    @property
    def n_same(self) -> int:
        """How many of the open ones are proposed to stay the same."""
        return sum(line.relation is Relation.SAME for line in self.open)

    @property
    def is_complete(self) -> bool:
        """Whether nothing stands in the way but that the edition is published."""
        return not self.open and self.walk.levels is not None


@dataclass(frozen=True, kw_only=True)
class DecidePage:
    """One competency to be decided, with those of the other edition to choose from."""

    before: FrameworkRow
    after: FrameworkRow
    walk: Crosswalk
    competency: CompetencyRow
    is_earlier: bool
    """Whether it is of the earlier edition."""
    offered: tuple[CompetencyRow, ...]
    chosen: tuple[int, ...]
    is_alone: bool
    """Whether it was said, or is proposed, that it has no counterpart."""
    reason: str


def crosswalk_page(session: Session, actor: Actor, before_id: int, after_id: int) -> CrosswalkPage:
    """The crosswalk as far as it is decided, else `NotVisible`."""
    before, after = queries.editions_to_walk(session, actor, before_id, after_id)
    walk = queries.crosswalk(session, before, after)
    said = queries.editions_said(session, {before_id, after_id})
    old, new = said[before_id], said[after_id]
    rows = {row.id: row for row in (*old.competencies, *new.competencies)}
    proposals = {each.competency_id: each for each in open_proposals(walk, old, new)}
    lines = [_line(walk, row, proposals.get(row.id), rows) for row in old.competencies]
    lines += [
        _line(walk, row, proposals.get(row.id), rows)
        for row in new.competencies
        if row.id in walk.new or row.id in proposals
    ]
    return CrosswalkPage(
        before=before,
        after=after,
        walk=walk,
        scales=(old.scale, new.scale),
        lines=tuple(lines),
    )


def decide_page(
    session: Session, actor: Actor, before_id: int, after_id: int, competency_id: int
) -> DecidePage:
    """A competency of one of the two editions, else `NotVisible`."""
    page = crosswalk_page(session, actor, before_id, after_id)
    walk = page.walk
    both = queries.competencies_of(session, {before_id, after_id})
    old, new = both[before_id], both[after_id]
    found = next((row for row in (*old, *new) if row.id == competency_id), None)
    if found is None:
        raise NotVisible
    is_earlier = found in old
    line = next((line for line in page.lines if line.competency == found), None)
    chosen = (
        tuple(row.id for row in line.others)
        if is_earlier and line
        else walk.predecessors.get(competency_id, ())
    )
    return DecidePage(
        before=page.before,
        after=page.after,
        walk=walk,
        competency=found,
        is_earlier=is_earlier,
        offered=tuple(new if is_earlier else old),
        chosen=chosen,
        is_alone=line is not None and not chosen,
        reason=line.reason if line else "",
    )


def _line(
    walk: Crosswalk,
    row: CompetencyRow,
    proposal: Proposal | None,
    rows: Mapping[int, CompetencyRow],
) -> WalkLine:
    """What was decided of a competency, else what is proposed."""
    is_new = row.framework_version_id == walk.after_id
    if proposal is not None:
        ids = () if is_new else proposal.after_ids
        relation, reason = proposal.relation, proposal.reason
    else:
        ids = () if is_new else walk.successors[row.id]
        relation, reason = walk.relation_of(row.id) or Relation.NEW, ""
    return WalkLine(
        competency=row,
        relation=relation,
        others=tuple(other for id_, other in rows.items() if id_ in ids),
        reason=reason,
        is_decided=proposal is None,
    )
