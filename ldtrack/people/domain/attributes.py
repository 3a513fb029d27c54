"""What people may declare about themselves, and when counts of it may be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

FLOOR = 5
"""Fewest people behind any count, and behind what is left of the whole (rule 14)."""
MOST_QUESTIONS = 5
FEWEST_ANSWERS, MOST_ANSWERS = 2, 8

Chosen = Mapping[int, int]
"""Which answer stands by declaration: ids of answers by ids that are kept while it changes."""


def may_be_shown(chosen: Chosen, n_people: int, shown: Chosen | None) -> bool:
    """Whether counts of the answers can be shown, given what was shown last.

    Each answer has nobody or at least five people behind it, and so has not answering. Whoever is
    in each combination of what was shown and what would be shown now is nobody, or five at least:
    otherwise the difference between the two would tell what a few people declared.

    >>> may_be_shown({1: 7, 2: 7, 3: 7, 4: 7}, n_people=40, shown=None)
    False
    >>> five = {one: 7 for one in range(5)}
    >>> may_be_shown(five, n_people=40, shown=None)
    True
    >>> may_be_shown(five, n_people=9, shown=None)
    False
    >>> may_be_shown({**five, 9: 7}, n_people=40, shown=five)
    False
    """
    counts = [*Counter(chosen.values()).values(), n_people - len(chosen)]
    if any(0 < n < FLOOR for n in counts) or not chosen:
        return False
    if shown is None:
        return True
    moves = Counter((shown.get(one), chosen.get(one)) for one in shown.keys() | chosen.keys())
    return all(n >= FLOOR for n in moves.values())


@dataclass(frozen=True, kw_only=True)
class AskAbout:
    """A question that people may answer about themselves, with its answers in order."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AttributeRow:
    """A question with its answers by id; `own` is what the person at the screen declared."""

    id: int
    question: str
    answers: tuple[tuple[int, str], ...]
    own: int | None = None

    @property
    def own_words(self) -> str:
        """What they declared, in its words; empty if nothing."""
        return dict(self.answers).get(self.own or 0, "")


@dataclass(frozen=True, kw_only=True)
class AttributeFigures:
    """A question with how many declared each answer; no counts where too few stand behind them."""

    id: int
    question: str
    answers: tuple[str, ...]
    counts: tuple[int, ...] | None
