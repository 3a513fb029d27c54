"""How well an assignment fits somebody: the worked numbers, and what must hold for any."""

from __future__ import annotations

from datetime import date
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldtrack.core.distributions import cdf
from ldtrack.growth.domain import (
    Fit,
    FitOf,
    Need,
    Taken,
    TooLittleKnown,
    fit_of,
    in_order,
    safety_of,
    usefulness,
)
from ldtrack.growth.domain.fit import NEVER


def needs(sd: float = 0.0) -> list[Need]:
    return [
        Need(name="Strategy", wanted=4, mean=4.2, sd=sd, weight=0.5),
        Need(name="Coaching", wanted=4, mean=3.4, sd=sd, weight=0.3),
        Need(name="Finance", wanted=4, mean=2.5, sd=sd, weight=0.2),
    ]


def fitted(wanted: list[Need]) -> Fit:
    found = fit_of(wanted)
    assert isinstance(found, Fit)
    return found


@pytest.mark.parametrize(
    ("gap", "useful"),
    [
        (-0.5, 0),
        (-0.2, (0.5 - 0.2) / 0.75),
        (0.25, 1),
        (0.6, 1),
        (1, 1),
        (1.5, 2 - 1.5),
        (2, 0),
        (3, 0),
    ],
)
def test_a_gap_is_useful_while_it_is_neither_closed_nor_too_wide(gap: float, useful: float) -> None:
    assert usefulness(gap, 0) == pytest.approx(useful)


def test_the_worked_example_at_points_is_six_tenths() -> None:
    found = fitted(needs())
    assert round(found.score, 4) == 0.5 * 0.4 + 0.3 * 1 + 0.2 * 0.5
    assert {share.name: round(share.usefulness, 4) for share in found.shares} == {
        "Strategy": 0.4,
        "Coaching": 1,
        "Finance": 0.5,
    }


def test_the_worked_example_with_uncertain_levels() -> None:
    assert round(fitted(needs(0.4)).score, 4) == 0.5908


def test_the_two_that_add_most_are_named() -> None:
    assert fitted(needs()).mostly_from == ("Coaching", "Strategy")


def test_what_adds_nothing_is_not_named() -> None:
    found = fitted([Need(name="Done", wanted=2, mean=4.0), Need(name="Next", wanted=4, mean=3.5)])
    assert found.score == 1 / 2
    assert found.mostly_from == ("Next",)


def test_safety_is_the_chance_of_being_at_most_one_level_short_everywhere() -> None:
    found = fitted(needs(0.4))
    expected = cdf((4.2 - 3) / 0.4) * cdf((3.4 - 3) / 0.4) * cdf((2.5 - 3) / 0.4)
    assert found.safety == pytest.approx(expected)
    assert found.needs_sponsor


@pytest.mark.parametrize(("mean", "close_by"), [(3.2, True), (3.21, False)])
def test_below_seven_tenths_somebody_stands_close_by(mean: float, close_by: bool) -> None:
    """Phi((3.2 - 3) / .4) = .691, Phi((3.21 - 3) / .4) = .700."""
    assert fitted([Need(name="Only", wanted=4, mean=mean, sd=0.4)]).needs_sponsor is close_by


def test_only_what_is_critical_makes_it_unsafe() -> None:
    wanted = [
        Need(name="Critical", wanted=3, mean=3.0, sd=0.2),
        Need(name="Nice", wanted=5, mean=1.0, sd=0.2, is_critical=False),
    ]
    assert safety_of(wanted) == pytest.approx(cdf(1 / 0.2))


def test_what_was_never_assessed_is_named_and_is_no_zero() -> None:
    found = fitted(
        [Need(name="Known", wanted=4, mean=3.5, sd=0.0), Need(name="New", wanted=4, mean=None)]
    )
    assert found.score == 1
    assert found.unknown == ("New",)
    assert found.safety is None
    assert found.needs_sponsor


def test_where_nothing_was_assessed_there_is_no_fit() -> None:
    assert fit_of([Need(name="New", wanted=4, mean=None)]) == TooLittleKnown(unknown=("New",))
    assert fit_of([]) == TooLittleKnown(unknown=())


def test_of_equals_whoever_waited_longest_comes_first() -> None:
    def candidate(person_id: int, fit: Fit | TooLittleKnown, *last: int) -> FitOf:
        taken = Taken(last_on=date(*last), n_lately=1) if last else NEVER
        return FitOf(person_id=person_id, fit=fit, taken=taken)

    good = Fit(score=0.801, safety=0.9, shares=(), unknown=())
    as_good = Fit(score=0.799, safety=0.9, shares=(), unknown=())
    poor = Fit(score=0.2, safety=0.9, shares=(), unknown=())
    found = in_order(
        [
            candidate(1, TooLittleKnown(unknown=())),
            candidate(2, poor),
            candidate(3, good, 2026, 3, 1),
            candidate(4, as_good, 2024, 3, 1),
            candidate(5, as_good),
        ]
    )
    assert [one.person_id for one in found] == [5, 4, 3, 2, 1]


@given(st.floats(-4, 4), st.floats(0, 2))
def test_usefulness_is_a_share(gap: float, sd: float) -> None:
    assert -1e-9 <= usefulness(gap, sd) <= 1 + 1e-9


@given(st.floats(-4, 4))
def test_a_tiny_error_changes_nothing(gap: float) -> None:
    assert isclose(usefulness(gap, 1e-7), usefulness(gap, 0), abs_tol=1e-6)


@given(st.permutations(needs(0.4)))
def test_the_order_of_what_is_asked_for_changes_nothing(wanted: list[Need]) -> None:
    assert fitted(wanted).score == pytest.approx(fitted(needs(0.4)).score)
