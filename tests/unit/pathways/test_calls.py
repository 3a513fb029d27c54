"""Whom an invitation is for, and what the pathway that it leads to asks for."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.pathways.domain import (
    Asks,
    Call,
    DueFrom,
    Gap,
    Group,
    InterestState,
    LevelFact,
    Reached,
    Stage,
    Standing,
    StepKind,
    asks,
)
from tests.unit.pathways.makers import step

TODAY = date(2026, 11, 20)
COACHING = 7
LEVEL = {
    standing: {COACHING: LevelFact(standing=standing, words="")}
    for standing in (Standing.SHOWN, Standing.NOT_SHOWN)
}


def call(opens_on: date = TODAY, closes_on: date | None = None) -> Call:
    return Call(
        id=1,
        pathway_id=1,
        title="To lead others",
        purpose="",
        story="Come along",
        targeted=True,
        opens_on=opens_on,
        closes_on=closes_on,
        seats=None,
    )


def reached(**change: object) -> Reached:
    facts: dict[str, object] = {
        "call": call(),
        "matches": True,
        "gaps": (),
        "unassessed_too": False,
        "interest": None,
        "words": "",
    }
    return Reached(**(facts | change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "is_open"),
    [
        (date(2026, 11, 20), None, True),
        (date(2026, 11, 21), None, False),
        (date(2026, 11, 1), date(2026, 11, 20), True),
        (date(2026, 11, 1), date(2026, 11, 19), False),
    ],
)
def test_an_invitation_is_open_from_its_first_day_to_its_last(
    opens_on: date, closes_on: date | None, is_open: bool
) -> None:
    assert call(opens_on, closes_on).is_open(TODAY) is is_open


def test_it_is_for_those_who_have_not_shown_its_levels() -> None:
    gap = (Gap(competency_id=COACHING, level=3),)
    assert reached().is_for_reader({}, TODAY)
    assert not reached(matches=False).is_for_reader({}, TODAY)
    assert reached(gaps=gap).is_for_reader(LEVEL[Standing.NOT_SHOWN], TODAY)
    assert not reached(gaps=gap).is_for_reader(LEVEL[Standing.SHOWN], TODAY)
    assert not reached(gaps=gap).is_for_reader({}, TODAY)
    assert reached(gaps=gap, unassessed_too=True).is_for_reader({}, TODAY)


def test_who_answered_can_read_it_whatever_came_of_rule_and_days() -> None:
    closed = call(date(2026, 10, 1), date(2026, 10, 31))
    for state in InterestState:
        assert reached(call=closed, matches=False, interest=state).is_for_reader({}, TODAY)
    assert not reached(call=closed).is_for_reader({}, TODAY)


def test_hours_are_those_of_required_courses_and_days_add_up_over_stages() -> None:
    first = Stage(
        id=1,
        title="Learn",
        steps=(
            step(1, kind=StepKind.COURSE, course_id=11, due_days=30),
            step(2, kind=StepKind.COURSE, course_id=12, required=False, due_days=400),
        ),
    )
    second = Stage(id=2, title="Do", steps=(step(3, due_from=DueFrom.STAGE, due_days=40),))
    found = asks([first, second], {11: 6.0, 12: 90.0}, TODAY)
    # 30 + 40 days are two months and ten days.
    assert found == Asks(n_required=2, n_optional=1, hours=6.0, months=3)


def test_of_a_choice_the_longest_courses_are_reckoned() -> None:
    offered = [step(n, kind=StepKind.COURSE, course_id=10 + n, group_id=5) for n in (1, 2, 3)]
    choice = Group(id=5, title="Two of three", choose=2, due_days=60)
    found = asks(
        [Stage(id=1, title="Learn", steps=tuple(offered), groups=(choice,))],
        {11: 2.0, 12: None, 13: 8.0},
        TODAY,
    )
    assert found == Asks(n_required=2, n_optional=1, hours=10.0, months=2)


def test_what_has_no_due_day_and_no_hours_says_neither() -> None:
    found = asks([Stage(id=1, title="Do", steps=(step(1),))], {}, TODAY)
    assert found == Asks(n_required=1, n_optional=0, hours=None, months=None)
