"""The viewer history survives being stored, and the next release is audited beside it."""

from __future__ import annotations

import json

from ldtrack.feedback.domain.answers import RaterAnswers
from ldtrack.feedback.domain.comments import Comment
from ldtrack.feedback.domain.comparing import CountedFigure, CountedItem
from ldtrack.feedback.domain.history import (
    ViewerHistory,
    counted_cells,
    history_from_dict,
    history_of,
    history_to_dict,
)
from ldtrack.feedback.domain.release import PreparedRelease, prepare_release
from tests.unit.feedback.makers import form, raters

TWO = form({"listening": ["q1", "q2"]})
SAID = [
    *raters("self", 1, (4, 4)),
    *raters("manager", 2, (3, 3)),
    *raters("peer", 10, (4, 3), (5, 4), (3, 4), (4, 4), (2, None)),
]


def prepared(said: list[RaterAnswers], history: ViewerHistory | None = None) -> PreparedRelease:
    comments = [Comment(rater_key=k, question_id="keep", text="Go on") for k in (10, 11)]
    earlier = history.figures if history else ()
    return prepare_release(TWO, said, 3, earlier, comments=comments)


def left_by(found: PreparedRelease) -> ViewerHistory:
    return history_of(found.shown, found.cells)


def test_a_history_comes_back_from_json_as_it_was() -> None:
    history = left_by(prepared(SAID))
    assert len(history.figures) >= 3
    assert history_from_dict(json.loads(json.dumps(history_to_dict(history)))) == history


def test_known_people_are_not_in_it() -> None:
    history = left_by(prepared(SAID))
    assert dict(history.cells) == {"peer": frozenset(range(10, 15))}
    assert {r for figure in history.figures for r in figure.raters} == set(range(10, 15))


def test_it_counts_the_answers_behind_each_figure_without_a_key() -> None:
    found = prepared(SAID)
    (cell,) = counted_cells(TWO, found.shown, found.cells)
    assert cell.group_keys == ("peer",)
    assert cell.n == 5
    assert cell.counted == (
        CountedFigure(
            competency_id="listening",
            n=5,
            full=4,
            items=(CountedItem(item_id="q1", n=5), CountedItem(item_id="q2", n=0)),
        ),
    )


def test_a_second_release_over_the_same_raters_shows_the_same() -> None:
    first = prepared(SAID)
    again = prepared(SAID, left_by(first))
    assert again.release == first.release
    assert left_by(first).and_then(left_by(again)) == left_by(first)


def test_a_second_release_without_one_rater_shows_nothing_of_the_group() -> None:
    first = prepared(SAID)
    without = prepared(SAID[:-1], left_by(first))
    shown = [g for g in without.release.competencies[0].groups if g.group_key == "peer"]
    assert [g.figure.value for g in shown] == [None]
    assert without.release.comments == ()
