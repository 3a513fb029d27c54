"""Whether the latest evidence lowered a level, and which pieces did; wording lives elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile

from ldtrack.growth.domain.change import Change, change_between
from ldtrack.growth.domain.fold import Step, Trajectory
from ldtrack.growth.domain.standing import Level, standing_at

SMALLEST_FALL = 0.05
"""In levels; less does not change the printed level."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fall:
    """The level before the latest pieces that lowered it, the level now, and those pieces."""

    before: Level
    now: Level
    pieces: tuple[Step, ...]
    """Newest first."""

    @property
    def is_clear(self) -> bool:
        """Whether the two ranges do not overlap."""
        return change_between(self.before, self.now) is Change.LOWER


def latest_fall(trajectory: Trajectory, now: Level) -> Fall | None:
    """The run of latest pieces each of which lowered the level, if together they did noticeably.

    None after a latest piece that raised it, and when nothing came before the run: the middle of
    a scale that everybody starts from is no level to fall from.
    """
    run = tuple(takewhile(lambda step: step.move < 0, reversed(trajectory.steps)))
    if not run or sum(step.move for step in run) > -SMALLEST_FALL:
        return None
    earlier = replace(trajectory, steps=trajectory.steps[: -len(run)])
    before = standing_at(earlier, run[-1].on, now.band.share)
    return Fall(before=before, now=now, pieces=run) if isinstance(before, Level) else None
