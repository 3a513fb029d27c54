"""When counts of what people declare may be shown; the expected answers are by hand."""

from __future__ import annotations

from ldtrack.people.domain.attributes import Chosen, may_be_shown

YES, NO = 1, 2


def _declared(yes: int, no: int = 0, *, first: int = 0) -> dict[int, int]:
    """So many declarations of each, with ids from `first` on."""
    return {first + n: YES if n < yes else NO for n in range(yes + no)}


def _may(chosen: Chosen, shown: Chosen | None = None, n_people: int = 100) -> bool:
    return may_be_shown(chosen, n_people, shown)


def test_each_answer_has_nobody_or_five_people_behind_it() -> None:
    assert _may(_declared(5))
    assert _may(_declared(5, 5))
    assert not _may(_declared(4))
    assert not _may(_declared(5, 4))
    assert not _may({})


def test_so_has_not_answering() -> None:
    assert _may(_declared(5, 5), n_people=10)
    assert not _may(_declared(5, 5), n_people=11)
    assert not _may(_declared(5, 5), n_people=14)
    assert _may(_declared(5, 5), n_people=15)


def test_a_change_of_a_few_is_not_shown_and_one_of_five_is() -> None:
    before = _declared(10, 10)
    one_more = before | _declared(1, first=50)
    five_more = before | _declared(5, first=50)
    assert not _may(one_more, before)
    assert _may(five_more, before)
    one_less = {one: answer for one, answer in before.items() if one != 0}
    assert not _may(one_less, before)
    assert _may(before, before)


def test_who_changes_their_answer_is_not_hidden_among_those_who_come_to_it() -> None:
    before = _declared(10, 10)
    five_more = before | _declared(5, first=50)
    assert not _may(five_more | {0: NO}, before)
    assert _may(five_more | dict.fromkeys(range(5), NO), before)


def test_few_who_stay_while_all_others_go_are_not_shown() -> None:
    before = _declared(10)
    four_stay = dict.fromkeys(range(4), YES) | _declared(6, first=50)
    assert not _may(four_stay, before)
