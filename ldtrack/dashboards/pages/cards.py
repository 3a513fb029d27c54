"""A competency as one of several small pictures: its line, its state, its level in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ldtrack.charts.series import LineBand
from ldtrack.charts.series.words import level_words, target_words
from ldtrack.growth.domain import Level, Verdict, sureness_words
from ldtrack.growth.domain.person import CompetencyGrowth

MANY_CARDS = 12
FEWER_POINTS = 10
NOT_ASSESSED = ("draft", "Not yet assessed")
RETIRED = ("closed", "Retired")
EARLIER = ("closed", "Earlier edition")
_TAGS = {
    Verdict.MET: ("met", "At target"),
    Verdict.TOO_CLOSE: ("close", "Too close to call"),
    Verdict.NOT_YET: ("notyet", "Not yet"),
}


@dataclass(frozen=True, kw_only=True)
class Card:
    """`level` is empty before anything was assessed; `said` goes on where it ends."""

    competency_id: int
    name: str
    tag_kind: str
    tag_word: str
    line: LineBand
    level: str
    said: str


def cards_of(found: Sequence[CompetencyGrowth]) -> tuple[Card, ...]:
    """A card each; where there are many, their lines are drawn with fewer points."""
    most = FEWER_POINTS if len(found) > MANY_CARDS else None
    return tuple(card_of(growth, most_points=most) for growth in found)


def card_of(growth: CompetencyGrowth, *, most_points: int | None = None) -> Card:
    """One card; a level that rests on a single piece says so."""
    kind, word = tag_of(growth)
    level, said = _words(growth)
    return Card(
        competency_id=growth.competency.id,
        name=growth.competency.name,
        tag_kind=kind,
        tag_word=word,
        line=_thinned(growth.line(), most_points),
        level=level,
        said=said,
    )


def _thinned(line: LineBand, most: int | None) -> LineBand:
    """The line with `most` of its points, evenly chosen, the first and the last among them."""
    points = line.points
    if most is None or len(points) <= most:
        return line
    last = len(points) - 1
    kept = sorted({round(number * last / (most - 1)) for number in range(most)})
    return replace(line, points=tuple(points[at] for at in kept))


def tag_of(growth: CompetencyGrowth) -> tuple[str, str]:
    """The state as a kind of tag and its word."""
    if growth.succeeded:
        return RETIRED if not growth.succeeded.successors else EARLIER
    if not isinstance(growth.standing, Level):
        return NOT_ASSESSED
    return _TAGS[growth.verdict] if growth.verdict else ("open", "No target")


def _words(growth: CompetencyGrowth) -> tuple[str, str]:
    weight = ", critical for the role" if growth.is_critical else ""
    target = "" if growth.target is None else f" Target {target_words(growth.target)}{weight}."
    standing = growth.standing
    if not isinstance(standing, Level):
        return "", f"Nothing observed yet.{target}"
    clip = growth.chart_scale.clip
    low, high = level_words(clip(standing.band.low)), level_words(clip(standing.band.high))
    single = ", from a single piece of evidence" if standing.n_pieces == 1 else ""
    carried = f", {growth.carried_words}" if growth.carried_words else ""
    sure = sureness_words(standing, growth.verdict)
    said = f" ({low} to {high}), {sure}{single}{carried}.{target}"
    return level_words(clip(standing.mean)), said
