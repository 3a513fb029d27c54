"""Who is asked what, screen by screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ldtrack.feedback.domain.steps import Step, StepKind, months_before, steps_for
from tests.unit.feedback.asked import questionnaire


def kinds(group: str, **changes: object) -> list[tuple[str, int | None]]:
    """What a rater of the group is asked, with the competencies."""
    form = replace(questionnaire(), **changes)  # type: ignore[arg-type]  # any field
    return [(step.kind.value, step.competency_id) for step in steps_for(form, group)]


def test_a_plain_questionnaire_asks_everybody_the_same() -> None:
    plain = [("competency", 1), ("competency", 2), ("derailers", None), ("words", None)]
    for group in ("self", "manager", "peer"):
        assert kinds(group) == plain


def test_self_and_manager_say_what_matters_and_the_self_looks_back() -> None:
    asked = {"most_important": 1, "then_months": 12}
    first = [("competency", 1), ("competency", 2), ("derailers", None)]
    choice = [("importance", None)]
    back = [("then", 1), ("then", 2)]
    words = [("words", None)]
    assert kinds("self", **asked) == first + choice + back + words
    assert kinds("manager", **asked) == first + choice + words
    assert kinds("peer", **asked) == first + words


def test_among_one_competency_there_is_nothing_to_choose() -> None:
    one = questionnaire().items_of(1)
    assert kinds("self", items=one, most_important=1) == [("competency", 1), ("words", None)]


def test_a_questionnaire_of_one_item_has_one_screen() -> None:
    form = replace(questionnaire(), items=questionnaire().items[:1], questions=())
    assert steps_for(form, "peer") == (
        Step(number=1, kind=StepKind.COMPETENCY, competency_id=1, items=form.items),
    )


@pytest.mark.parametrize(
    ("months", "back"),
    [(1, date(2026, 2, 1)), (3, date(2025, 12, 1)), (12, date(2025, 3, 1)), (60, date(2021, 3, 1))],
)
def test_looking_back_begins_with_a_month(months: int, back: date) -> None:
    assert months_before(date(2026, 3, 31), months) == back
