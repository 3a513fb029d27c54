"""What a report shows without comments that were held back, and what it says of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ldtrack.feedback.domain.comments import FEWEST_WRITERS
from ldtrack.feedback.domain.document import CommentBlock
from ldtrack.feedback.domain.insights import Insights
from ldtrack.feedback.domain.moderation import (
    HeldBack,
    HidingReason,
    Place,
    held_back,
    may_be_hidden,
    without,
)
from ldtrack.feedback.domain.release import build_release
from ldtrack.feedback.domain.report import Report
from tests.unit.feedback.makers import form, raters

KNOWN = {"Self", "Manager"}
BLOCKS = (
    CommentBlock(question_id="keep", group_name="Self", texts=("own",)),
    CommentBlock(question_id="keep", group_name="Manager", texts=("the manager’s",)),
    CommentBlock(question_id="keep", group_name="Peers", texts=("one", "two", "three")),
    CommentBlock(question_id="less", group_name="Peers", texts=("four", "five")),
)
EVERY_PLACE = [
    Place(block=number, place=place)
    for number, block in enumerate(BLOCKS)
    for place in range(len(block.texts))
]


def a_report() -> Report:
    """Self, manager and three peers who wrote; the blocks as a release holds them."""
    release = build_release(
        form(),
        [*raters("self", 1, 5), *raters("manager", 2, 4), *raters("peer", 10, 4, 3, 4)],
        3,
    )
    return Report(
        cycle="Autumn",
        closed_on=date(2026, 12, 4),
        scale_words=(),
        competencies=(),
        items={},
        questions={"keep": "Keep doing?", "less": "Do less?"},
        insights=Insights(),
        release=replace(release, comments=BLOCKS),
    )


def _texts(report: Report) -> list[tuple[str, ...]]:
    return [block.texts for block in report.release.comments]


def _at(*places: tuple[int, int]) -> set[Place]:
    return {Place(block=block, place=place) for block, place in places}


def test_without_anything_hidden_the_report_is_what_was_stored() -> None:
    report = a_report()
    assert without(report, set()) is report
    assert held_back(report.release, set()) == HeldBack()
    assert HeldBack().sentence == ""


def test_one_of_three_is_left_out_and_counted() -> None:
    report, hidden = a_report(), _at((2, 1))
    assert _texts(without(report, hidden)) == [
        ("own",),
        ("the manager’s",),
        ("one", "three"),
        ("four", "five"),
    ]
    assert held_back(report.release, hidden) == HeldBack(any=True, count=1)


def test_a_single_comment_of_a_group_is_not_left_alone_and_no_number_is_given() -> None:
    report, hidden = a_report(), _at((3, 0))
    assert _texts(without(report, hidden)) == [
        ("own",),
        ("the manager’s",),
        ("one", "two", "three"),
    ]
    said = held_back(report.release, hidden)
    assert said == HeldBack(any=True, count=None)
    assert said.sentence.startswith("Some comments are held back")


def test_a_block_that_is_gone_takes_the_number_of_the_others_with_it() -> None:
    assert held_back(a_report().release, _at((2, 1), (3, 0))).count is None


def test_nothing_is_said_of_a_hidden_comment_whose_writer_is_known() -> None:
    report, hidden = a_report(), _at((1, 0))
    assert _texts(without(report, hidden)) == [
        ("own",),
        ("one", "two", "three"),
        ("four", "five"),
    ]
    assert held_back(report.release, hidden) == HeldBack()
    assert held_back(report.release, _at((1, 0), (2, 1))) == HeldBack(any=True, count=1)


@pytest.mark.parametrize(
    ("block", "place", "may"),
    [(0, 0, False), (1, 0, True), (2, 2, True), (2, 3, False), (4, 0, False), (-1, 0, False)],
)
def test_a_leaders_own_words_and_places_that_are_not_there_cannot_be_hidden(
    block: int, place: int, may: bool
) -> None:
    assert may_be_hidden(a_report().release, Place(block=block, place=place)) is may


@settings(max_examples=200)
@given(hidden=st.sets(st.sampled_from(EVERY_PLACE)))
def test_whatever_is_hidden_nothing_hidden_is_shown_and_no_group_is_left_with_one(
    hidden: set[Place],
) -> None:
    report = a_report()
    shown = without(report, hidden).release
    for block in shown.comments:
        assert block.texts
        assert block.group_name in KNOWN or len(block.texts) >= FEWEST_WRITERS
    left = {text for block in shown.comments for text in block.texts}
    assert not {BLOCKS[p.block].texts[p.place] for p in hidden} & left
    assert replace(shown, comments=BLOCKS) == report.release
    said = held_back(report.release, hidden)
    if said.count is not None:
        by_peers = [p for p in hidden if BLOCKS[p.block].group_name not in KNOWN]
        assert said.count == len(by_peers)
        assert {BLOCKS[p.block].question_id for p in by_peers} <= {
            block.question_id for block in shown.comments if block.group_name not in KNOWN
        }


def test_every_reason_has_its_words() -> None:
    assert [reason.label for reason in HidingReason] == [
        "It names somebody",
        "It tells who wrote it",
        "It insults or belittles",
        "It is about private life, not about work",
    ]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (1, "One comment is held back, because it would hurt somebody or tell who wrote it."),
        (2, "2 comments are held back, because they would hurt somebody or tell who wrote them."),
        (
            None,
            "Some comments are held back, because they would hurt somebody or tell who wrote them.",
        ),
    ],
)
def test_the_sentence_says_how_many_where_that_may_be_said(said: int | None, sentence: str) -> None:
    assert HeldBack(any=True, count=said).sentence == sentence
