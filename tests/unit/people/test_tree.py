"""The tree of units."""

from __future__ import annotations

from ldtrack.people.domain.tree import UnitRow, circle_from, tree_of, units_between

PARENTS = {"Group": None, "Sales": "Group", "Export": "Sales", "Works": "Group", "Board": None}
TREE = tree_of(
    [
        UnitRow(
            id=number,
            name=name,
            parent_id=list(PARENTS).index(parent) if parent else None,
            n_people=10**number,
        )
        for number, (name, parent) in enumerate(PARENTS.items())
    ]
)


def test_a_unit_counts_everybody_in_it_and_in_all_that_lies_inside() -> None:
    lines = [(line.unit.name, line.depth, line.n_inside, line.n_people) for line in TREE.lines()]
    assert lines == [
        ("Group", 0, 3, 1 + 10 + 100 + 1000),
        ("Sales", 1, 1, 10 + 100),
        ("Export", 2, 0, 100),
        ("Works", 1, 0, 1000),
        ("Board", 0, 0, 10000),
    ]


def test_levels_that_do_not_fit_are_folded_whole() -> None:
    def shown(most: int) -> list[tuple[str, bool]]:
        return [(line.unit.name, line.folded) for line in TREE.lines(most=most)]

    assert shown(4) == [("Group", False), ("Sales", True), ("Works", False), ("Board", False)]
    assert shown(3) == [("Group", True), ("Board", False)]
    assert shown(1) == [("Group", True)]
    assert [line.unit.name for line in TREE.lines(under=0, most=2)] == ["Sales", "Works"]


def test_a_unit_is_named_from_the_top_down() -> None:
    assert TREE.named(2) == "Group > Sales > Export"


def test_units_in_a_circle_are_laid_out_nowhere_and_hang_nobody() -> None:
    ring = [UnitRow(id=one, name=str(one), parent_id=3 - one, n_people=1) for one in (1, 2)]
    assert tree_of(ring).lines() == []
    assert tree_of(ring).named(1) == "2 > 1"


def test_a_deep_tree_is_walked_without_end() -> None:
    deep = tree_of(
        [UnitRow(id=n, name=str(n), parent_id=n - 1 or None, n_people=1) for n in range(1, 5001)]
    )
    assert deep.wholes[1].n_people == 5000
    assert len(deep.lines()) == 200


def test_a_circle_is_named_from_where_it_was_begun() -> None:
    assert circle_from({"a": "b", "b": "c", "c": "b"}, "a") == []
    assert circle_from({"a": "a"}, "a") == ["a", "a"]


def test_units_are_as_far_apart_as_there_are_steps_up_and_down() -> None:
    above = {1: None, 2: 1, 3: 1, 4: 3, 9: None}
    assert [units_between(above, 4, unit) for unit in (4, 3, 1, 2)] == [0, 1, 2, 3]
    assert units_between(above, 4, 9) is None
    assert units_between(above, 4, None) is None
    assert units_between({1: 2, 2: 1}, 1, 2) == 1
