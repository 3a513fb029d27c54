"""A newer edition meets what was changed here: what one side changed holds, the rest is decided."""

from __future__ import annotations

from typing import Any

from ldtrack.pathways.domain import Fate, Item, ItemKind, Line, Merged, Side, merge


def stage(identifier: str, title: str = "Learn", *, locked: bool = False) -> Item:
    fields = {"title": title, "gates": []}
    return Item(kind=ItemKind.STAGE, identifier=identifier, fields=fields, locked=locked)


def step(identifier: str, *, stage: str = "s1", locked: bool = False, **change: Any) -> Item:
    fields = {"title": identifier, "text": "", "place": {"stage": stage, "choice": None}}
    return Item(kind=ItemKind.STEP, identifier=identifier, fields=fields | change, locked=locked)


def merged(base: list[Item], here: list[Item], there: list[Item], **decided: Side) -> Merged:
    taken = {name.replace("__", "/"): side for name, side in decided.items()}
    return merge({item.identifier: item for item in base}, here, there, taken)


def said(found: Merged) -> list[tuple[str, str, Fate]]:
    return [(line.identifier, line.field, line.fate) for line in found.lines]


BASE = [stage("s1"), step("a"), step("b")]


def test_what_is_the_same_everywhere_says_nothing() -> None:
    found = merged(BASE, BASE, BASE)
    assert (list(found.items), found.lines, found.changes_anything) == (BASE, (), False)


def test_what_one_side_changed_holds() -> None:
    here = [stage("s1"), step("a", text="ours"), step("b")]
    there = [stage("s1"), step("a"), step("b", text="theirs")]
    found = merged(BASE, here, there)
    assert said(found) == [("a", "text", Fate.KEPT), ("b", "text", Fate.CHANGED)]
    assert list(found.items) == [stage("s1"), step("a", text="ours"), step("b", text="theirs")]
    assert found.undecided == []


def test_two_fields_of_one_step_that_each_side_changed_are_both_kept() -> None:
    here = [stage("s1"), step("a", text="ours"), step("b")]
    there = [stage("s1"), step("a", title="theirs"), step("b")]
    found = merged(BASE, here, there)
    assert found.items[1] == step("a", title="theirs", text="ours")
    assert found.undecided == []


def test_what_both_changed_is_decided_line_by_line() -> None:
    here = [stage("s1"), step("a", text="ours"), step("b", text="ours")]
    there = [stage("s1"), step("a", text="theirs"), step("b", text="theirs")]
    found = merged(BASE, here, there)
    assert [(line.key, line.here, line.there) for line in found.undecided] == [
        ("a/text", "ours", "theirs"),
        ("b/text", "ours", "theirs"),
    ]
    found = merged(BASE, here, there, a__text=Side.THERE, b__text=Side.HERE)
    assert found.undecided == []
    assert list(found.items)[1:] == [step("a", text="theirs"), step("b", text="ours")]


def test_both_saying_the_same_is_no_conflict() -> None:
    both = [stage("s1"), step("a", text="alike"), step("b")]
    assert merged(BASE, both, both).lines == ()


def test_a_locked_piece_is_as_it_comes() -> None:
    here = [stage("s1"), step("a", text="ours"), step("b")]
    there = [stage("s1"), step("a", text="theirs", locked=True), step("b")]
    found = merged(BASE, here, there)
    assert said(found) == [("a", "text", Fate.CHANGED)]
    assert found.items[1] == step("a", text="theirs", locked=True)


def test_what_was_added_on_either_side_is_there_in_its_place() -> None:
    here = [stage("s1"), step("a"), step("mine"), step("b")]
    there = [stage("s1"), step("new"), step("b"), step("a")]
    found = merged(BASE, here, there)
    assert [item.identifier for item in found.items] == ["s1", "new", "b", "a", "mine"]
    assert said(found) == [("new", "", Fate.ADDED), ("mine", "", Fate.KEPT)]


def test_what_they_took_out_falls_away_unless_it_was_changed_here() -> None:
    there = [stage("s1"), step("a")]
    found = merged(BASE, BASE, there)
    assert said(found) == [("b", "", Fate.REMOVED)]
    assert [item.identifier for item in found.items] == ["s1", "a"]
    here = [stage("s1"), step("a"), step("b", text="ours")]
    assert said(merged(BASE, here, there)) == [("b", "", Fate.CONFLICT)]
    for side, left in ((Side.HERE, ["s1", "a", "b"]), (Side.THERE, ["s1", "a"])):
        found = merged(BASE, here, there, b__=side)
        assert [item.identifier for item in found.items] == left
        assert found.undecided == []


def test_what_was_taken_out_here_stays_out_unless_they_changed_it() -> None:
    here = [stage("s1"), step("a")]
    found = merged(BASE, here, BASE)
    assert (said(found), found.changes_anything) == ([("b", "", Fate.KEPT)], False)
    assert [item.identifier for item in found.items] == ["s1", "a"]
    there = [stage("s1"), step("a"), step("b", text="theirs")]
    assert said(merged(BASE, here, there)) == [("b", "", Fate.CONFLICT)]
    found = merged(BASE, here, there, b__=Side.THERE)
    assert list(found.items) == there


def test_a_stage_stays_as_long_as_something_of_ours_is_in_it() -> None:
    base = [stage("s1"), step("a"), stage("s2", "Do"), step("c", stage="s2")]
    here = [*base, step("mine", stage="s2")]
    found = merged(base, here, base[:2])
    assert [item.identifier for item in found.items] == ["s1", "a", "s2", "mine"]


def test_a_programme_that_is_new_is_all_added() -> None:
    found = merged([], [], BASE)
    assert said(found) == [("s1", "", Fate.ADDED), ("a", "", Fate.ADDED), ("b", "", Fate.ADDED)]
    assert list(found.items) == BASE


def test_a_line_names_what_it_is_about() -> None:
    here = [stage("s1", "Ours"), step("a"), step("b")]
    there = [stage("s1", "Theirs"), step("a"), step("b")]
    [line] = merged(BASE, here, there).lines
    assert line == Line(
        kind=ItemKind.STAGE,
        identifier="s1",
        title="Ours",
        field="title",
        fate=Fate.CONFLICT,
        here="Ours",
        there="Theirs",
    )
