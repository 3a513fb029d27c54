"""What a gate of a pathway asks for, point by point, and whether somebody has shown it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ldtrack.evidence.domain import SourceKind
from ldtrack.growth.domain.standing import NotYetAssessed, Sureness
from ldtrack.growth.domain.target import AgainstTarget, Verdict

_FROM_MOST_SURE = tuple(Sureness)


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """One thing that a gate asks for; `words` say how somebody stands, whether it holds or not."""

    holds: bool
    words: str


def level_criterion(found: AgainstTarget | NotYetAssessed, level: int) -> Criterion:
    """ "3.6 (3.2 to 3.9): met", or "not yet assessed"."""
    if isinstance(found, NotYetAssessed):
        return Criterion(holds=False, words=found.label)
    band = found.level.band
    words = f"{found.level.mean:.1f} ({band.low:.1f} to {band.high:.1f})"
    return Criterion(
        holds=found.verdict is Verdict.MET,
        words=f"{words} for level {level}: {found.verdict.label}",
    )


def sureness_criterion(found: AgainstTarget | NotYetAssessed, wanted: Sureness) -> Criterion:
    """ "fairly sure; well established is asked for"."""
    if isinstance(found, NotYetAssessed):
        return Criterion(holds=False, words=f"{wanted.label} is asked for")
    here = found.level.sureness
    if _FROM_MOST_SURE.index(here) <= _FROM_MOST_SURE.index(wanted):
        return Criterion(holds=True, words=here.label)
    return Criterion(holds=False, words=f"{here.label}; {wanted.label} is asked for")


def kinds_criterion(wanted: SourceKind, seen: Collection[SourceKind]) -> Criterion:
    """ "360 feedback is there", or "no 360 feedback yet"; only what moves a level counts."""
    if wanted in seen:
        return Criterion(holds=True, words=f"{wanted.label} is there")
    return Criterion(holds=False, words=f"no {_lower(wanted.label)} yet")


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
