"""What a session may say, and what it moves."""

from __future__ import annotations

import doctest
from datetime import UTC, date, datetime, timedelta

import pytest

from ldtrack.coaching.domain import LogSession, MilestoneState, NewAction, SponsorSees, draft, rules
from ldtrack.coaching.domain.rules import can_be_undone, check_session, moves
from ldtrack.core.errors import RuleBroken
from ldtrack.core.ids import encode

DAY = date(2026, 11, 20)
START = date(2026, 9, 1)


@pytest.mark.parametrize("held_on", [START, DAY])
def test_a_session_may_be_of_the_first_day_and_of_today(held_on: date) -> None:
    check_session(LogSession(held_on=held_on, minutes=5), starts_on=START, today=DAY)


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (LogSession(held_on=DAY + timedelta(days=1), minutes=60), "held_on"),
        (LogSession(held_on=START - timedelta(days=1), minutes=60), "held_on"),
        (LogSession(held_on=DAY, minutes=5 - 1), "minutes"),
        (LogSession(held_on=DAY, minutes=8 * 60 + 1), "minutes"),
        (LogSession(held_on=DAY, minutes=60, next_on=DAY), "next_on"),
    ],
)
def test_a_session_that_cannot_have_been_is_refused_at_its_field(
    command: LogSession, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_session(command, starts_on=START, today=DAY)
    assert refused.value.field == field


def test_a_session_moves_what_it_marks_and_nothing_else() -> None:
    command = LogSession(held_on=DAY, minutes=60, milestones_met=(3, 1), milestones_missed=(2,))
    assert moves(command, {1, 2, 3, 4}) == {
        1: MilestoneState.MET,
        3: MilestoneState.MET,
        2: MilestoneState.MISSED,
    }


@pytest.mark.parametrize(
    ("met", "missed", "field"),
    [
        ((1,), (1,), "milestones_missed"),
        ((9,), (), "milestones_met"),
        ((), (9,), "milestones_missed"),
    ],
)
def test_a_milestone_moves_one_way_and_only_if_it_was_planned(
    met: tuple[int, ...], missed: tuple[int, ...], field: str
) -> None:
    command = LogSession(held_on=DAY, minutes=60, milestones_met=met, milestones_missed=missed)
    with pytest.raises(RuleBroken) as refused:
        moves(command, {1, 2})
    assert refused.value.field == field


def test_a_session_can_be_taken_back_for_ten_minutes() -> None:
    logged = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    assert can_be_undone(logged, logged + timedelta(minutes=10))
    assert not can_be_undone(logged, logged + timedelta(minutes=10, microseconds=1))


def test_a_session_is_written_out_as_the_lines_of_its_form() -> None:
    command = LogSession(
        held_on=DAY,
        minutes=60,
        competency_ids=(5,),
        private_note="Mine",
        new_actions=(NewAction(owner_id=7, text="Ask", due_on=date(2026, 12, 1)),),
    )
    assert draft.lines_of(command) == {
        "held_on": ["2026-11-20"],
        "minutes": ["60"],
        "template": ["open"],
        "competencies": [encode(5)],
        "private_note": ["Mine"],
        "new_actions-0-text": ["Ask"],
        "new_actions-0-owner": [encode(7)],
        "new_actions-0-due_on": ["2026-12-01"],
    }


def test_every_word_of_the_agreement_says_what_it_means() -> None:
    assert all(word.label and word.meaning.endswith(".") for word in SponsorSees)


def test_the_worked_examples_hold() -> None:
    names = {"date": date}
    failed = [doctest.testmod(module, extraglobs=names).failed for module in (draft, rules)]
    assert failed == [0, 0]
