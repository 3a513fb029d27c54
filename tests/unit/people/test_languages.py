"""What languages are called."""

from __future__ import annotations

import pytest

from ldtrack.people.domain.languages import language_words


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-GB", "English"), ("de", "German"), ("PT_br", "Portuguese"), ("xx", ""), ("", "")],
)
def test_a_language_is_called_what_coaches_write(locale: str, words: str) -> None:
    assert language_words(locale) == words
