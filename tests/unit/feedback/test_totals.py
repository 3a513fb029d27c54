"""Totals follow from the printed document alone, so they tell nothing that it does not."""

from __future__ import annotations

import math
from typing import Any

import pytest

from ldtrack.core.distributions import t_quantile
from ldtrack.feedback.domain.release import build_release
from ldtrack.feedback.domain.release_json import to_dict
from tests.unit.feedback.worlds import world

SD_OF_WORD = {
    None: 0.8,
    "raters agree": 0.5,
    "some differences": 0.8,
    "raters see this differently: ask why": 1.2,
}
Part = dict[str, Any]


def level(figure: Part) -> float | None:
    return 1.25 if figure["shown"] == "low" else figure["value"]


def visible(result: Part) -> list[tuple[float, int, float]]:
    """(level, raters told, spread told) of the groups that a row shows."""
    return [
        (shown, group["count"]["at_least"], SD_OF_WORD[group["agreement"]])
        for group in result["groups"]
        if (shown := level(group["figure"])) is not None
    ]


def variance(groups: list[tuple[float, int, float]]) -> tuple[float, int]:
    df = 4 + sum(n - 1 for _, n, _ in groups)
    within = sum((n - 1) * sd**2 for _, n, sd in groups)
    return (4 * 0.8**2 + within) / df, df


def check_others(result: Part, groups: list[tuple[float, int, float]]) -> None:
    s2, df = variance(groups)
    mean = sum(shown for shown, _, _ in groups) / len(groups)
    reach = t_quantile(0.95, df) * math.sqrt(s2 * sum(1 / n for _, n, _ in groups)) / len(groups)
    others = result["others"]
    assert others["count"]["at_least"] == sum(n for _, n, _ in groups)
    if others["figure"]["shown"] == "low":
        assert mean < 1.35
        assert others["low"] is others["high"] is None
        return
    assert others["figure"]["value"] == pytest.approx(mean, abs=0.0501)
    assert others["low"] == pytest.approx(max(mean - reach, 1), abs=0.0501)
    assert others["high"] == pytest.approx(min(mean + reach, 5), abs=0.0501)


def check_evidence(evidence: Part, groups: list[tuple[float, int, float]]) -> None:
    s2, _ = variance(groups)
    raw = [1 / (0.0625 + s2 / n) for _, n, _ in groups]
    w = [weight / sum(raw) for weight in raw]
    assert evidence["value"] == pytest.approx(
        sum(share * shown for share, (shown, _, _) in zip(w, groups, strict=True)), abs=1e-4
    )
    assert evidence["noise_variance"] == pytest.approx(
        0.0625 + s2 * sum(share**2 / n for share, (_, n, _) in zip(w, groups, strict=True)),
        abs=1e-4,
    )
    assert evidence["n_raters"] == sum(n for _, n, _ in groups)


def test_others_evidence_and_gap_are_computed_from_what_is_printed() -> None:
    checked = 0
    for seed in range(200):
        cycle = world(seed)
        document = to_dict(build_release(cycle.questionnaire, cycle.raters, cycle.k))
        for result in document["competencies"]:
            groups = visible(result)
            if any(n >= 10 for _, n, _ in groups):
                continue  # From ten raters on a group's own spread may be used.
            if not groups:
                assert result["others"] is result["evidence"] is result["comparison"] is None
                continue
            checked += 1
            check_others(result, groups)
            check_evidence(result["evidence"], groups)
            comparison = result["comparison"]
            if comparison is not None and comparison["gap"] is not None:
                own, others = result["self_figure"]["value"], result["others"]["figure"]["value"]
                assert comparison["gap"] == pytest.approx(own - others)
    assert checked > 200
