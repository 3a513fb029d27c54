"""Breadth and balance: how steps are spread over kinds and domains."""

from __future__ import annotations

from dataclasses import replace

from ldtrack.pathways.domain import Share, StepKind, balance
from tests.unit.pathways.makers import one_stage, step

COURSES = tuple(step(number, kind=StepKind.COURSE) for number in (1, 2, 3))


def test_shares_are_counted_by_kind_and_by_domain_and_too_much_of_one_is_said() -> None:
    version = one_stage(*COURSES, step(4))
    found = balance(version, {1: {"People"}, 2: {"People"}, 3: {"People", "Business"}, 4: set()})
    assert found.kinds == (Share(name="Course", n=3, of=4), Share(name="Reflection", n=1, of=4))
    assert found.domains == (Share(name="People", n=3, of=3), Share(name="Business", n=1, of=3))
    # Three steps that develop something are too few to say anything about domains.
    assert found.warnings == ("75% of all steps are of the kind Course; at most 60% were set.",)


def test_exactly_the_share_that_was_set_is_not_too_much() -> None:
    version = replace(one_stage(*COURSES, step(4)), largest_share=75)
    assert balance(version, {}).warnings == ()


def test_of_a_short_pathway_nothing_is_said() -> None:
    assert balance(one_stage(*COURSES), {1: {"People"}}).warnings == ()
