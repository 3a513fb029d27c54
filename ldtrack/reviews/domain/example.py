"""The made-up meter by which a reader learns to read the others."""

from __future__ import annotations

from ldtrack.charts.series import Estimate, LevelMeter, Scale

EXAMPLE = LevelMeter(
    title="An example, not a result",
    scale=Scale(low=1, high=5),
    estimate=Estimate(level=3.2, low=2.8, high=3.6),
    target=4,
    sureness="fairly sure",
    verdict="not yet",
)
