"""What a report may show beside those of other cycles, if nobody changed their mind in between.

That is the worst case for whoever came or went: with three who answer as before and one who joins,
4.00 and then 3.25 is the joiner's 1. So figures of all cycles that speak of the same are taken for
sums over the same answers, and put before the audit together, with people as raters. A figure that
would single out fewer than k people is refused.

Of a competency, a band may then be shown in its place. A band alone is not enough: with 4.7 from
three, “between 3 and 4” from four is the joiner's 1 again. So the scale is cut into whole levels,
and those are joined between which a figure can lie, whatever the few answered, if the others
answered as before. Where it falls within such a band, it tells nothing that the earlier report did
not; where it falls outside, somebody has changed their mind, and nothing follows for anybody.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise

from ldtrack.feedback.domain.answers import Scale
from ldtrack.feedback.domain.audit import Aggregate, audit
from ldtrack.feedback.domain.people_figures import Answered, PeopleFigure, Wordings, people_behind
from ldtrack.feedback.domain.rereleases import Comparison, change_between_cycles

Band = tuple[int, int]
_HAIR = 1e-9


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """All that reports of other cycles show about the leader, and the highest floor of any.

    `answered` says who did in this cycle, None where nobody knows; `wordings` are this cycle's.
    """

    k: int
    scale: Scale
    figures: tuple[PeopleFigure, ...] = ()
    answered: Answered | None = field(default_factory=dict)
    wordings: Wordings = field(default_factory=Wordings)

    def people_in(self, group_keys: Sequence[str], n: int) -> frozenset[str] | None:
        """Who is in a cell of this cycle that `n` raters are in; None where nobody knows."""
        if self.answered is None:
            return None
        return people_behind(self.answered, group_keys, n, "this cycle")

    def near(self, figure: PeopleFigure) -> list[PeopleFigure]:
        """What speaks of the same and of some of the same people, directly or through others."""
        left = [one for one in self.figures if one.concerns(figure) and not one.known_person]
        found: list[PeopleFigure] = []
        reached = [figure]
        while reached:
            reached = [one for one in left if any(one.meets(other) for other in reached)]
            left = [one for one in left if one not in reached]
            found += reached
        return found

    def admit(
        self,
        figure: PeopleFigure,
        shown: Iterable[PeopleFigure] = (),
        told: frozenset[str] = frozenset(),
    ) -> bool:
        """Whether a figure of anonymous raters may be a number.

        `shown` are those before it in the same report, `told` the people whose own it shows.
        """
        near, known = self.near(figure), self._known(figure) | told
        if any(one.exact and one.repeats(figure) for one in near):
            return True
        if not near and (figure.people is None or figure.people.isdisjoint(known)):
            return True
        exact = [one for one in near if one.exact]
        if not figure.is_whole or not _are_known(exact, figure):
            return False
        rough = [one for one in near if not one.exact and one.meets(figure)]
        if not all(_apart_enough(one, figure, self.k) for one in rough):
            return False
        beside = [one for one in shown if one.concerns(figure)]
        # An earlier edition of the same report may have printed what nobody can say whose it is.
        if any(one.people is None for one in beside):
            return False
        return _passes([*exact, *beside, figure], known, self.k)

    def admit_known(self, figure: PeopleFigure) -> bool:
        """Whether the figure of a known person may be shown.

        They were told. But where they were part of a group before, it must not give away the rest.
        """
        near = [one for one in self.near(figure) if one.people is not None]
        if not any(one.meets(figure) for one in near):
            return True
        known = self._known(figure) | (figure.people or frozenset())
        # Nobody knows who left out a single statement, so the known may be among those who did not.
        left = [one.n - len(one.people & known) for one in near if one.people is not None]
        if any(0 < n < self.k for n in left):
            return False
        return _are_known(near, figure) and _passes(near, known, self.k)

    def bands(self, figure: PeopleFigure) -> tuple[Band, ...]:
        """Into which bands of whole levels the scale is cut for a figure that was refused.

        >>> from fractions import Fraction
        >>> asked = {"hearspeopleout": Fraction(1)}
        >>> three = PeopleFigure(people=frozenset("abc"), shares=asked, topic="listening", n=3,
        ...                      full=3, between=(4.65, 4.75))
        >>> four = PeopleFigure(people=frozenset("abcd"), shares=asked, topic="listening", n=4,
        ...                     full=4)
        >>> Neighbours(k=3, scale=Scale(), figures=(three,)).bands(four)
        ((1, 2), (2, 3), (3, 5))
        """
        near = self.near(figure)
        reached = [
            self._reach([one for one in near if one.report == report], figure)
            for report in dict.fromkeys(one.report for one in near)
        ]
        return joined(self.scale, reached)

    def _known(self, figure: PeopleFigure) -> frozenset[str]:
        """Whose answers to the same are known from other reports, as they were told."""
        return frozenset[str]().union(
            *(
                one.people
                for one in self.figures
                if one.known_person and one.people is not None and one.concerns(figure)
            )
        )

    def _reach(self, before: Sequence[PeopleFigure], now: PeopleFigure) -> tuple[float, float]:
        """Between which levels the figure lies if all who are in both answered as before.

        Sums over raters: those who left are taken out at any level, those who joined come in at
        any level, and what was not asked of those who stayed may be at any level too.
        """
        lo, hi = self.scale.lo, self.scale.hi
        low = high = 0.0
        stayed = 0
        # Of a group that was asked about two competencies like this one, the one more like it.
        whole = sorted((one for one in before if one.topic), key=lambda one: _alike(one, now))
        for one in {one.people: one for one in whole}.values():
            stay = _surely_in_both(one, now)
            if stay:
                anew = stay * (1 - _alike(one, now)) * (hi - lo)
                low += one.n * one.between[0] - (one.n - stay) * hi - anew
                high += one.n * one.between[1] - (one.n - stay) * lo + anew
                stayed += stay
        low += (now.n - stayed) * lo
        high += (now.n - stayed) * hi
        return max(lo, low / now.n), min(hi, high / now.n)


def joined(scale: Scale, reached: Iterable[tuple[float, float]]) -> tuple[Band, ...]:
    """Whole levels as bands, those joined that one reach touches.

    A level belongs to the band that begins with it, the highest to the band below it.

    >>> joined(Scale(), [(3.25, 4.25)])
    ((1, 2), (2, 3), (3, 5))
    """
    together = set[int]()
    for low, high in reached:
        together |= set(range(_step(low - _HAIR, scale) + 1, _step(high + _HAIR, scale) + 1))
    edges = [level for level in range(scale.lo, scale.hi + 1) if level not in together]
    return tuple(pairwise(edges))


def band_of(level: float, bands: Sequence[Band]) -> Band:
    """The band in which a level lies.

    >>> band_of(3.0, ((1, 3), (3, 5))), band_of(5.0, ((1, 3), (3, 5)))
    ((3, 5), (3, 5))
    """
    return next((band for band in bands if level < band[1] - _HAIR), bands[-1])


def _step(level: float, scale: Scale) -> int:
    """The whole level with which the band of a level begins."""
    return min(max(math.floor(level), scale.lo), scale.hi - 1)


def _surely_in_both(one: PeopleFigure, other: PeopleFigure) -> int:
    """How many people are in both with everything, even if all gaps are theirs."""
    if one.people is None or other.people is None:
        return 0
    common = len(one.people & other.people)
    gaps = len(one.people) - one.full + len(other.people) - other.full
    return max(0, common - gaps)


def _alike(one: PeopleFigure, other: PeopleFigure) -> float:
    """The part of a rater's score that is of the same wordings in both."""
    shared = one.shares.keys() & other.shares.keys()
    return float(sum(min(one.shares[word], other.shares[word]) for word in shared))


def _are_known(figures: Iterable[PeopleFigure], beside: PeopleFigure) -> bool:
    """Whether it is known whom these are of, so that they can be audited beside a figure.

    Beside the mean of a competency, an item counts as being of everybody who answered.
    """
    return all(
        one.people is not None and (one.is_whole or not one.is_like(beside)) for one in figures
    )


def _apart_enough(one: PeopleFigure, other: PeopleFigure, k: int) -> bool:
    """Whether so many came and went between a figure that is a band and this one."""
    if not one.is_whole or one.people is None or other.people is None:
        return False
    return change_between_cycles(one.people, other.people, k) is Comparison.CHANGE


def _passes(figures: Iterable[PeopleFigure], known: frozenset[str], k: int) -> bool:
    """The audit, with people as raters, over what is left when the known ones are taken out."""
    sets = [figure.people - known for figure in figures if figure.people is not None]
    number = dict(zip(sorted(frozenset[str]().union(*sets)), count(), strict=False))
    history = [
        Aggregate.over(str(place), [number[person] for person in people])
        for place, people in enumerate(sets)
        if people
    ]
    return audit(history, k).passed
