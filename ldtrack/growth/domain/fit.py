"""How useful an assignment would be to somebody, and how safe; who gets it is for people to say.

Usefulness of a gap g, the level that the work asks for less the level that somebody has: nothing
until half a level below, all of it from a quarter to one level above, nothing from two. The level
is not known exactly, so its usefulness is the mean over where the level may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

from ldtrack.core.distributions import cdf, pdf

RISES, FULL, FALLS, GONE = -0.5, 0.25, 1.0, 2.0
"""The corners of the usefulness of a gap, in levels."""
SAFE_FROM = 0.7
"""The chance of being at most one level short below which somebody stands close by."""
_FITS_WELL, _FITS_IN_PART = 0.75, 0.4
_MOST_NAMED = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """What the work asks for in one competency, and where somebody stands.

    `mean` and `sd` are None for what was never assessed.
    """

    name: str
    wanted: float
    mean: float | None
    sd: float = 0.0
    weight: float = 1.0
    is_critical: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """What one competency adds to the fit."""

    name: str
    gap: float
    usefulness: float
    adds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """How well the work fits somebody's next step, and the chance that it is not too much.

    `safety` is None where a critical competency was never assessed.
    """

    score: float
    safety: float | None
    shares: tuple[Share, ...]
    unknown: tuple[str, ...]

    @property
    def fits_well(self) -> bool:
        """Whether most of what it asks for is a next step."""
        return self.score >= _FITS_WELL

    @property
    def word(self) -> str:
        """The score as a word."""
        if self.fits_well:
            return "fits well"
        return "fits in part" if self.score >= _FITS_IN_PART else "fits little"

    @property
    def needs_sponsor(self) -> bool:
        """Whether whoever takes it on needs a sponsor close by."""
        return self.safety is None or self.safety < SAFE_FROM

    @property
    def mostly_from(self) -> tuple[str, ...]:
        """The two competencies that add most; fewer if no more add anything."""
        return tuple(share.name for share in self.shares[:_MOST_NAMED] if share.adds > 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class TooLittleKnown:
    """Nothing that the work asks for was ever assessed, so there is no fit to name."""

    unknown: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """When somebody last had a stretch assignment, and how many they had lately."""

    last_on: date | None
    n_lately: int


NEVER = Taken(last_on=None, n_lately=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class FitOf:
    """Somebody's fit, with what they had before beside it and not in it."""

    person_id: int
    fit: Fit | TooLittleKnown
    taken: Taken


def usefulness(gap: float, sd: float) -> float:
    """Mean usefulness of a gap that is known with an error of `sd`, both in levels.

    With r(a) the mean of what the gap is above a:
    ((r(-.5) - r(.25)) / .75) - (r(1) - r(2)) / (2 - 1).

    >>> usefulness(-0.2, 0.0)
    0.4
    """
    rise = (_above(gap, sd, RISES) - _above(gap, sd, FULL)) / (FULL - RISES)
    fall = (_above(gap, sd, FALLS) - _above(gap, sd, GONE)) / (GONE - FALLS)
    return round(rise - fall, 12)


def safety_of(needs: Iterable[Need]) -> float | None:
    """The chance of being at most one level short in everything critical, taken as independent.

    None where one of them was never assessed.
    """
    chances = [_nearly_there(need) for need in needs if need.is_critical]
    known = [chance for chance in chances if chance is not None]
    return prod(known) if len(known) == len(chances) else None


def fit_of(needs: Sequence[Need]) -> Fit | TooLittleKnown:
    """The weighted mean usefulness of what was assessed; what was not is named, and is no zero.

    Levels 4.2, 3.4 and 2.5 where 4 is asked for, weights .5, .3 and .2: .4, 1 and .5 make .60 if
    the levels are certain, 0.5908 with an error of .4 each.
    """
    unknown = tuple(need.name for need in needs if need.mean is None)
    known = [(need, need.wanted - need.mean) for need in needs if need.mean is not None]
    total = sum(need.weight for need, _ in known)
    if total <= 0:
        return TooLittleKnown(unknown=unknown)
    shares = [_share(need, gap, total) for need, gap in known]
    return Fit(
        score=sum(share.adds for share in shares),
        safety=safety_of(needs),
        shares=tuple(sorted(shares, key=lambda share: -share.adds)),
        unknown=unknown,
    )


def best_first(fits: Mapping[int, Fit | TooLittleKnown]) -> list[int]:
    """Openings by how well they fit, the best first; equals stay in the order that they come in."""
    return sorted(fits, key=lambda id_: -_as_read(fits[id_]))


def in_order(candidates: Iterable[FitOf]) -> list[FitOf]:
    """The best fit first; of equals whoever had no stretch assignment for longest.

    Equal is what reads as equal, two decimals. Of whom too little is known comes last.
    """
    return sorted(candidates, key=_place)


def _place(one: FitOf) -> tuple[float, bool, date]:
    last = one.taken.last_on
    return -_as_read(one.fit), last is not None, last or date.min


def _as_read(fit: Fit | TooLittleKnown) -> float:
    return round(fit.score, 2) if isinstance(fit, Fit) else -1.0


def _share(need: Need, gap: float, total: float) -> Share:
    useful = usefulness(gap, need.sd)
    return Share(name=need.name, gap=gap, usefulness=useful, adds=need.weight / total * useful)


def _above(gap: float, sd: float, corner: float) -> float:
    """Mean of max(0, gap - corner): (g - a) Phi((g - a) / s) + s phi((g - a) / s)."""
    over = gap - corner
    if sd == 0:
        return max(0.0, over)
    return over * cdf(over / sd) + sd * pdf(over / sd)


def _nearly_there(need: Need) -> float | None:
    if need.mean is None:
        return None
    over = need.mean - (need.wanted - 1)
    return cdf(over / need.sd) if need.sd > 0 else float(over >= 0)
