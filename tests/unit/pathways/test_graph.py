"""The picture of prerequisites: places of boxes, ways of arrows, and the same in words."""

from __future__ import annotations

from ldtrack.pathways.pages.graph import drawing_of
from ldtrack.pathways.pages.layout import Sizes, layout
from tests.unit.pathways.makers import one_stage, step

SIZES = Sizes(width=100, height=50, lane=10, gap_x=40, gap_y=20)


def test_columns_stand_side_by_side_and_boxes_below_each_other() -> None:
    laid = layout(((1, 2), (3,)), {3: (1, 2)}, SIZES)
    assert laid.boxes[1] == (0, 0)
    assert laid.boxes[2] == (0, 50 + 20)
    assert laid.boxes[3] == (100 + 40, 0)
    assert (laid.width, laid.height) == (100 + 40 + 100, 50 + 20 + 50)


def test_an_arrow_leaves_on_the_right_and_arrives_on_the_left_at_half_height() -> None:
    laid = layout(((1,), (2,)), {2: (1,)}, SIZES)
    assert laid.ways[(1, 2)] == ((100, 25), (140, 25))


def test_an_arrow_that_passes_a_column_keeps_clear_of_the_boxes_in_it() -> None:
    laid = layout(((1,), (2,), (3,)), {2: (1,), 3: (2, 1)}, SIZES)
    _, entry, exit_, _ = laid.ways[(1, 3)]
    top = laid.boxes[2][1]
    assert entry[0] == laid.boxes[2][0]
    assert exit_ == (entry[0] + 100, entry[1])
    assert not top <= entry[1] <= top + 50


def test_nothing_is_drawn_while_no_step_waits() -> None:
    assert drawing_of(one_stage(step(1), step(2))) is None


def test_the_picture_says_in_words_what_it_shows() -> None:
    drawing = drawing_of(one_stage(step(1, "Learn"), step(2, "Try", requires=(1,)), step(3)))
    assert drawing is not None
    assert drawing.reading == "1 of 3 steps waits for another; the longest chain has 2 steps."
    assert drawing.waits == (("Try", ("Learn",)),)
    assert len(drawing.boxes) == 3
    assert len(drawing.arrows) == 1


def test_a_long_title_is_broken_and_cut_to_fit_its_box() -> None:
    title = "Lead a project across three units without any formal authority over anybody"
    drawing = drawing_of(one_stage(step(1, title), step(2, requires=(1,))))
    assert drawing is not None
    lines = drawing.boxes[0].lines
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(len(line) <= 19 for line in lines)
