"""From one person's entries on one competency to a trajectory; wording lives elsewhere."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ldtrack.evidence.domain import Entry, EvidenceForm
from ldtrack.growth.domain.prior import Prior
from ldtrack.growth.domain.settings import FoldSettings
from ldtrack.growth.domain.state import State, predict, update_graded, update_threshold


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What one piece of evidence did to the belief."""

    entry: Entry
    before: State
    """The belief on the day, just before the piece."""
    after: State
    weight: float
    """K: the share of the variance that the piece took away."""
    surprising: bool
    """The piece lies so far from the belief that somebody should check it."""

    @property
    def on(self) -> date:
        """The day of the piece."""
        return self.entry.observed_on

    @property
    def move(self) -> float:
        """By how many levels the piece moved the mean; signed."""
        return self.after.mean - self.before.mean


@dataclass(frozen=True, kw_only=True, slots=True)
class Trajectory:
    """One person's level on one competency over time, oldest first."""

    prior: Prior
    settings: FoldSettings
    as_of: date | None
    """Entries dated later than this were left out; None leaves out nothing."""
    steps: tuple[Step, ...]
    exposures: tuple[Entry, ...]
    withdrawn: tuple[Entry, ...]
    stale: frozenset[int] = frozenset()
    """Competencies of an earlier edition of which this one is but a part: what is seen of the whole
    moves the level of the part and leaves it carried."""

    @property
    def last(self) -> State:
        """The belief after the latest piece, or the prior."""
        return self.steps[-1].after if self.steps else self.prior.state

    def steps_until(self, day: date) -> tuple[Step, ...]:
        """The steps dated on that day or before."""
        return self.steps[: bisect_right(self.steps, day, key=lambda step: step.on)]


def fold(
    entries: Iterable[Entry],
    prior: Prior,
    settings: FoldSettings,
    as_of: date | None = None,
) -> Trajectory:
    """The trajectory that the entries lead to, in whatever order they are given.

    Entries are one person's on one competency and hold at the time of asking. They are taken by
    day of observation; on one day graded ones first, then passes and fails, then by id. One
    pass over the sorted entries. A prior dated after the first piece is taken as of that piece.
    """
    known = sorted(
        (entry for entry in entries if as_of is None or entry.observed_on <= as_of), key=_order
    )
    moving = [entry for entry in known if entry.form.moves_level]
    return Trajectory(
        prior=prior,
        settings=settings,
        as_of=as_of,
        steps=tuple(_walk(_start(prior, moving), moving, settings)),
        exposures=tuple(e for e in known if e.form is EvidenceForm.EXPOSURE),
        withdrawn=tuple(e for e in known if e.form is EvidenceForm.WITHDRAWN),
    )


def advance(state: State, entry: Entry, settings: FoldSettings) -> Step:
    """One more piece on top of the last state; its cost does not depend on the history.

    The entry must move levels and be dated no earlier than the state, else `ValueError`.
    """
    if entry.noise_variance is None or not entry.form.moves_level:
        raise ValueError("this entry moves no level")
    before = predict(state, entry.observed_on, settings)
    after = _updated(before, entry, entry.noise_variance)
    return Step(
        entry=entry,
        before=before,
        after=after,
        weight=1.0 - after.variance / before.variance,
        surprising=_is_surprising(before, entry, entry.noise_variance, settings),
    )


def extend(trajectory: Trajectory, entry: Entry) -> Trajectory:
    """The trajectory with one more entry, replayed only from where the entry belongs.

    Equal to a fold of everything from the start. A later entry costs one `advance`; a late one
    costs the pieces after it.
    """
    if trajectory.as_of is not None and entry.observed_on > trajectory.as_of:
        return trajectory
    if entry.form is EvidenceForm.EXPOSURE:
        return replace(trajectory, exposures=_inserted(trajectory.exposures, entry))
    if entry.form is EvidenceForm.WITHDRAWN:
        return replace(trajectory, withdrawn=_inserted(trajectory.withdrawn, entry))
    at = bisect_left(trajectory.steps, _order(entry), key=lambda step: _order(step.entry))
    kept = trajectory.steps[:at]
    rest = [entry, *(step.entry for step in trajectory.steps[at:])]
    state = kept[-1].after if kept else _start(trajectory.prior, rest)
    steps = (*kept, *_walk(state, rest, trajectory.settings))
    return replace(trajectory, steps=steps)


def _order(entry: Entry) -> tuple[date, bool, int]:
    return entry.observed_on, entry.form is not EvidenceForm.GRADED, entry.entry_id


def _inserted(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    longer = list(entries)
    insort(longer, entry, key=_order)
    return tuple(longer)


def _start(prior: Prior, moving: list[Entry]) -> State:
    state = prior.state
    if moving and state.on is not None and moving[0].observed_on < state.on:
        return replace(state, on=moving[0].observed_on)
    return state


def _walk(state: State, moving: list[Entry], settings: FoldSettings) -> Iterable[Step]:
    for entry in moving:
        step = advance(state, entry, settings)
        state = step.after
        yield step


def _updated(before: State, entry: Entry, noise: float) -> State:
    if entry.value is not None:
        return update_graded(before, entry.value, noise)
    return update_threshold(before, _passed(entry), _pitch(entry), noise)


def _is_surprising(before: State, entry: Entry, noise: float, settings: FoldSettings) -> bool:
    """Whether the piece contradicts the belief by more than so many standard deviations.

    A graded piece can contradict it on either side; a pass only by being above, a fail only by
    being below, since the other side is what was to be expected.
    """
    limit = settings.surprise_sds * math.sqrt(before.variance + noise)
    if entry.value is not None:
        return abs(entry.value - before.mean) > limit
    shortfall = _pitch(entry) - before.mean
    return (shortfall if _passed(entry) else -shortfall) > limit


def _passed(entry: Entry) -> bool:
    return entry.form is EvidenceForm.PASSED


def _pitch(entry: Entry) -> float:
    if entry.level is None:
        raise ValueError("a pass or fail has a level")
    return entry.level
