"""Prerequisites make an order, or are refused with the circle named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldtrack.core.errors import RuleBroken
from ldtrack.pathways.domain import layers, order

STEPS = {1: "Learn", 2: "Try", 3: "Reflect", 4: "Teach"}


@st.composite
def acyclic(draw: st.DrawFn) -> tuple[dict[int, str], dict[int, list[int]]]:
    """Steps in a random order, each requiring some that were drawn before it."""
    drawn = draw(st.permutations(range(1, 9)))
    requires = {
        number: [other for other in drawn[:place] if draw(st.booleans())]
        for place, number in enumerate(drawn)
    }
    return {number: f"Step {number}" for number in range(1, 9)}, requires


def test_without_prerequisites_the_order_is_that_of_the_design() -> None:
    assert order(STEPS, {}) == (1, 2, 3, 4)


def test_a_step_comes_after_what_it_requires_even_if_it_was_designed_before() -> None:
    assert order(STEPS, {1: [3]}) == (2, 3, 1, 4)


@given(acyclic())
def test_every_order_keeps_every_prerequisite(
    drawn: tuple[dict[int, str], dict[int, list[int]]],
) -> None:
    steps, requires = drawn
    found = order(steps, requires)
    assert sorted(found) == sorted(steps)
    for step, before in requires.items():
        assert all(found.index(other) < found.index(step) for other in before)


@given(acyclic())
def test_every_step_lies_in_the_layer_after_the_last_that_it_requires(
    drawn: tuple[dict[int, str], dict[int, list[int]]],
) -> None:
    steps, requires = drawn
    layer_of = {step: at for at, layer in enumerate(layers(steps, requires)) for step in layer}
    for step in steps:
        assert layer_of[step] == max((layer_of[other] for other in requires[step]), default=-1) + 1


def test_a_step_cannot_come_after_itself() -> None:
    with pytest.raises(RuleBroken) as refused:
        order(STEPS, {2: [2]})
    assert (refused.value.field, refused.value.message) == (
        "requires",
        "“Try” cannot come after itself.",
    )


def test_a_circle_is_named_from_the_step_that_was_designed_first() -> None:
    with pytest.raises(RuleBroken) as refused:
        order(STEPS, {4: [3], 3: [2], 2: [4], 1: []})
    assert refused.value.message == (
        "This goes round in a circle: “Try” comes after “Teach” comes after “Reflect” "
        "comes after “Try”."
    )


def test_steps_that_only_wait_for_a_circle_are_not_named_as_part_of_it() -> None:
    with pytest.raises(RuleBroken) as refused:
        order(STEPS, {1: [2], 2: [3], 3: [2]})
    assert refused.value.message == (
        "This goes round in a circle: “Try” comes after “Reflect” comes after “Try”."
    )


def test_a_prerequisite_that_is_no_step_of_the_version_is_left_out_of_account() -> None:
    assert layers({1: "Learn"}, {1: [99]}) == ((1,),)
