"""The one-page picture says only what the evidence carries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ldtrack.reviews.domain.document import CompetencyPart, Met, Moved, OpenStep, Standing, Sure
from ldtrack.reviews.domain.picture import (
    areas_to_grow,
    largest_change,
    picture_of,
    soonest,
    strengths,
    widest,
)
from tests.print.samples import LIMITS, competency, feedback, unassessed


def part(
    name: str,
    level: float,
    target: int | None,
    met: Met | None,
    sure: Sure = Sure.FAIRLY_SURE,
) -> CompetencyPart:
    standing = Standing(
        level=level,
        low=level - 0.3,
        high=level + 0.3,
        sure=sure,
        met=met,
        chance=None,
        n_pieces=3,
        carried=False,
    )
    return replace(competency(0, name=name), target=target, standing=standing, moved=None)


def test_the_strength_furthest_above_its_target_comes_first_and_ties_stand_by_name() -> None:
    found = strengths(
        [
            part("Beta", 3.5, 3, Met.MET),
            part("Alpha", 3.5, 3, Met.MET),
            part("Gamma", 4.8, 4, Met.MET),
        ],
        3.5,
    )
    assert [each.name for each in found] == ["Gamma", "Alpha", "Beta"]


@pytest.mark.parametrize(
    ("each", "why"),
    [
        (part("A", 4.5, 3, Met.MET, Sure.TOO_LITTLE), "too little evidence"),
        (part("A", 3.4, 3, Met.TOO_CLOSE), "above the target, but not surely"),
        (part("A", 3.7, None, None), "without a target its range begins below 3.5"),
        (unassessed(0, "A"), "never assessed"),
    ],
)
def test_what_is_not_surely_there_is_no_strength(each: CompetencyPart, why: str) -> None:
    assert strengths([each], 3.5) == [], why


def test_without_a_target_the_whole_range_has_to_be_a_strength() -> None:
    assert [each.name for each in strengths([part("A", 3.8, None, None)], 3.5)] == ["A"]


def test_areas_to_grow_are_surely_below_their_target_the_widest_gap_first() -> None:
    found = areas_to_grow(
        [
            part("Near", 3.4, 4, Met.NOT_YET),
            part("Far", 2.0, 4, Met.NOT_YET),
            part("Close", 3.9, 4, Met.TOO_CLOSE),
            part("Thin", 1.0, 4, Met.NOT_YET, Sure.TOO_LITTLE),
        ]
    )
    assert [each.name for each in found] == ["Far", "Near"]


def test_three_at_most_stand_on_the_page() -> None:
    parts = [part(f"S{n}", 4.5, 3, Met.MET) for n in range(5)]
    assert len(picture_of(parts, None, (), LIMITS).strengths) == 3


def test_the_largest_blind_spot_is_the_widest_that_the_release_named_one() -> None:
    given = feedback(0, tuple(competency(n) for n in range(3)))
    lines = tuple(
        replace(line, quadrant="blind spot" if n else "unclear", gap=gap)
        for n, (line, gap) in enumerate(zip(given.lines, (2.0, 0.6, 0.9), strict=True))
    )
    found = widest(lines, "blind spot")
    assert found is not None
    assert (found.name, found.gap) == (lines[2].name, 0.9)


def test_a_blind_spot_tells_how_many_raters_stand_behind_it_and_not_more() -> None:
    given = feedback(0, (competency(2),))
    lines = tuple(replace(line, quadrant="blind spot") for line in given.lines)
    spot = picture_of((), replace(given, lines=lines), (), LIMITS).blind_spot
    assert spot is not None
    assert spot.because == "self 3.1, others 2.7 from 10 or more raters"
    assert spot.anchor == "awareness"


def test_the_largest_change_is_named_whichever_way_it_goes() -> None:
    since = date(2025, 11, 20)
    up = replace(part("Up", 3.5, 3, None), moved=Moved(since=since, before=2.9, now=3.5))
    down = replace(part("Down", 2.0, 3, None), moved=Moved(since=since, before=3.2, now=2.0))
    assert largest_change([up, down]) == down
    assert largest_change([part("Still", 3.0, 3, None)]) is None
    change = picture_of([down], None, (), LIMITS).change
    assert change is not None
    assert change.text == "Down: new evidence is lower than before"


def test_what_is_due_first_is_next_and_what_has_no_day_comes_last() -> None:
    steps = [
        OpenStep(text="some day", competency="", due_on=None, kind="course"),
        OpenStep(text="later", competency="", due_on=date(2027, 2, 1), kind="action"),
        OpenStep(text="soon", competency="", due_on=date(2026, 12, 1), kind="milestone"),
    ]
    assert [step.text for step in soonest(steps)] == ["soon", "later", "some day"]
    assert len(picture_of((), None, steps, LIMITS).next_steps) == 2


def test_nothing_known_makes_a_picture_that_says_nothing() -> None:
    assert not picture_of((unassessed(0, "A"),), None, (), LIMITS).says_something
