"""Names and levels of competencies, and which of them a session may have been about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.coaching.domain import MilestoneRow, OriginRow
from ldtrack.competencies import queries
from ldtrack.competencies.domain import CompetencyRow, ScaleRow


@dataclass(frozen=True, kw_only=True)
class MilestoneLine:
    """A milestone with words; `moved_on` is the day it was met or missed, if that is known.

    `level` is the word of its level; '' where the level has none of its own.
    """

    milestone: MilestoneRow
    competency: str
    level: str
    moved_on: date | None

    @property
    def origin(self) -> OriginRow | None:
        """Where it came from."""
        return self.milestone.origin

    @property
    def note(self) -> str:
        """What it stands for, in a line."""
        word = f" ({self.level})" if self.level else ""
        return f"{self.competency}, level {self.milestone.level}{word}"


@dataclass(frozen=True, kw_only=True)
class Offered:
    """Competencies to choose from: those that matter for the leader first, then the rest."""

    focus: tuple[CompetencyRow, ...]
    others: tuple[CompetencyRow, ...]


def milestone_lines(
    session: Session,
    milestones: Iterable[MilestoneRow],
    held_on: Mapping[int, date] | None = None,
) -> list[MilestoneLine]:
    """The milestones with words, in their order; `held_on` gives the days of sessions."""
    rows = list(milestones)
    named, scales = queries.with_scales(session, {row.competency_id for row in rows})
    return said_of(rows, named, scales, held_on or {})


def said_of(
    rows: Iterable[MilestoneRow],
    named: Mapping[int, CompetencyRow],
    scales: Mapping[int, ScaleRow],
    held_on: Mapping[int, date],
) -> list[MilestoneLine]:
    """The same, where competencies and scales were read already."""
    return [
        MilestoneLine(
            milestone=row,
            competency=named[row.competency_id].name,
            level=scales[named[row.competency_id].framework_version_id].word(row.level),
            moved_on=row.met_on or held_on.get(row.moved_in_id or 0),
        )
        for row in rows
    ]


def offered(session: Session, job_profile: str, today: date, also: Collection[int] = ()) -> Offered:
    """What the role asks for and `also` first, then the rest of the frameworks they are from.

    Without a role profile it is all of the newest published framework.
    """
    role = queries.asked_now(session, job_profile, today)
    asked = {*(role.targets if role else ()), *also}
    every = queries.competencies_beside(session, asked)
    if not every:
        newest = queries.published_frameworks(session)[-1:]
        every = [
            one
            for version in newest
            for one in queries.competencies(session, version.framework_version_id)
        ]
        return Offered(focus=tuple(every), others=())
    return Offered(
        focus=tuple(one for one in every if one.id in asked),
        others=tuple(one for one in every if one.id not in asked),
    )
