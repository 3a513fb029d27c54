"""What lately happened and how it moved levels, one line for each experience."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ldtrack.access.domain import Actor
from ldtrack.dashboards.pages.reveal import is_told
from ldtrack.dashboards.pages.sources import source_of
from ldtrack.dashboards.pages.subject import Subject
from ldtrack.dashboards.pages.words import Target, plural, signed
from ldtrack.evidence.domain import Entry, EvidenceForm, SourceKind
from ldtrack.growth.domain.person import PersonGrowth

LATELY = timedelta(days=60)
MOST = 6
_MOST_MOVES = 2

_HAPPENED = {
    (SourceKind.MILESTONE, EvidenceForm.PASSED): "Milestone met",
    (SourceKind.MILESTONE, EvidenceForm.FAILED): "Milestone missed",
    (SourceKind.COURSE_ASSESSMENT, EvidenceForm.PASSED): "Course passed",
    (SourceKind.COURSE_ASSESSMENT, EvidenceForm.FAILED): "Course not passed",
    (SourceKind.COURSE_COMPLETION, EvidenceForm.EXPOSURE): "Course completed",
}


@dataclass(frozen=True, kw_only=True)
class NewsItem:
    """An experience of one day; `moved` names the competencies that it moved, in words."""

    on: date
    what: str
    title: str
    moved: str
    target: Target | None


def news_of(growth: PersonGrowth, subject: Subject, actor: Actor) -> tuple[NewsItem, ...]:
    """The latest experiences of sixty days, newest first."""
    since = growth.as_of - LATELY
    together: dict[tuple[SourceKind, int], list[tuple[Entry, str, float]]] = defaultdict(list)
    for entry, competency, move in _pieces(growth):
        if entry.observed_on > since:
            source = (entry.source_kind, entry.source_id)
            together[source].append((entry, competency, move))
    items = [_item(pieces, subject, actor) for pieces in together.values()]
    return tuple(sorted(items, key=lambda item: item.on, reverse=True)[:MOST])


def _pieces(growth: PersonGrowth) -> Iterator[tuple[Entry, str, float]]:
    for found in growth.histories:
        for step in found.trajectory.steps:
            yield step.entry, found.competency.name, step.move
        for entry in found.trajectory.exposures:
            yield entry, found.competency.name, 0.0


def _item(pieces: list[tuple[Entry, str, float]], subject: Subject, actor: Actor) -> NewsItem:
    entry = pieces[0][0]
    usual = entry.source_kind.label
    told = is_told(subject, entry.source_kind)
    return NewsItem(
        on=entry.observed_on,
        what=_HAPPENED.get((entry.source_kind, entry.form), usual) if told else usual,
        title=entry.title if told and entry.title != usual else "",
        target=source_of(entry, actor) if told else None,
        moved=_moved([(name, move) for each, name, move in pieces if each.form.moves_level]),
    )


def _moved(moves: list[tuple[str, float]]) -> str:
    """The largest moves first: "Coaching others +0.2, Listening −0.1 and 3 more"."""
    moves.sort(key=lambda pair: -abs(pair[1]))
    said = ", ".join(f"{name} {signed(move)}" for name, move in moves[:_MOST_MOVES])
    rest = len(moves) - _MOST_MOVES
    return f"{said} and {plural(rest, 'other')}" if rest > 0 else said
