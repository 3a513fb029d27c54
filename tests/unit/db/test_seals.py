"""What is sealed opens with its key, at its place, and says nothing from outside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ldtrack.core.errors import SealedShut
from ldtrack.db.seals import SEALED, Seal

OLD, NEW = "an old key", "a new key"
PLACE = ("private note", 1, 2)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=6_000))
def test_what_is_sealed_opens_as_it_was_written(text: str) -> None:
    seal = Seal((OLD,))
    assert seal.open(seal.close(text, *PLACE), *PLACE) == text


def test_text_that_ends_like_its_filling_opens_as_it_was_written() -> None:
    seal = Seal((OLD,))
    for text in ("", "\0", "a\0\0", "é\x80", "\x80\0"):
        assert seal.open(seal.close(text, *PLACE), *PLACE) == text


def test_it_opens_at_no_other_place() -> None:
    seal = Seal((OLD,))
    sealed = seal.close("Mine", *PLACE)
    for place in (("private note", 2, 1), ("private note", 1, 3), ("session draft", 1, 2), ()):
        with pytest.raises(SealedShut):
            seal.open(sealed, *place)


def test_it_opens_with_no_other_key_and_nothing_is_sealed_without_one() -> None:
    sealed = Seal((OLD,)).close("Mine", *PLACE)
    for keys in ((NEW,), (), ("",)):
        with pytest.raises(SealedShut):
            Seal(keys).open(sealed, *PLACE)
    with pytest.raises(SealedShut):
        Seal(()).close("Mine", *PLACE)


def test_after_a_rotation_both_keys_open_and_the_new_one_seals() -> None:
    both = Seal((NEW, OLD))
    assert both.open(Seal((OLD,)).close("Mine", *PLACE), *PLACE) == "Mine"
    assert Seal((NEW,)).open(both.close("Mine", *PLACE), *PLACE) == "Mine"


def test_what_was_tampered_with_does_not_open() -> None:
    seal = Seal((OLD,))
    sealed = seal.close("Mine", *PLACE)
    changed = sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]
    for broken in (changed, sealed[:-4], "", "not sealed at all", "é"):
        with pytest.raises(SealedShut):
            seal.open(broken, *PLACE)


def test_neither_the_length_nor_the_time_nor_a_repetition_is_seen_from_outside() -> None:
    seal = Seal((OLD,))
    sealed = [seal.close(text, *PLACE) for text in ("", "a", "a", "b" * 4_095)]
    assert len({len(one) for one in sealed}) == 1
    assert len(set(sealed)) == 4
    assert len(seal.close("b" * 4_096, *PLACE)) == len(seal.close("b" * 16_383, *PLACE))
    assert all(one.startswith(SEALED.removesuffix("%")) for one in sealed)
