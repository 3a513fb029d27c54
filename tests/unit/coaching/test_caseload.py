"""Who of a coach's leaders needs attention first."""

from __future__ import annotations

from datetime import date, timedelta

from ldtrack.coaching.domain import CaseloadRow, by_need

TODAY = date(2026, 11, 20)


def _row(name: str, **changes: object) -> CaseloadRow:
    usual: dict[str, object] = {
        "engagement_id": 1,
        "person_id": 1,
        "starts_on": date(2026, 9, 1),
        "n_held": 2,
        "n_agreed": 8,
        "last_on": date(2026, 11, 6),
        "next_on": date(2026, 12, 4),
        "n_open_actions": 0,
        "n_to_answer": 0,
        "milestones_due_on": (),
    }
    return CaseloadRow(name=name, **{**usual, **changes})  # type: ignore[arg-type]


def test_days_since_the_last_session_are_counted_and_unknown_before_the_first() -> None:
    assert _row("A").days_since_last(TODAY) == 20 - 6
    assert _row("A", last_on=None).days_since_last(TODAY) is None


def test_a_milestone_is_due_from_two_weeks_before_its_day() -> None:
    days = (TODAY - timedelta(days=1), TODAY + timedelta(days=14), TODAY + timedelta(days=15))
    assert _row("A", milestones_due_on=days).n_milestones_due(TODAY) == 3 - 1


def test_a_session_planned_for_yesterday_is_unlogged_and_one_for_today_is_not() -> None:
    assert _row("A", next_on=TODAY - timedelta(days=1)).is_unlogged(TODAY)
    assert not _row("A", next_on=TODAY).is_unlogged(TODAY)
    assert not _row("A", next_on=None).is_unlogged(TODAY)


def test_six_weeks_of_silence_are_long_unless_a_session_is_planned() -> None:
    silent = {"last_on": TODAY - timedelta(days=43)}
    assert _row("A", next_on=None, **silent).is_long_ago(TODAY)
    assert not _row("A", next_on=TODAY, **silent).is_long_ago(TODAY)
    assert not _row("A", next_on=None, last_on=TODAY - timedelta(days=42)).is_long_ago(TODAY)


def test_what_needs_attention_comes_first() -> None:
    rows = [
        _row("Fine"),
        _row("Also fine"),
        _row("Busy", n_open_actions=3),
        _row("Due", milestones_due_on=(TODAY,)),
        _row("Silent", next_on=None, last_on=None),
        _row("Unlogged", next_on=TODAY - timedelta(days=1)),
    ]
    assert [row.name for row in by_need(rows, TODAY)] == [
        "Unlogged",
        "Silent",
        "Due",
        "Busy",
        "Also fine",
        "Fine",
    ]
