"""How one figure is printed: as a number to one decimal, a word for low, a band, or a reason.

Every renderer takes these as they are, so that page, table, file and mail say the same; counts too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ldtrack.feedback.domain.answers import Scale
from ldtrack.feedback.domain.reasons import Reason

LOW_UP_TO = 0.3
"""A mean this close to the bottom, in levels, is printed as a word: it tells every answer."""
LOW_BAND = 0.5
"""The word speaks of a band this wide, in levels."""
HALF_STEP = 0.05
"""How far a mean can be from what is printed, in levels."""
_HAIR = 1e-9


class Shown(StrEnum):
    """The four ways in which a figure appears."""

    NUMBER = "number"
    LOW = "low"
    ROUGH = "rough"
    HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One printed figure. Only a NUMBER has a value; a HIDDEN and a ROUGH one have a reason.

    A ROUGH one lies `between` two levels and is no more exact than that.
    """

    shown: Shown
    text: str
    value: float | None = None
    reason: Reason | None = None
    between: tuple[float, ...] = ()

    @property
    def why(self) -> str:
        """Why there is no exact figure; nothing where there is one."""
        if self.shown is Shown.HIDDEN:
            return self.text
        # The reason for a band names no floor, so any will do.
        return self.reason.sentence(0) if self.reason else ""


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many answered: exactly, or only that they are at least so many; `of` is the invited."""

    at_least: int
    exact: bool
    of: int | None = None

    @property
    def words(self) -> str:
        """For people.

        >>> Count(at_least=3, exact=False, of=5).words, Count(at_least=6, exact=True, of=8).words
        ('3 or more of 5', '6 of 8')
        """
        more = "" if self.exact or self.at_least == self.of else " or more"
        return f"{self.at_least}{more}" + ("" if self.of is None else f" of {self.of}")


def one_decimal(value: float) -> float:
    """Rounded to one decimal, halves up.

    >>> one_decimal(3.25), one_decimal(-0.25)
    (3.3, -0.2)
    """
    return math.floor(value * 10 + 0.5 + _HAIR) / 10


def number(mean: float) -> Figure:
    """The mean as a number, to one decimal."""
    value = one_decimal(mean)
    return Figure(shown=Shown.NUMBER, text=f"{value:.1f}", value=value)


def shielded(mean: float, scale: Scale) -> Figure:
    """The mean as a number or, at the bottom of the scale, as a word without one.

    >>> shielded(1.3, Scale()).text, shielded(1.4, Scale()).text
    ('low (1.5 or below)', '1.4')
    """
    if one_decimal(mean) > scale.lo + LOW_UP_TO + _HAIR:
        return number(mean)
    return Figure(shown=Shown.LOW, text=f"low ({scale.lo + LOW_BAND:.1f} or below)")


def hidden(reason: Reason, k: int) -> Figure:
    """No figure, and the sentence that says why."""
    return Figure(shown=Shown.HIDDEN, text=reason.sentence(k), reason=reason)


def rough(low: float, high: float, reason: Reason) -> Figure:
    """Only between which levels a figure lies; whole levels are written without a decimal.

    >>> rough(3, 5, Reason.BETWEEN_CYCLES).text, rough(3.5, 4, Reason.BETWEEN_CYCLES).text
    ('between 3 and 5', 'between 3.5 and 4.0')
    """
    whole = low == int(low) and high == int(high)
    edges = [f"{level:.0f}" if whole else f"{level:.1f}" for level in (low, high)]
    text = " and ".join(edges) if edges[0] != edges[1] else ""
    return Figure(
        shown=Shown.ROUGH,
        text=f"between {text}" if text else f"about {edges[0]}",
        reason=reason,
        between=(low, high),
    )


def printed_between(figure: Figure, scale: Scale) -> tuple[float, float]:
    """Between which levels a mean lies, as far as its printed figure tells; rounding included.

    >>> printed_between(number(4.0), Scale()), printed_between(shielded(1.0, Scale()), Scale())
    ((3.95, 4.05), (1, 1.35))
    """
    if figure.shown is Shown.ROUGH:
        return figure.between[0], figure.between[1]
    if figure.value is None:
        low = figure.shown is Shown.LOW
        return scale.lo, scale.lo + LOW_UP_TO + HALF_STEP if low else scale.hi
    return round(figure.value - HALF_STEP, 2), round(figure.value + HALF_STEP, 2)


def level_in_totals(figure: Figure, scale: Scale) -> float | None:
    """What a printed figure counts as in totals, in levels.

    A low one counts as the middle of its band, so that no total can be turned back into it, and so
    does a rough one; a hidden one does not count.
    """
    if figure.shown is Shown.ROUGH:
        return sum(figure.between) / 2
    if figure.shown is Shown.LOW:
        return scale.lo + LOW_BAND / 2
    return figure.value


def count_of(n: int, k: int, of: int | None = None) -> Count:
    """The count of n >= k raters; not exact when n is within 1 of the floor k.

    >>> count_of(4, 3, 5).words, count_of(5, 3).words
    ('3 or more of 5', '5')
    """
    if n > k + 1:
        return Count(at_least=n, exact=True, of=of)
    return Count(at_least=k, exact=False, of=of)


def total_count(counts: Iterable[Count]) -> Count:
    """The sum of counts, exact only if all of them are; how many were invited is not summed."""
    together = tuple(counts)
    return Count(
        at_least=sum(count.at_least for count in together),
        exact=all(count.exact for count in together),
    )
