"""The change since the last cycle: its arithmetic, its words, and when it may be said at all."""

from __future__ import annotations

import math

import pytest

from ldtrack.feedback.domain.changes import ChangeWord, change_word, changes, rci
from ldtrack.feedback.domain.comparing import CountedCell, CountedFigure, Turnout, comparisons
from ldtrack.feedback.domain.document import Release
from ldtrack.feedback.domain.release import build_release
from ldtrack.feedback.domain.rereleases import Comparison
from tests.unit.feedback.makers import form, raters

ASKED = form()
SEM = 0.6 * math.sqrt(1 - 0.8)
"""SD .6 and reliability .80."""


def test_the_worked_example_of_a_reliable_change() -> None:
    assert round(SEM, 5) == 0.26833
    assert round(math.hypot(SEM, SEM), 5) == 0.37947
    assert round(rci(3.8 - 3.1, SEM, SEM), 4) == 1.8447
    assert round(1.96 * math.hypot(SEM, SEM), 4) == 0.7438
    assert round(1.645 * math.hypot(SEM, SEM), 4) == 0.6242


@pytest.mark.parametrize(
    ("index", "word"),
    [
        (1.96, ChangeWord.CLEAR),
        (-1.96, ChangeWord.CLEAR),
        (1.95, ChangeWord.POSSIBLE),
        (-1.28, ChangeWord.POSSIBLE),
        (1.27, ChangeWord.NOT_CLEAR),
        (0.0, ChangeWord.NOT_CLEAR),
    ],
)
def test_the_words_begin_where_they_should(index: float, word: ChangeWord) -> None:
    assert change_word(index) is word


def released(*scores: int) -> Release:
    return build_release(ASKED, [*raters("self", 1, 3), *raters("peer", 10, *scores)], 3)


def test_a_change_is_the_difference_of_what_is_printed() -> None:
    before, after = released(2, 2, 2), released(4, 4, 5)
    (change,) = changes(before, after, [("listening", Comparison.CHANGE)])
    assert (change.before, change.after) == ("2.0", "4.3")
    assert change.difference == round(4.3 - 2.0, 1)
    ses = [r.competencies[0].others.se for r in (before, after) if r.competencies[0].others]
    assert change.word is change_word(rci(4.3 - 2.0, ses[0] or 0, ses[1] or 0)) is ChangeWord.CLEAR
    assert change.self_before == before.competencies[0].self_figure


def test_bands_name_whole_levels_and_no_difference() -> None:
    (change,) = changes(released(2, 3, 3), released(4, 4, 5), [("listening", Comparison.BANDS)])
    assert (change.before, change.after) == ("between 2 and 3", "between 4 and 5")
    assert (change.difference, change.word) == (None, None)


def test_a_figure_that_is_only_low_is_compared_in_bands() -> None:
    (change,) = changes(released(1, 1, 1), released(4, 4, 5), [("listening", Comparison.CHANGE)])
    assert change.comparison is Comparison.BANDS
    assert (change.before, change.difference) == ("between 1 and 2", None)


def test_what_may_not_be_compared_shows_self_alone() -> None:
    (change,) = changes(released(2, 3, 3), released(4, 4, 5), [("listening", Comparison.NOTHING)])
    assert (change.comparison, change.before, change.after) == (Comparison.NOTHING, "", "")
    assert change.self_after is not None


def test_another_scale_or_another_competency_is_not_compared() -> None:
    other = build_release(form({"deciding": ["q1"]}), raters("peer", 10, 3, 3, 3), 3)
    allowed = [("listening", Comparison.CHANGE), ("deciding", Comparison.CHANGE)]
    assert changes(other, released(3, 3, 3), allowed) == ()


def turnout(n: int, *people: str, groups: tuple[str, ...] = ("peer",)) -> Turnout:
    cell = CountedCell(group_keys=groups, counted=(CountedFigure(competency_id="listening", n=n),))
    return Turnout(cells=(cell,), answered={"peer": frozenset(people)})


FOUR = ("ann", "ben", "cem", "dia")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (turnout(4, *FOUR), turnout(4, *FOUR), Comparison.CHANGE),
        # One joiner: 4.00 from three and 3.25 from four would be the joiner's 1.
        (turnout(3, *FOUR[:3]), turnout(4, *FOUR), Comparison.BANDS),
        (turnout(4, *FOUR), turnout(3, *FOUR[:3]), Comparison.BANDS),
        (turnout(4, *FOUR), turnout(3, "eve", "fay", "gus"), Comparison.CHANGE),
        (turnout(4, *FOUR), turnout(7, *FOUR, "eve", "fay", "gus"), Comparison.CHANGE),
        (turnout(2, *FOUR[:2]), turnout(4, *FOUR), Comparison.NOTHING),
        # The same four answered, but one of them not enough of this competency.
        (turnout(4, *FOUR), turnout(3, *FOUR), Comparison.BANDS),
        (turnout(3, *FOUR), turnout(4, *FOUR), Comparison.BANDS),
        (turnout(4, *FOUR), turnout(0, *FOUR), Comparison.BANDS),
        (turnout(4, *FOUR), turnout(4, *FOUR, groups=("peer", "direct")), Comparison.BANDS),
        (None, turnout(4, *FOUR), Comparison.BANDS),
    ],
)
def test_a_change_needs_every_rater_known_and_none_or_enough_to_come_and_go(
    before: Turnout | None, after: Turnout, said: Comparison
) -> None:
    assert comparisons(before, after, ["listening"], 3) == (("listening", said),)
