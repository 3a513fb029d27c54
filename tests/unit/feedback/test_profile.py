"""The profile of a cycle: floors, remainders, and readers who know some of the reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ldtrack.feedback.domain.answers import Key, Scale
from ldtrack.feedback.domain.document import Release
from ldtrack.feedback.domain.importance import Share
from ldtrack.feedback.domain.profile import (
    EVERYBODY,
    CohortProfile,
    Measure,
    ProfiledCompetency,
    ProfiledLeader,
    for_reader,
    profile_of,
)
from ldtrack.feedback.domain.release import build_release
from tests.unit.feedback.makers import form, raters

LISTENING = 7
ASKED = replace(
    form(),
    competencies=(replace(form().competencies[0], competency_id=LISTENING),),
)


def released(others: int, own: int | None = 4, *, important: bool = False) -> Release:
    chosen = frozenset[Key]({LISTENING} if important else {})
    said = [replace(one, matters_most=chosen) for one in raters("self", 1, own)] if own else []
    return build_release(ASKED, [*said, *raters("peer", 10, *[others] * 3)], 3)


def profile(*units: tuple[str, int], k: int = 3, levels: Sequence[int] = (3,)) -> CohortProfile:
    """So many leaders in each unit, with others' levels in turn."""
    people = [unit for unit, n in units for _ in range(n)]
    leaders = [
        ProfiledLeader(person_id=n, unit=unit, release=released(levels[n % len(levels)]))
        for n, unit in enumerate(people)
    ]
    competencies = [ProfiledCompetency(id=LISTENING, name="Listening")]
    return profile_of(leaders, competencies, k=k, scale=Scale())


def others(found: CohortProfile) -> dict[str, tuple[float | None, int]]:
    cells = {cut: found.cell(cut, LISTENING, Measure.OTHERS) for cut in found.cuts}
    return {cut: (cell.mean, len(cell.people)) for cut, cell in cells.items() if cell}


def test_five_leaders_have_a_profile_and_four_have_none() -> None:
    assert others(profile(("North", 5), levels=(2, 3, 4, 5, 5)))[EVERYBODY] == (19 / 5, 5)
    assert profile(("North", 4)).cells == ()


def test_a_higher_floor_of_the_cycle_is_the_profile_s_floor() -> None:
    assert profile(("North", 6), k=7).cells == ()
    assert others(profile(("North", 7), k=7)).keys() == {EVERYBODY, "North"}


@pytest.mark.parametrize(
    ("units", "shown"),
    [
        ([("North", 5), ("South", 5)], {EVERYBODY, "North", "South"}),
        # Everybody minus the North would be the South's four.
        ([("North", 6), ("South", 4)], {EVERYBODY}),
        ([("North", 6), ("South", 3), ("West", 2)], {EVERYBODY, "North"}),
        # The South can be shown beside everybody, or the North, but not both.
        ([("North", 7), ("South", 6), ("", 3)], {EVERYBODY, "North"}),
        ([("North", 9), ("", 2)], {EVERYBODY}),
        ([("North", 8)], {EVERYBODY, "North"}),
    ],
)
def test_no_cut_leaves_a_remainder_of_fewer_than_five(
    units: list[tuple[str, int]], shown: set[str]
) -> None:
    assert set(others(profile(*units))) == shown


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        (range(0), {EVERYBODY, "North", "South"}),
        (range(1), {EVERYBODY, "North", "South"}),
        # Of the North's six leaders four are left; of everybody ten.
        (range(2), {EVERYBODY}),
        (range(6), {EVERYBODY, "North", "South"}),
        (range(8), {"North"}),
        (range(12), {EVERYBODY, "North", "South"}),
    ],
)
def test_what_a_reader_knows_is_taken_out_before_the_remainders_are_counted(
    known: range, shown: set[str]
) -> None:
    whole = profile(("North", 6), ("South", 6))
    assert set(others(for_reader(whole, known))) == shown


def test_leaders_without_a_printed_figure_are_in_no_cell() -> None:
    leaders = [
        ProfiledLeader(person_id=n, unit="North", release=released(4, own=None if n < 2 else 4))
        for n in range(6)
    ]
    found = profile_of(
        leaders, [ProfiledCompetency(id=LISTENING, name="Listening")], k=3, scale=Scale()
    )
    assert found.cell(EVERYBODY, LISTENING, Measure.SELF) is None
    cell = found.cell(EVERYBODY, LISTENING, Measure.OTHERS)
    assert cell is not None
    assert len(cell.people) == 6


def test_what_leaders_chose_is_told_as_a_word() -> None:
    leaders = [
        ProfiledLeader(person_id=n, unit="", release=_choosing(important=n < 4)) for n in range(6)
    ]
    found = profile_of(
        leaders, [ProfiledCompetency(id=LISTENING, name="Listening")], k=3, scale=Scale()
    )
    cell = found.cell(EVERYBODY, LISTENING, Measure.IMPORTANCE)
    assert cell is not None
    assert (cell.share, cell.mean) == (Share.SOME, None)


def _choosing(*, important: bool) -> Release:
    """A report whose self chose this competency, or another one."""
    two = replace(
        ASKED,
        competencies=(
            *ASKED.competencies,
            replace(ASKED.competencies[0], competency_id=8, item_ids=("q2",)),
        ),
    )
    chosen = frozenset[Key]({LISTENING if important else 8})
    own = [replace(one, matters_most=chosen) for one in raters("self", 1, (4, 4))]
    return build_release(two, own, 3)
