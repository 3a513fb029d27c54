"""The true levels behind the made-up evidence; only the tests compare them with estimates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ldtrack.demo.cast import Cast, Player
from ldtrack.demo.chance import chance
from ldtrack.demo.curves import Curve, made_up
from ldtrack.demo.script import Programme, Script

SECOND_WAVE_AFTER = 110
"""Days between the cohorts of a programme."""

_SLOW_START = timedelta(days=120)
_RATED_BEFORE = {"team-building": 3.4, "developing-others": 3.5, "accountability": 3.3}
"""About what the sample ratings say of the first known leader."""

Truth = dict[tuple[str, str], Curve]
"""Curves by the leader's external id and the competency's key."""


def programme_of(script: Script, leader: Player) -> Programme:
    """The programme that leads to the leader's role."""
    return next(p for p in script.programmes if p.role_profile == leader.job_profile)


def begins_on(place: int, start: date) -> date:
    """When the n-th leader's development begins: at once, or for every third a cohort later."""
    wave = SECOND_WAVE_AFTER if place % 3 == 2 else 0
    return start + timedelta(days=10 + wave + place % 7)


def truth_of(
    script: Script, cast: Cast, scales: dict[str, tuple[int, int]], start: date, seed: int
) -> Truth:
    """A curve for each leader and each competency that their role asks for.

    `scales` has the lowest and highest level by programme key.
    """
    found: Truth = {}
    for place, leader in enumerate(cast.leaders):
        programme = programme_of(script, leader)
        lo, hi = scales[programme.key]
        for competency in programme.targets:
            curve = made_up(
                chance(seed, script.name, "truth", leader.external_id, competency),
                begins_on(place, start),
                lo,
                hi,
            )
            if script.has_known_leaders and not place:
                curve = _plain_growth(curve, _RATED_BEFORE.get(competency))
            found[leader.external_id, competency] = curve
    return found


def _plain_growth(curve: Curve, began_at: float | None) -> Curve:
    """The first known leader is whom visitors meet first: they grow, as anybody can see.

    Where earlier ratings say that somebody was good already, there is less to gain.
    """
    width = curve.hi - curve.lo
    if began_at is not None:
        return replace(curve, start=began_at, gain=max(curve.gain, 0.2 * width))
    return replace(
        curve,
        begins_on=curve.begins_on + _SLOW_START,
        start=min(curve.start, curve.lo + 0.25 * width),
        gain=max(curve.gain, 0.55 * width),
        half_after=min(curve.half_after, 120),
    )
