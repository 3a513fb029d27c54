"""Estimates of the leaders that were made up, beside the levels that they were made up with."""

from __future__ import annotations

import math
from datetime import timedelta
from statistics import fmean

import pytest

from ldtrack.demo.cast import cast_of
from ldtrack.demo.chance import chance
from ldtrack.demo.script import script_named
from ldtrack.demo.truth import truth_of
from ldtrack.growth.domain import Level
from ldtrack.growth.queries import growth_of
from ldtrack.people.queries import by_external_id
from tests.infrastructure.demo import DEMO_TODAY, SEED, Demo

_SCALES = {"emerging": (1, 5), "senior": (1, 6)}


@pytest.fixture(scope="module")
def compared(demo: Demo) -> list[tuple[float, Level]]:
    """Each leader's true level of today beside its estimate, for what their role asks for.

    The first leader is left out: how they grow was settled, not drawn.
    """
    script = script_named("meridian")
    cast = cast_of(script.size(1), chance(SEED, script.name, "cast"))
    start = DEMO_TODAY - timedelta(days=script.days)
    truth = truth_of(script, cast, _SCALES, start, SEED)
    console = demo.console(script.name)
    found = []
    with demo.database.reading(console.organisation_id) as session:
        ids = by_external_id(session, [leader.external_id for leader in cast.leaders])
        for leader in cast.leaders[1:]:
            growth = growth_of(
                session,
                console,
                ids[leader.external_id],
                job_profile=leader.job_profile,
                as_of=DEMO_TODAY,
            )
            for one in growth.targeted:
                if isinstance(one.standing, Level):
                    curve = truth[leader.external_id, one.competency.key]
                    found.append((curve.level_on(DEMO_TODAY), one.standing))
    return found


def test_there_is_an_estimate_of_everything_that_the_roles_ask_for(
    compared: list[tuple[float, Level]],
) -> None:
    assert len(compared) == 11 * 8


def test_the_estimates_lie_close_to_the_truth(compared: list[tuple[float, Level]]) -> None:
    error = math.sqrt(fmean((standing.mean - true) ** 2 for true, standing in compared))
    assert error < 0.45


def test_the_eighty_per_cent_ranges_cover_the_truth_about_as_often_as_they_say(
    compared: list[tuple[float, Level]],
) -> None:
    covered = [standing.band.low <= true <= standing.band.high for true, standing in compared]
    assert 0.70 <= fmean(covered) <= 0.90
