"""What raters, sponsors and tests would see of a true level, with their errors; pure.

The errors are as large as those that evidence of each kind is weighed by, so that an estimate made
of it is off by about as much as its range says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from ldtrack.demo.curves import rated

OCCASION_SD = 0.25
"""What everybody in one 360 shares."""
LENIENCY_SD = 0.45
"""How far raters differ in how kindly they see somebody."""
ITEM_SD = 0.6
SELF_BIAS = 0.35
LOOKING_BACK = 0.6
"""By how much people think they have grown, in levels."""
DERAILING = 0.25
"""How far up the scale a habit that gets in the way usually is."""
OUTCOME_SD = 0.6
SCORE_SD = 0.8
TEST_SD = 0.6


@dataclass(frozen=True, kw_only=True)
class Rater:
    """Somebody who answers: how kindly, in levels, and the chance that they could not observe."""

    leniency: float
    blind: float


def rater_of(random: Random, group: str) -> Rater:
    """A believable rater of the group; people see themselves a little too well."""
    if group == "self":
        return Rater(leniency=random.gauss(SELF_BIAS, LENIENCY_SD), blind=0.0)
    return Rater(
        leniency=random.gauss(0.0, LENIENCY_SD), blind=0.02 if group == "manager" else 0.07
    )


def answers_of(
    random: Random,
    rater: Rater,
    items: Sequence[tuple[int, int]],
    seen: Mapping[int, float],
    lo: int,
    hi: int,
) -> dict[int, int | None]:
    """Scores by item; `items` pairs item and competency, `seen` is the level by competency."""
    return {
        item: None
        if random.random() < rater.blind
        else rated(random, seen[competency] + rater.leniency, ITEM_SD, lo, hi)
        for item, competency in items
    }


def derailers_of(
    random: Random, rater: Rater, items: Sequence[int], lo: int, hi: int
) -> dict[int, int | None]:
    """Scores of habits that get in the way: mostly low, and higher from who sees less kindly."""
    usual = lo + DERAILING * (hi - lo)
    return {
        item: None
        if random.random() < rater.blind
        else rated(random, usual - rater.leniency, ITEM_SD, lo, hi)
        for item in items
    }


def outcome_seen(random: Random, level: float, lo: int, hi: int) -> float:
    """The level that a sponsor saw in an assignment, in halves."""
    return min(max(round(2 * random.gauss(level, OUTCOME_SD)) / 2, lo), hi)


def points_for(random: Random, level: float, lo: int, hi: int) -> float:
    """Points of a hundred in a graded piece of work, stretched over the scale."""
    seen = min(max(random.gauss(level, SCORE_SD), lo), hi)
    return round(100 * (seen - lo) / (hi - lo), 1)
