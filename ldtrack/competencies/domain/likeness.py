"""How alike two competencies are by their words; what follows from it is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ldtrack.competencies.domain.rows import CompetencyRow, IndicatorRow

_WORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY = frozenset(
    _WORD.findall(
        "and are but for from has have her his its may not our own than that the their them they "
        "this those through what when where which while who whom whose will with your "
        "und der die das den dem des ein eine einer eines mit von für auf"
    )
)
"""Words that say nothing about a competency, in the languages of the shipped frameworks."""
_NAME, _DEFINITION, _BEHAVIOUR = 0.3, 0.3, 0.4


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A competency as three bags of words, and the behaviours word for word."""

    name: frozenset[str]
    definition: frozenset[str]
    behaviour: frozenset[str]
    sentences: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Every word of it."""
        return self.name | self.definition | self.behaviour


def wording(row: CompetencyRow, indicators: Iterable[IndicatorRow]) -> Wording:
    """The words that a competency is made of."""
    sentences = [text for one in indicators for text in (one.effective, one.ineffective) if text]
    return Wording(
        name=_words(row.name),
        definition=_words(row.definition),
        behaviour=frozenset().union(*map(_words, sentences)),
        sentences=frozenset(" ".join(text.casefold().split()) for text in sentences),
    )


def likeness(one: Wording, other: Wording) -> float:
    """From 0 to 1: words shared of all words, of the name, the definition and the behaviours.

    They weigh 0.3, 0.3 and 0.4; a part that neither has counts for nothing either way.
    """
    parts = [
        (weight, len(ours & theirs) / len(ours | theirs))
        for weight, ours, theirs in (
            (_NAME, one.name, other.name),
            (_DEFINITION, one.definition, other.definition),
            (_BEHAVIOUR, one.behaviour, other.behaviour),
        )
        if ours | theirs
    ]
    whole = sum(weight for weight, _ in parts)
    return sum(weight * share for weight, share in parts) / whole if whole else 0.0


def drawn_from(part: Wording, whole: Wording) -> float:
    """From 0 to 1: how much of `part` stands in `whole` already.

    By its behaviours word for word where it has any, else by its words.
    """
    if part.sentences and part.sentences & whole.sentences:
        return len(part.sentences & whole.sentences) / len(part.sentences)
    return len(part.all & whole.all) / len(part.all) if part.all else 0.0


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold())) - _EMPTY
