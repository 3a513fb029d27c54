"""Every chart says in words what it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ldtrack.charts.series import (
    Estimate,
    EvidenceDot,
    LevelPoint,
    Portion,
    ProgressPair,
    Scale,
    Source,
)
from tests.unit.charts.samples import (
    AWARENESS,
    METER,
    NOT_ASSESSED,
    NOTHING_YET,
    ONE_OBSERVATION,
    PROFILE,
    PROGRESS,
    SCALE,
    TRAJECTORY,
)


def test_a_trajectory_reads_from_its_first_to_its_last_level() -> None:
    assert TRAJECTORY.reading() == (
        "Coaching others: from 2.4 in January 2025 to 3.4 in November 2026; range 3.0 to 3.8; "
        "target 3.5. New framework: February 2026. "
        "3 pieces of evidence (Coaching 2, 360 feedback 1)."
    )


def test_a_trajectory_within_one_month_names_the_days() -> None:
    first, last = TRAJECTORY.points[0], TRAJECTORY.points[1]
    brief = replace(
        TRAJECTORY, points=(first, replace(last, on=date(2025, 1, 28))), marks=(), evidence=()
    )
    assert brief.reading() == (
        "Coaching others: from 2.4 on 15 Jan 2025 to 3.0 on 28 Jan 2025; range 2.5 to 3.5; "
        "target 3.5."
    )


def test_one_observation_reads_as_a_level_and_not_as_a_movement() -> None:
    assert ONE_OBSERVATION.reading() == (
        "Delegating: 3.2 in March 2025; range 2.5 to 3.9; target 4."
    )


def test_no_observation_reads_as_not_yet_assessed() -> None:
    assert NOTHING_YET.reading() == "Negotiating: not yet assessed; target 3."


def test_a_level_reads_with_its_range_its_sureness_and_its_target() -> None:
    assert METER.twin() == "3.6 (3.2 to 3.9), fairly sure; target 4: not yet"
    assert METER.reading() == "Coaching others: 3.6 (3.2 to 3.9), fairly sure; target 4: not yet."


def test_a_level_that_was_never_assessed_has_no_number() -> None:
    assert NOT_ASSESSED.reading() == "Delegating: not yet assessed."


def test_a_level_beyond_the_scale_is_shown_at_its_end() -> None:
    beyond = replace(
        METER, estimate=Estimate(level=5.1, low=4.6, high=5.6), target=None, verdict=""
    )
    assert beyond.twin() == "5.0 (4.6 to 5.0), fairly sure"


def test_ratings_read_with_the_number_of_raters_and_the_reason_for_a_gap() -> None:
    said = (
        "Coaching others: self 4.4, manager 3.0 (n 1), others 2.9 (n 7), target 3.5 (blind spot). "
        "Leading people: self not rated, manager 3.5 (n 2), others hidden to protect raters."
    )
    assert PROFILE.reading() == f"Competency profile. {said}"
    assert AWARENESS.reading() == f"Self and others. {said}"


def test_done_and_shown_are_two_readings() -> None:
    assert PROGRESS.reading() == "Stage 2: done 4 of 9 steps; shown 1 of 3 targets."


def test_one_of_one_is_singular_and_none_of_none_is_not_zero_percent() -> None:
    pair = ProgressPair(
        title="Start",
        done=Portion(count=1, of=1, noun="step"),
        shown=Portion(count=0, of=0, noun="target"),
    )
    assert pair.reading() == "Start: done 1 of 1 step; shown no targets set."


def test_the_table_of_a_trajectory_holds_levels_evidence_and_marks_by_date() -> None:
    table = TRAJECTORY.rows()
    assert table.header == ("Date", "What", "Level", "Range from", "Range to")
    assert table.rows == (
        ("15 Jan 2025", "360 feedback: Spring 360", "3.2", "", ""),
        ("15 Jan 2025", "Estimated level", "2.4", "1.7", "3.1"),
        ("1 Sep 2025", "Coaching", "3.6", "", ""),
        ("1 Sep 2025", "Estimated level", "3.0", "2.5", "3.5"),
        ("1 Feb 2026", "New framework", "", "", ""),
        ("2 Nov 2026", "Coaching: Milestone met", "4.0", "", ""),
        ("2 Nov 2026", "Estimated level", "3.4", "3.0", "3.8"),
    )


def test_the_tables_of_ratings_keep_n_and_say_why_a_cell_is_empty() -> None:
    assert PROFILE.rows().rows == (
        ("Coaching others", "4.4", "3.0 (n 1)", "2.9 (n 7)", "3.5"),
        ("Leading people", "not rated", "3.5 (n 2)", "hidden to protect raters", ""),
    )
    assert AWARENESS.rows().rows[0][-1] == "blind spot"


def test_tables_of_a_level_and_of_progress() -> None:
    assert METER.rows().rows == (("Coaching others", "3.6", "3.2", "3.9", "4"),)
    assert NOT_ASSESSED.rows().rows == (("Delegating", "not yet assessed", "", "", ""),)
    assert PROGRESS.rows().rows == (("Done (steps)", "4", "9"), ("Shown (targets)", "1", "3"))


@pytest.mark.parametrize("odd", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(odd: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Estimate(level=odd, low=odd, high=odd)
    with pytest.raises(ValueError, match="finite"):
        replace(TRAJECTORY, target=odd)
    with pytest.raises(ValueError, match="finite"):
        EvidenceDot(on=date(2025, 1, 1), level=odd, source=Source.COURSE)


def test_a_level_outside_its_own_range_is_refused() -> None:
    with pytest.raises(ValueError, match="inside its own range"):
        LevelPoint(on=date(2025, 1, 1), level=4, low=2, high=3)


def test_points_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="oldest first"):
        replace(TRAJECTORY, points=TRAJECTORY.points[::-1])


def test_a_scale_needs_a_word_for_every_level_or_none() -> None:
    with pytest.raises(ValueError, match="word for every level"):
        Scale(low=1, high=5, words=("Aware", "Leading"))
    assert SCALE.word(3) == "Capable"
    assert Scale(low=0, high=3).word(2) == ""
