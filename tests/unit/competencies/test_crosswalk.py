"""Same, merged, split, retired and new follow from which competency goes on as which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ldtrack.competencies.domain import (
    Crossings,
    Crosswalk,
    LevelMap,
    Relation,
    RoleProfileRow,
    targets_along,
)

ALIKE = LevelMap(before_lo=1, before_hi=5, after_lo=1, after_hi=5)
WALK = Crosswalk(
    id=1,
    before_id=100,
    after_id=200,
    before="1",
    after="2",
    successors={1: (11,), 2: (12, 13), 3: (14,), 4: (14,), 5: ()},
    new=frozenset({15}),
    levels=ALIKE,
    in_force_on=date(2026, 3, 2),
)
LATER = Crosswalk(
    id=2,
    before_id=200,
    after_id=300,
    before="2",
    after="3",
    successors={11: (21,), 12: (22,), 13: (22,), 14: (24,), 15: (25,)},
    new=frozenset(),
    levels=LevelMap(before_lo=1, before_hi=5, after_lo=1, after_hi=3),
    in_force_on=date(2026, 9, 7),
)
BOTH = Crossings(all=(WALK, LATER))


def test_a_relation_follows_from_how_many_there_are_on_either_side() -> None:
    assert [WALK.relation_of(id_) for id_ in range(1, 7)] == [
        Relation.SAME,
        Relation.SPLIT,
        Relation.MERGED,
        Relation.MERGED,
        Relation.RETIRED,
        None,
    ]
    assert [WALK.relation_to(id_) for id_ in range(11, 17)] == [
        Relation.SAME,
        Relation.SPLIT,
        Relation.SPLIT,
        Relation.MERGED,
        Relation.NEW,
        None,
    ]
    assert (WALK.open_before([1, 5, 6]), WALK.open_after([11, 15, 16])) == ((6,), (16,))


def test_levels_are_stretched_straight_from_end_to_end() -> None:
    halved = LevelMap(before_lo=1, before_hi=5, after_lo=1, after_hi=3)
    assert [halved.read(level) for level in (1, 2, 3, 5)] == [1, 1.5, 2, 3]
    assert [halved.nearest(level) for level in range(1, 6)] == [1, 2, 2, 3, 3]
    assert (halved.ratio, halved.changes_nothing, ALIKE.read(3.7)) == (0.5, False, 3.7)


def test_levels_that_nobody_mapped_cannot_be_read() -> None:
    with pytest.raises(ValueError, match="nobody said"):
        _ = replace(WALK, levels=None).level_map


def test_what_a_competency_has_become_is_followed_through_every_edition() -> None:
    assert [BOTH.present(id_) for id_ in (1, 2, 3, 5, 15, 99)] == [
        (21,),
        (22,),
        (24,),
        (5,),
        (25,),
        (99,),
    ]
    assert Crossings(all=(WALK,)).present(2) == (12, 13)
    assert BOTH.with_past([22, 25]) == {22, 12, 13, 2, 25, 15}
    assert [BOTH.level(id_, 4) for id_ in (1, 5, 21)] == [3, 4, 4]


def test_only_what_was_in_force_on_a_day_counts_then() -> None:
    assert BOTH.until(date(2026, 3, 1)) == Crossings()
    assert BOTH.until(date(2026, 3, 2)) == Crossings(all=(WALK,))
    assert BOTH.until(date(2026, 12, 31)) == BOTH


def test_targets_go_along_the_highest_for_a_merger_and_each_part_of_a_split() -> None:
    asked = {1: 3, 2: 4, 3: 2, 4: 5, 5: 4, 99: 1}
    assert targets_along(WALK, asked, frozenset({2, 5})) == (
        {11: 3, 12: 4, 13: 4, 14: 5, 99: 1},
        frozenset({12, 13}),
    )


def test_what_a_role_asks_for_is_said_of_the_competencies_that_count_now() -> None:
    role = RoleProfileRow(
        id=1,
        name="Head",
        framework_version_id=100,
        targets={1: 4, 2: 5, 5: 3},
        critical=frozenset({2}),
    )
    now = BOTH.profile(role)
    assert (now.targets, now.critical) == ({21: 3, 22: 3}, frozenset({22}))
    assert BOTH.profile(replace(role, targets={21: 2})).targets == {21: 2}
