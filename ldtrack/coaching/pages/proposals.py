"""Milestones that are proposed: for the one who is asked, the one who asks, and one by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching import queries
from ldtrack.coaching.domain import ProposalRow
from ldtrack.coaching.pages.competencies import MilestoneLine, said_of
from ldtrack.competencies.domain import ScaleRow
from ldtrack.competencies.queries import with_scale
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class ProposalLine:
    """A proposal with words; `waits` says whether the reader is asked."""

    line: MilestoneLine
    row: ProposalRow
    waits: bool


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    """One proposal before its reader; `level_before` is the word of the level it had before."""

    line: MilestoneLine
    row: ProposalRow
    waits: bool
    is_own: bool
    first_name: str
    person: str
    job_profile: str
    level_before: str
    answered_by_reader: bool

    @property
    def other(self) -> str:
        """The one of the two who does not read it."""
        return self.row.coach if self.is_own else self.first_name


def sorted_out(
    lines: Iterable[MilestoneLine], proposals: Mapping[int, ProposalRow], reader_id: int | None
) -> tuple[tuple[ProposalLine, ...], tuple[ProposalLine, ...]]:
    """What waits for an answer, the reader's own first, and what came to nothing."""
    found = [
        ProposalLine(line=line, row=row, waits=row.waits_for(reader_id))
        for line in lines
        if not line.milestone.state.is_agreed
        for row in [proposals[line.milestone.id]]
    ]
    waiting = sorted((one for one in found if one.row.is_open), key=lambda one: not one.waits)
    return tuple(waiting), tuple(one for one in found if not one.row.is_open)


def proposal_page(session: Session, actor: Actor, milestone_id: int) -> ProposalPage:
    """For the two whose coaching it is, else `NotVisible`."""
    row = queries.proposal(session, actor, milestone_id)
    person_id = row.milestone.person_id
    who = people_named(session, [person_id])[person_id]
    competency, scale = with_scale(session, row.milestone.competency_id)
    [line] = said_of(
        [row.milestone], {competency.id: competency}, {competency.framework_version_id: scale}, {}
    )
    return ProposalPage(
        line=line,
        row=row,
        waits=row.waits_for(actor.person_id),
        is_own=actor.person_id == person_id,
        first_name=who.first_name,
        person=who.name,
        job_profile=who.job_profile,
        level_before=_level_before(scale, row),
        answered_by_reader=row.answered_by_id == actor.person_id,
    )


def _level_before(scale: ScaleRow, row: ProposalRow) -> str:
    if row.before is None or row.before.level == row.milestone.level:
        return ""
    return f"{row.before.level} – {scale.label(row.before.level)}"
