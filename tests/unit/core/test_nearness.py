"""Slips in names, and names that are different on purpose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldtrack.core.nearness import nearest

KNOWN = ["Senior leaders, summer 2025", "Autumn", "Team A"]


@pytest.mark.parametrize(
    "typed",
    [
        "senior leaders, summer 2025",
        "Senior leaders summer 2025",
        "Senior leader, summer 2025",
        "Senior leaders, sumer 2025",
        "Summer 2025: senior leaders",
    ],
)
def test_a_slip_is_near(typed: str) -> None:
    assert nearest(typed, KNOWN) == "Senior leaders, summer 2025"


@pytest.mark.parametrize(
    "typed",
    [
        "Senior leaders, summer 2026",
        "Senior leaders, spring 2025",
        "Senior leaders",
        "New leaders, summer 2025",
        "Team B",
        "Autumn 2025",
        "",
        "–",
        "Autumn",
    ],
)
def test_what_is_different_on_purpose_or_there_already_is_not(typed: str) -> None:
    assert nearest(typed, KNOWN) is None


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=5))
def test_whatever_is_typed_an_answer_is_one_of_the_names_and_another(
    typed: str, names: list[str]
) -> None:
    found = nearest(typed, names)
    assert found is None or (found in names and found != typed)
