"""Why a level is what it is: what each piece did then and what it still counts for now."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.evidence.domain import Entry
from ldtrack.growth.domain.fold import Step, Trajectory
from ldtrack.growth.domain.prior import Prior


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerLine:
    """One piece of evidence and its part in the level."""

    entry: Entry
    weight: float
    """K on the day: the share of the doubt that the piece took away."""
    move: float
    """By how many levels it moved the mean on the day; signed."""
    share: float
    """What it still counts for after all later pieces, in 0..1."""
    surprising: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """The whole account of a level, newest first; nothing is left unexplained.

    `prior.state.mean` plus all moves is the level. The shares of all lines and `prior_share`
    add up to 1, and with graded pieces alone the level is the average that they weigh.
    """

    prior: Prior
    prior_share: float
    lines: tuple[LedgerLine, ...]
    exposures: tuple[Entry, ...]
    withdrawn: tuple[Entry, ...]


def ledger(trajectory: Trajectory) -> Ledger:
    """The account of the level after the last step of the trajectory.

    The share of a piece is its K times (1 - K) of every later piece; the prior keeps the
    product of all (1 - K). For a pass or fail, 1 - K is exactly the slope by which the old mean
    enters the new one, so the shares of older pieces stay true across it; its own share
    measures what it told about the level, as it has no value to be averaged.
    """
    remaining = 1.0
    lines: list[LedgerLine] = []
    for step in reversed(trajectory.steps):
        lines.append(_line(step, remaining))
        remaining *= 1.0 - step.weight
    return Ledger(
        prior=trajectory.prior,
        prior_share=remaining,
        lines=tuple(lines),
        exposures=trajectory.exposures[::-1],
        withdrawn=trajectory.withdrawn[::-1],
    )


def _line(step: Step, remaining: float) -> LedgerLine:
    return LedgerLine(
        entry=step.entry,
        weight=step.weight,
        move=step.move,
        share=step.weight * remaining,
        surprising=step.surprising,
    )
