"""Sets of norms as pages list them and as files bring them in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.feedback.domain.norms import NormBand


@dataclass(frozen=True, kw_only=True)
class NormSetRow:
    """A stored set; `n_leaders` of an own one is rounded down to a step."""

    id: int
    framework_version_id: int
    is_own: bool
    source: str
    population: str
    n_leaders: int
    as_of: date
    bands: tuple[NormBand, ...]


@dataclass(frozen=True, kw_only=True)
class LoadNorms:
    """A set from elsewhere, with everything that has to be printed beside it."""

    framework_version_id: int
    source: str
    population: str
    n_leaders: int
    as_of: date
    bands: tuple[NormBand, ...]
