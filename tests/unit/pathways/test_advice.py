"""The author of a pathway is told what looks odd, and kept from publishing what is empty."""

from __future__ import annotations

from ldtrack.pathways.domain import Stage, StepKind, unpublishable, warnings
from tests.unit.pathways.makers import one_stage, plan, step

LEARN = step(1, "Learn", kind=StepKind.COURSE)
REFLECT = step(2, "Reflect")
ASK = step(3, "Ask around", kind=StepKind.FEEDBACK)


def test_a_stage_with_action_and_reflection_is_fine() -> None:
    assert warnings(one_stage(LEARN, REFLECT, ASK)) == []


def test_a_stage_with_only_one_kind_warns_its_author() -> None:
    assert warnings(one_stage(LEARN)) == ["“First” has actions but no reflection."]
    assert warnings(one_stage(REFLECT)) == ["“First” has reflection but no action."]


def test_a_360_is_neither_action_nor_reflection() -> None:
    assert warnings(one_stage(ASK)) == ["“First” has neither an action nor a reflection."]
    assert warnings(one_stage(ASK, LEARN)) == ["“First” has actions but no reflection."]


def test_a_stage_that_requires_nothing_warns_its_author() -> None:
    optional = step(4, kind=StepKind.COURSE, required=False), step(5, required=False)
    assert warnings(one_stage(*optional)) == [
        "Nothing in “First” is required, so nothing can be left undone."
    ]


def test_a_step_due_before_one_that_it_waits_for_warns_its_author() -> None:
    first = step(1, "Learn", kind=StepKind.COURSE, due_days=60)
    second = step(2, "Reflect", due_days=30, requires=(1,))
    assert warnings(one_stage(first, second)) == [
        "“Reflect” is due on day 30, before “Learn”, which comes first and is due on day 60."
    ]


def test_an_empty_stage_cannot_be_published() -> None:
    assert unpublishable(plan()) == (
        "A pathway needs at least one stage before it can be published."
    )
    empty = Stage(id=1, title="A"), Stage(id=2, title="B")
    assert unpublishable(plan(empty[0])) == "“A” has no step yet."
    assert unpublishable(plan(*empty)) == "“A” and “B” have no step yet."
    assert unpublishable(one_stage(LEARN)) is None
