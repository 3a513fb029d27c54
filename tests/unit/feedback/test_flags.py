"""Words that may tell who wrote a comment."""

from __future__ import annotations

import pytest

from ldtrack.feedback.domain.flags import possible_names, telling_words

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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On 12 March it went wrong", ("12 March",)),
        (
            "It was in March, or 2026-03-12, or 12.03.2026.",
            ("2026-03-12", "in March", "12.03.2026"),
        ),
        ("Last Tuesday and yesterday", ("Last Tuesday", "yesterday")),
        ("Am 3. Mai war es so", ("3. Mai",)),
        ("On the 3rd May, and in May 2026; you may try", ("3rd May", "May 2026")),
        ("He may march on; 3.5 of 5 in 2026", ()),
        ("Mr. Smith and Frau Müller", ("Mr. Smith", "Frau Müller")),
    ],
)
def test_dates_and_people_with_titles_are_flagged(text: str, found: tuple[str, ...]) -> None:
    assert telling_words(text, ()) == found


def test_a_role_is_flagged_as_a_whole_however_it_is_written() -> None:
    roles = ("Head of Operations", "Operations")
    assert telling_words("the head of operations said so", (), roles) == ("head of operations",)
    assert telling_words("no cooperations here", (), roles) == ()


def test_only_words_that_could_be_names_are_looked_up() -> None:
    texts = ["Ask Petra Kline’s team, not Amara.", "müller, Ößterreich, Li"]
    assert possible_names(texts, ["Amara Okafor"]) == {"Ask", "Petra", "Kline", "Ößterreich"}
    assert len(possible_names([" ".join(f"Name{chr(97 + i % 26)}{i}" for i in range(900))])) == 500
