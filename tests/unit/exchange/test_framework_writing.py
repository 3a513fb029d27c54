"""A framework file goes out as it came in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ldtrack.competencies.domain import settle
from ldtrack.exchange.framework_file import parse_framework
from ldtrack.exchange.framework_writing import write_framework
from ldtrack.exchange.shipped import shipped, shipped_file


@pytest.mark.parametrize("key", [one.key for one in shipped()])
def test_what_goes_out_comes_in_the_same(key: str) -> None:
    first, _ = parse_framework(shipped_file(key))
    assert first is not None
    stored = settle(first, None, {})
    again, problems = parse_framework(write_framework(stored))
    assert problems == []
    assert again == stored
    assert write_framework(settle(again, stored, {})) == write_framework(stored)


def test_a_draft_without_words_and_a_text_of_several_lines_survive() -> None:
    first, _ = parse_framework(shipped_file("eu-lifecomp"))
    assert first is not None
    bare = replace(first.competencies[0], definition="")
    several = replace(first.competencies[1], definition="One line.\nAnother.")
    stored = settle(
        replace(first, publisher="", licence="", attribution="", competencies=(bare, several)),
        None,
        {},
    )
    assert parse_framework(write_framework(stored)) == (stored, [])
