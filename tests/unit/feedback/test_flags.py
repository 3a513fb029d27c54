"""Words that may tell who wrote a comment."""

from __future__ import annotations

import pytest

from ldtrack.feedback.domain.flags import telling_words

NAMES = ("Petra Kline", "Li", "Jean-Luc O'Neill", "Head of Operations")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She listens before she decides.", ()),
        ("Petra was there.", ("Petra",)),
        ("petra dishes are no name", ()),
        ("Petrarch is another.", ()),
        ("Li listens; two letters are too short to look for.", ()),
        ("Write to petra@example.org.", ("petra@example.org.",)),
        ("Call +44 20 7946 0018 now", ("+44 20 7946 0018",)),
        ("In 2026 it was 3.5 of 5", ()),
        ("As her deputy I saw it, and when I joined too", ("As her deputy", "when I joined")),
        ("O'Neill agrees", ("O'Neill",)),
        ("(Kline) [Kline]", ("Kline",)),
    ],
)
def test_what_is_flagged(text: str, found: tuple[str, ...]) -> None:
    assert telling_words(text, NAMES) == found


def test_signs_of_patterns_in_names_are_only_signs() -> None:
    assert telling_words("anything at all", ["(.*) [a-z]+ \\w+"]) == ()


def test_a_very_long_text_takes_no_time() -> None:
    assert telling_words("a1 " * 50_000 + "@" * 10_000, NAMES) == ()
