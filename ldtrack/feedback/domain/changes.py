"""What changed since the last cycle, from two printed releases; who answered in both is a verdict.

RCI = difference / √(SE₁² + SE₂²). From 1.96 on (to either side) a change is clear, from 1.28 on
possible. "No clear change" is not "no change". Example: SE .26833 twice, from 3.1 to 3.8, is
.7 / .37947 = 1.8447: a possible change.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ldtrack.feedback.domain.answers import Key, Scale
from ldtrack.feedback.domain.document import CompetencyResult, Others, Release
from ldtrack.feedback.domain.figures import Figure, Shown, level_in_totals, one_decimal
from ldtrack.feedback.domain.rereleases import Comparison

CLEAR_FROM = 1.96
POSSIBLE_FROM = 1.28
_EXACT = (Shown.NUMBER, Shown.LOW)
_HAIR = 1e-9


class ChangeWord(StrEnum):
    """What may be said of a difference beside its noise."""

    CLEAR = "clear change"
    POSSIBLE = "possible change"
    NOT_CLEAR = "no clear change"


@dataclass(frozen=True, kw_only=True)
class CompetencyChange:
    """One competency then and now; a number and a word only where `comparison` is a change.

    In bands, `before` and `after` name the whole levels between which others lie.
    """

    competency_id: Key
    comparison: Comparison
    before: str = ""
    after: str = ""
    difference: float | None = None
    word: ChangeWord | None = None
    self_before: Figure | None = None
    self_after: Figure | None = None


@dataclass(frozen=True, kw_only=True)
class Since:
    """The earlier cycle, and every competency that both asked about."""

    cycle: str
    closed_on: date
    changes: tuple[CompetencyChange, ...]


def rci(difference: float, se_before: float, se_after: float) -> float:
    """The reliable change index.

    >>> round(rci(3.8 - 3.1, 0.6 * 0.2**0.5, 0.6 * 0.2**0.5), 4)
    1.8447
    """
    return difference / math.hypot(se_before, se_after)


def change_word(index: float) -> ChangeWord:
    """The word for a reliable change index.

    >>> [change_word(x).value for x in (-2.0, 1.8447, 1.0)]
    ['clear change', 'possible change', 'no clear change']
    """
    size = abs(index) + _HAIR
    if size >= CLEAR_FROM:
        return ChangeWord.CLEAR
    return ChangeWord.POSSIBLE if size >= POSSIBLE_FROM else ChangeWord.NOT_CLEAR


def changes(
    before: Release, after: Release, allowed: Sequence[tuple[Key, Comparison]]
) -> tuple[CompetencyChange, ...]:
    """Each competency that both releases speak of, as far as `allowed` lets it be compared.

    On another scale than before nothing can be compared.
    """
    if before.scale != after.scale:
        return ()
    earlier = {result.competency_id: result for result in before.competencies}
    verdicts = dict(allowed)
    return tuple(
        _change(earlier[now.competency_id], now, verdicts[now.competency_id], after.scale)
        for now in after.competencies
        if now.competency_id in earlier and now.competency_id in verdicts
    )


def _change(
    before: CompetencyResult, after: CompetencyResult, comparison: Comparison, scale: Scale
) -> CompetencyChange:
    nothing = CompetencyChange(
        competency_id=after.competency_id,
        comparison=Comparison.NOTHING,
        self_before=before.self_figure,
        self_after=after.self_figure,
    )
    old, new = before.others, after.others
    if comparison is Comparison.NOTHING or old is None or new is None:
        return nothing
    difference, index = _difference(old, new)
    alike = _counted_in(before) == _counted_in(after)
    if comparison is Comparison.CHANGE and alike and difference is not None:
        return replace(
            nothing,
            comparison=comparison,
            before=old.figure.text,
            after=new.figure.text,
            difference=difference,
            word=change_word(index),
        )
    return replace(
        nothing,
        comparison=Comparison.BANDS,
        before=band(old.figure, scale),
        after=band(new.figure, scale),
    )


def _counted_in(result: CompetencyResult) -> frozenset[str]:
    """The groups of whose own figures the level of others is made, none of them a band."""
    return frozenset(one.group_key for one in result.groups if one.figure.shown in _EXACT)


def band(figure: Figure, scale: Scale) -> str:
    """The levels between which a printed figure lies: whole ones, if it is a number.

    >>> from ldtrack.feedback.domain.figures import number
    >>> band(number(3.4), Scale()), band(number(5.0), Scale())
    ('between 3 and 4', 'between 4 and 5')
    """
    if figure.shown is Shown.ROUGH:
        return figure.text
    level = level_in_totals(figure, scale)
    lower = min(max(math.floor(level if level is not None else scale.lo), scale.lo), scale.hi - 1)
    return f"between {lower} and {lower + 1}"


def _difference(old: Others, new: Others) -> tuple[float | None, float]:
    """The printed difference and its index; none where one side has no number or no noise."""
    if old.figure.value is None or new.figure.value is None or not old.se or not new.se:
        return None, 0.0
    difference = one_decimal(new.figure.value - old.figure.value)
    return difference, rci(difference, old.se, new.se)
