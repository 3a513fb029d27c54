"""The document survives being stored, has the chapters it can fill, and plans three goals."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ldtrack.reviews.domain.chapters import chapters_of
from ldtrack.reviews.domain.codec import from_dict, to_dict
from ldtrack.reviews.domain.document import ReviewDocument
from ldtrack.reviews.domain.from_report import for_sponsor
from ldtrack.reviews.domain.hidden import reasons_of
from ldtrack.reviews.domain.kinds import Part, parts_named
from ldtrack.reviews.domain.plan import goals_of, questions_of
from ldtrack.reviews.domain.series import ROWS, profiles_of
from tests.print import samples


@pytest.mark.parametrize(
    "review",
    [samples.full(), samples.full(200), samples.sparse(), samples.sponsor()],
    ids=["full", "many comments", "sparse", "sponsor"],
)
def test_a_stored_document_is_read_as_it_was_written(review: ReviewDocument) -> None:
    assert from_dict(json.loads(json.dumps(to_dict(review)))) == review


def test_a_document_from_before_comments_could_be_held_back_is_read_too() -> None:
    review = samples.full()
    assert review.feedback is not None
    stored = to_dict(replace(review, feedback=replace(review.feedback, held_back="Some are.")))
    del stored["feedback"]["held_back"]
    assert from_dict(stored) == review
    del stored["feedback"]["title"]
    with pytest.raises(KeyError, match="title"):
        from_dict(stored)


def test_a_version_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="version 2"):
        from_dict({**to_dict(samples.sparse()), "version": 2})


def test_a_chapter_with_nothing_to_say_is_left_out() -> None:
    assert [chapter.anchor for chapter in chapters_of(samples.sparse())] == [
        "reading",
        "standing",
        "plan",
        "talks",
        "appendix",
    ]
    assert len(chapters_of(samples.full())) == 13
    assert "comments" not in {chapter.anchor for chapter in chapters_of(samples.full(0))}


def test_open_milestones_become_goals_before_gaps_and_other_steps() -> None:
    parts = tuple(samples.competency(n) for n in range(8))
    goals = goals_of(parts, samples.STEPS)
    assert [goal.title for goal in goals] == [
        "Gives every direct report feedback in the week it is due, for a quarter",
        "Financial acumen: from 2.4 to 3",
        "Systems thinking: from 2.6 to 3",
    ]


def test_there_are_three_goals_even_when_nothing_is_known() -> None:
    assert [goal.title for goal in goals_of((), ())] == ["", "", ""]


def test_a_question_without_a_reason_is_not_asked() -> None:
    asked = questions_of(samples.sparse().picture)
    assert [len(each.asked) for each in asked] == [2, 2, 3]
    assert len(questions_of(samples.full().picture)[0].asked) == 4


def test_words_that_nobody_agreed_on_open_nothing() -> None:
    assert parts_named(frozenset({"levels", "notes", "everything"})) == {Part.LEVELS}


def test_a_sponsor_gets_all_raters_together_and_nothing_beside_it() -> None:
    given = samples.full().feedback
    assert given is not None
    cut = for_sponsor(given)
    assert (cut.groups, cut.left_out, cut.comments, cut.profile_agreement) == ((), (), (), None)
    assert {
        (line.own, line.cells, line.items, line.gap, line.quadrant, line.low, line.high)
        for line in cut.lines
    } == {(None, (), (), None, "", None, None)}
    assert [line.others for line in cut.lines] == [line.others for line in given.lines]


def test_each_reason_for_hiding_gets_one_letter() -> None:
    review = samples.full()
    assert review.feedback is not None
    assert reasons_of(review.feedback.lines) == {samples.TOO_FEW: "a"}


def test_drawings_are_cut_into_parts_of_equal_size_that_fit_on_a_page() -> None:
    for count, sizes in ((3, [3]), (8, [8]), (9, [4, 5]), (17, [5, 6, 6])):
        parts = tuple(samples.competency(n) for n in range(count))
        drawn = profiles_of(samples.feedback(0, parts))
        assert [len(chart.competencies) for chart in drawn] == sizes
        assert max(sizes) <= ROWS


def test_a_figure_that_is_only_low_is_not_drawn() -> None:
    parts = (samples.competency(0),)
    given = samples.feedback(0, parts)
    low = tuple(
        replace(line, others=replace(line.others, text="low (1.5 or below)", value=None))
        for line in given.lines
        if line.others is not None
    )
    (chart,) = profiles_of(replace(given, lines=low))
    assert chart.competencies[0].cells()[2] == "hidden to protect raters"
