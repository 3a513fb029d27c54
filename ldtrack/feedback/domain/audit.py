"""Whether figures shown together give away a few people; what is shown is decided elsewhere.

Three cuts, from coarse to fine, over figures that speak of the same answers:

1. *Atoms.* Cut the raters by which figures they are part of. Every part holds 0 or at least k.
2. *Kinds.* Cut them further by how much each of their answers weighs in each figure. Any sum of
   multiples of figures gives raters of one kind the same weights, so it shows a union of kinds.
   If every kind holds at least k raters, no arithmetic on the figures isolates fewer.
3. *Arithmetic.* Where some kinds are smaller, solve exactly: no sum of multiples of the figures
   may be left with the answers of fewer than k raters.

The third is needed because figures of the *same* raters can still differ in weights: if of four
raters two answered both items of a competency and two only the first, then the competency's sum
minus the first item's sum holds the answers of just two of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ldtrack.feedback.domain.answers import Key
from ldtrack.feedback.domain.elimination import reduced, vanishing

ONE = Fraction(1)
Term = tuple[int, Key]
"""One rater's answer to one item: what a viewer may not learn."""


@dataclass(frozen=True, kw_only=True)
class Aggregate:
    """A shown figure as a sum (mean times n) over answers of non-exempt raters."""

    label: str
    terms: frozenset[tuple[Term, Fraction]]

    @classmethod
    def over(cls, label: str, raters: Collection[int], item: Key = "") -> Aggregate:
        """The plain sum, or count, over these raters' answers to one item."""
        return cls(label=label, terms=frozenset(((rater, item), ONE) for rater in raters))

    @classmethod
    def weighted(cls, label: str, weights: Mapping[Term, Fraction]) -> Aggregate:
        """A sum in which answers weigh differently; weights of 0 do not take part."""
        return cls(label=label, terms=frozenset((t, w) for t, w in weights.items() if w))

    @property
    def raters(self) -> frozenset[int]:
        return frozenset(rater for (rater, _), _ in self.terms)

    @property
    def row(self) -> dict[Term, Fraction]:
        return dict(self.terms)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`offending` names the sets of fewer than k raters that the figures single out."""

    passed: bool
    offending: tuple[frozenset[int], ...]


def audit(history: Iterable[Aggregate], k: int) -> Verdict:
    """Judge everything a viewer was ever shown of one subject, taken together.

    Figures are cut against each other only where they speak of the same answers, directly or
    through a third figure: the difference of sums over different answers isolates nobody.

    >>> three = Aggregate.over("first report", {1, 2, 3}, "q")
    >>> four = Aggregate.over("second report", {1, 2, 3, 4}, "q")
    >>> audit([three, four], k=3).offending
    (frozenset({4}),)
    """
    offending = [group for linked in linked_figures(history) for group in _offending(linked, k)]
    unique = sorted(set(offending), key=sorted)
    return Verdict(passed=not unique, offending=tuple(unique))


def atoms(history: Sequence[Aggregate]) -> tuple[frozenset[int], ...]:
    """The raters of these figures, cut by which of the figures each is part of."""
    figures = [aggregate.raters for aggregate in history]
    return _parts(
        {
            rater: frozenset(i for i, raters in enumerate(figures) if rater in raters)
            for rater in frozenset[int]().union(*figures)
        }
    )


def kinds(history: Sequence[Aggregate]) -> tuple[frozenset[int], ...]:
    """The raters of these figures, cut by the weight of each of their answers in each figure."""
    entered: dict[int, set[tuple[int, Key, Fraction]]] = {}
    for i, aggregate in enumerate(history):
        for (rater, item), weight in aggregate.terms:
            entered.setdefault(rater, set()).add((i, item, weight))
    return _parts({rater: frozenset(kind) for rater, kind in entered.items()})


def isolated(history: Sequence[Aggregate], k: int) -> Iterator[frozenset[int]]:
    """Sets of fewer than k raters that some sum of multiples of the figures is left with.

    Each kind is either absent from such a sum, which takes the figures' space down by at least
    one dimension, or part of it, which uses up some of the k - 1 raters; so the search is short.
    """
    parts = sorted(kinds(history), key=len, reverse=True)
    space = reduced(_stand_ins(aggregate, parts) for aggregate in history)
    yield from _left_with(space, parts, frozenset(), k)


def _left_with(
    space: list[dict[Term, Fraction]],
    parts: Sequence[frozenset[int]],
    group: frozenset[int],
    k: int,
) -> Iterator[frozenset[int]]:
    """The search of `isolated`: sums within `space`, with all of `group` and some of `parts`."""
    if not space:
        return
    if not parts:
        yield group
        return
    part, rest = parts[0], parts[1:]
    columns = {term for row in space for term in row if term[0] == min(part)}
    yield from _left_with(vanishing(space, columns), rest, group, k)
    if columns and len(group | part) < k:
        yield from _left_with(space, rest, group | part, k)


def linked_figures(history: Iterable[Aggregate]) -> list[list[Aggregate]]:
    """The figures in groups that have no answer in common."""
    linked: list[tuple[frozenset[Term], list[Aggregate]]] = []
    for aggregate in history:
        terms, together = frozenset(aggregate.row), [aggregate]
        apart = []
        for other_terms, others in linked:
            if other_terms.isdisjoint(terms):
                apart.append((other_terms, others))
            else:
                terms |= other_terms
                together = others + together
        linked = [*apart, (terms, together)]
    return [together for _, together in linked]


def _offending(history: Sequence[Aggregate], k: int) -> list[frozenset[int]]:
    small = [atom for atom in atoms(history) if len(atom) < k]
    return small or list(isolated(history, k))


def _parts(signature: Mapping[int, Collection[object]]) -> tuple[frozenset[int], ...]:
    parts: dict[Collection[object], set[int]] = {}
    for rater in sorted(signature):
        parts.setdefault(signature[rater], set()).add(rater)
    return tuple(frozenset(part) for part in parts.values())


def _stand_ins(aggregate: Aggregate, parts: Sequence[frozenset[int]]) -> dict[Term, Fraction]:
    """The figure's row with one rater standing in for all of a kind: their columns are equal."""
    first = {min(part) for part in parts}
    return {term: weight for term, weight in aggregate.row.items() if term[0] in first}
