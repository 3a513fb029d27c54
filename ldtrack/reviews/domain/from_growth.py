"""A trajectory as a part of the document: figures as they stand, clipped to nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.competencies.domain import ScaleRow
from ldtrack.evidence.domain import Entry, EvidenceForm, SourceKind
from ldtrack.growth.domain import (
    AgainstTarget,
    Change,
    Level,
    NotYetAssessed,
    Sureness,
    Verdict,
    change_between,
    standing_at,
)
from ldtrack.growth.domain.person import CompetencyGrowth
from ldtrack.reviews.domain.document import (
    CompetencyPart,
    LevelOn,
    MarkOn,
    Met,
    Moved,
    Origin,
    Piece,
    ScaleLevel,
    ScaleWords,
    Standing,
    Sure,
)
from ldtrack.reviews.domain.say import level as said

_SURE = {
    Sureness.WELL_ESTABLISHED: Sure.WELL_ESTABLISHED,
    Sureness.FAIRLY_SURE: Sure.FAIRLY_SURE,
    Sureness.TENTATIVE: Sure.TENTATIVE,
    Sureness.TOO_LITTLE: Sure.TOO_LITTLE,
}
_MET = {Verdict.MET: Met.MET, Verdict.TOO_CLOSE: Met.TOO_CLOSE, Verdict.NOT_YET: Met.NOT_YET}

_ORIGINS = {
    SourceKind.FEEDBACK_RELEASE: Origin.FEEDBACK,
    SourceKind.COACH_RATING: Origin.COACHING,
    SourceKind.MILESTONE: Origin.COACHING,
    SourceKind.ASSIGNMENT_OUTCOME: Origin.ASSIGNMENT,
    SourceKind.COURSE_ASSESSMENT: Origin.COURSE,
    SourceKind.COURSE_COMPLETION: Origin.COURSE,
    SourceKind.CERTIFICATE: Origin.COURSE,
}


def scale_words(scale: ScaleRow) -> ScaleWords:
    """The scale with its words."""
    return ScaleWords(
        levels=tuple(
            ScaleLevel(value=level.value, label=level.label, meaning=level.meaning)
            for level in scale.levels
        )
    )


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a trajectory is to be read: the share that the range holds, and the day to compare with,
    if there is one."""

    band_share: float
    since: date | None
    with_history: bool = True
    """Whether the way to the level is told too: points, pieces, change."""


def competency_part(key: str, growth: CompetencyGrowth, reading: Reading) -> CompetencyPart:
    """One competency; `key` names its place in the document."""
    line = growth.line()
    return CompetencyPart(
        key=key,
        name=growth.competency.name,
        domain=growth.competency.domain,
        definition=growth.competency.definition,
        scale=scale_words(growth.scale),
        target=growth.target,
        standing=_standing(growth),
        points=tuple(
            LevelOn(on=point.on, level=point.level, low=point.low, high=point.high)
            for point in (line.points if reading.with_history else ())
        ),
        pieces=_pieces(growth) if reading.with_history else (),
        moved=_moved(growth, reading) if reading.with_history else None,
        marks=tuple(
            MarkOn(on=mark.on, label=mark.label)
            for mark in (line.marks if reading.with_history else ())
        ),
        is_critical=growth.is_critical,
        retired_in=growth.succeeded.edition if growth.succeeded else "",
    )


def _standing(growth: CompetencyGrowth) -> Standing | None:
    standing = growth.standing
    if isinstance(standing, NotYetAssessed):
        return None
    against = growth.against if isinstance(growth.against, AgainstTarget) else None
    return Standing(
        level=standing.mean,
        low=standing.band.low,
        high=standing.band.high,
        sure=_SURE[standing.sureness],
        met=_MET[against.verdict] if against else None,
        chance=against.chance if against else None,
        n_pieces=standing.n_pieces,
        carried=standing.carried,
        carried_from=growth.carried.edition if growth.carried and standing.carried else "",
    )


def _moved(growth: CompetencyGrowth, reading: Reading) -> Moved | None:
    """A change since the day before, if it is larger than its noise."""
    now = growth.standing
    if reading.since is None or not isinstance(now, Level) or reading.since >= now.on:
        return None
    before = standing_at(growth.trajectory, reading.since, reading.band_share)
    if not isinstance(before, Level) or change_between(before, now) is Change.NOT_CLEAR:
        return None
    return Moved(since=reading.since, before=before.mean, now=now.mean)


def _pieces(growth: CompetencyGrowth) -> tuple[Piece, ...]:
    """All evidence, what moved the level and what did not, oldest first."""
    return tuple(
        Piece(
            on=entry.observed_on,
            origin=_ORIGINS.get(entry.source_kind, Origin.OTHER),
            kind=entry.source_kind.label,
            title=entry.title,
            said=said_by(entry),
            author=entry.author or "",
            level=level,
        )
        for entry, level in growth.pieces
    )


def said_by(entry: Entry) -> str:
    """What a piece said: a value, a level met or not, or that somebody took part."""
    if entry.value is not None:
        return said(entry.value)
    if entry.level is not None:
        word = "met" if entry.form is EvidenceForm.PASSED else "not met"
        return f"{word} at {said(entry.level)}"
    return "took part"
