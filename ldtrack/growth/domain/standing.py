"""Where a person stands on one competency on one day: level, range and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldtrack.core.distributions import normal_quantile
from ldtrack.evidence.domain import Scale
from ldtrack.growth.domain.fold import Trajectory
from ldtrack.growth.domain.state import State, predict


class Sureness(StrEnum):
    """How sure we are of a level, by its standard deviation."""

    WELL_ESTABLISHED = "well_established"
    """At most a quarter of a level."""
    FAIRLY_SURE = "fairly_sure"
    """At most 0.4 of a level."""
    TENTATIVE = "tentative"
    """At most 0.6 of a level."""
    TOO_LITTLE = "too_little"
    """More than that: views of teams show no number."""

    @property
    def label(self) -> str:
        """The words people see."""
        return _SURENESS_LABELS[self]


_SURENESS_LABELS = {
    Sureness.WELL_ESTABLISHED: "well established",
    Sureness.FAIRLY_SURE: "fairly sure",
    Sureness.TENTATIVE: "tentative",
    Sureness.TOO_LITTLE: "too little evidence",
}

_SURENESS_UP_TO = (
    (0.25, Sureness.WELL_ESTABLISHED),
    (0.4, Sureness.FAIRLY_SURE),
    (0.6, Sureness.TENTATIVE),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """The range that holds the level with a chance of `share`; it may leave the scale."""

    low: float
    high: float
    share: float

    def clipped(self, scale: Scale) -> Band:
        """The part of it that can be drawn on the scale."""
        low, high = scale.clipped(self.low), scale.clipped(self.high)
        return Band(low=low, high=high, share=self.share)


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """A level that evidence supports, as of `on`."""

    on: date
    mean: float
    sd: float
    band: Band
    n_pieces: int
    carried: bool
    """Nothing was observed of it itself since the level was carried from an earlier edition."""

    @property
    def sureness(self) -> Sureness:
        """How sure we are, as a word."""
        return next(
            (word for limit, word in _SURENESS_UP_TO if self.sd <= limit), Sureness.TOO_LITTLE
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class NotYetAssessed:
    """Nothing has been observed that could move a level; there is no point to draw."""

    on: date
    n_exposures: int

    label = "not yet assessed"


def standing_at(
    trajectory: Trajectory, on: date, band_share: float | None = None
) -> Level | NotYetAssessed:
    """The level on a day, from evidence dated until then; silence since then widens the band.

    `band_share` is the chance that the band holds the level (the settings' usual band if not
    given). A carried level counts as evidence; any other prior alone does not.
    """
    share = trajectory.settings.band_share if band_share is None else band_share
    steps = trajectory.steps_until(on)
    brought = _brings_a_level(trajectory, on)
    if not steps and not brought:
        seen = sum(entry.observed_on <= on for entry in trajectory.exposures)
        return NotYetAssessed(on=on, n_exposures=seen)
    latest = steps[-1].after if steps else trajectory.prior.state
    state = predict(latest, on, trajectory.settings)
    return Level(
        on=on,
        mean=state.mean,
        sd=state.sd,
        band=_band(state, share),
        n_pieces=len(steps),
        carried=all(step.entry.competency_id in trajectory.stale for step in steps),
    )


def _brings_a_level(trajectory: Trajectory, on: date) -> bool:
    prior = trajectory.prior
    return prior.is_carried and (prior.state.on is None or prior.state.on <= on)


def _band(state: State, share: float) -> Band:
    reach = normal_quantile(0.5 + share / 2) * state.sd
    return Band(low=state.mean - reach, high=state.mean + reach, share=share)
