"""A server that is killed at any moment loses nothing it acknowledged and does nothing twice.

The bench does the same for longer: `python -m tests.bench --kills 200`.
"""

from __future__ import annotations

import pytest

from tests.bench.kills import trial
from tests.reliability.conftest import Ground

pytestmark = pytest.mark.slow


def test_whatever_was_acknowledged_is_there_once_after_every_kill(ground: Ground) -> None:
    toll = trial(
        ground.instance, ground.url, kills=3, seed=7, raters=40, seconds=1.5, patient=False
    )

    assert toll.faults == []
    assert toll.kills == 3
    assert toll.refused.keys() <= {503}
    assert all(toll.acknowledged.values())
