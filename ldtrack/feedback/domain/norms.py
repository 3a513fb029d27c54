"""A band of what is usual, from the printed reports of an organisation or from a loaded set.

The band holds the middle half. An organisation's own needs 30 leaders, is made from printed
figures alone, and says of how many leaders it speaks in steps of five, so that nobody can be
taken out of it by subtraction. Whoever reads it may know some of the reports behind it: the
others must be nobody or at least five.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean, quantiles

from ldtrack.feedback.domain.answers import Key
from ldtrack.feedback.domain.figures import one_decimal

FEWEST_LEADERS = 30
FEWEST_UNKNOWN = 5
STEP = 5
HERE = "This organisation"
"""The source of a norm of the organisation's own."""


class Place(StrEnum):
    """Where a printed figure lies beside the band."""

    BELOW = "below the middle half"
    WITHIN = "within the middle half"
    ABOVE = "above the middle half"


@dataclass(frozen=True, kw_only=True)
class NormBand:
    """One competency: the mean, and between what the middle half lies, in levels."""

    competency_id: Key
    mean: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Norm:
    """A set of bands and all that has to be printed beside them."""

    source: str
    population: str
    n_leaders: str
    as_of: date
    bands: tuple[NormBand, ...]

    @property
    def is_from_here(self) -> bool:
        """Whether it tells what is usual in the organisation itself."""
        return self.source == HERE

    def band_of(self, competency_id: Key) -> NormBand | None:
        """The band of a competency, if the set has one."""
        return next((b for b in self.bands if b.competency_id == competency_id), None)


@dataclass(frozen=True, kw_only=True)
class OwnBand:
    """A band of the organisation's own with the leaders whose reports are behind it."""

    band: NormBand
    leaders: frozenset[int]


def own_bands(printed: Mapping[int, Mapping[Key, float]]) -> tuple[OwnBand, ...]:
    """The organisation's own bands, from what each leader's latest report prints of others.

    A competency has a band if 30 leaders print a number for it.
    """
    asked = dict.fromkeys(id_ for levels in printed.values() for id_ in levels)
    bands = []
    for competency_id in asked:
        levels = {
            leader: of[competency_id] for leader, of in printed.items() if competency_id in of
        }
        if len(levels) >= FEWEST_LEADERS:
            band = _band(competency_id, list(levels.values()))
            bands.append(OwnBand(band=band, leaders=frozenset(levels)))
    return tuple(bands)


def own_norm(
    bands: Collection[OwnBand], *, known: Collection[int], population: str, as_of: date
) -> Norm | None:
    """The own bands that a reader may see who knows the reports of the leaders in `known`."""
    safe = [
        own
        for own in bands
        if len(own.leaders - set(known)) == 0 or len(own.leaders - set(known)) >= FEWEST_UNKNOWN
    ]
    if not safe:
        return None
    fewest = min(len(own.leaders) for own in safe)
    return Norm(
        source=HERE,
        population=population,
        n_leaders=f"{fewest // STEP * STEP} or more",
        as_of=as_of,
        bands=tuple(own.band for own in safe),
    )


def place(level: float, band: NormBand) -> Place:
    """Where a printed level lies; the ends belong to the band.

    >>> place(3.9, NormBand(competency_id="c", mean=3.6, low=3.3, high=3.9)).value
    'within the middle half'
    """
    if level < band.low:
        return Place.BELOW
    return Place.ABOVE if level > band.high else Place.WITHIN


def _band(competency_id: Key, levels: list[float]) -> NormBand:
    low, _, high = quantiles(levels, n=4, method="inclusive")
    return NormBand(
        competency_id=competency_id,
        mean=one_decimal(fmean(levels)),
        low=one_decimal(low),
        high=one_decimal(high),
    )
