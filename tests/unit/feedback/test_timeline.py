"""The states of a cycle and of a subject: which steps there are, and what each state allows."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from ldtrack.core.errors import Conflict
from ldtrack.feedback.domain.timeline import (
    BEFORE_OPENING,
    CycleState,
    SubjectState,
    accepts_answers,
    coach_may_read,
    may_be_changed,
    moved,
)

DRAFT, NOMINATING, APPROVING, READY, OPEN = list(SubjectState)[:5]
CLOSED, AUDITED, COACH, RELEASED, WITHHELD = list(SubjectState)[5:]
OF_CYCLES = {
    (CycleState.DRAFT, CycleState.NOMINATING),
    (CycleState.DRAFT, CycleState.OPEN),
    (CycleState.DRAFT, CycleState.ARCHIVED),
    (CycleState.NOMINATING, CycleState.OPEN),
    (CycleState.NOMINATING, CycleState.ARCHIVED),
    (CycleState.OPEN, CycleState.CLOSED),
    (CycleState.CLOSED, CycleState.ARCHIVED),
}
OF_SUBJECTS = {
    (DRAFT, NOMINATING),
    (DRAFT, OPEN),
    (NOMINATING, APPROVING),
    (NOMINATING, READY),
    (APPROVING, NOMINATING),
    (APPROVING, READY),
    (READY, NOMINATING),
    (READY, OPEN),
    (OPEN, CLOSED),
    (CLOSED, AUDITED),
    (CLOSED, WITHHELD),
    (AUDITED, COACH),
    (AUDITED, RELEASED),
    (COACH, RELEASED),
}
DAY = date(2026, 11, 3)


@pytest.mark.parametrize(("state", "to"), list(product(CycleState, CycleState)))
def test_a_cycle_only_takes_the_steps_there_are(state: CycleState, to: CycleState) -> None:
    if (state, to) in OF_CYCLES:
        assert moved(state, to) is to
    else:
        with pytest.raises(Conflict):
            moved(state, to)


@pytest.mark.parametrize(("state", "to"), list(product(SubjectState, SubjectState)))
def test_a_subject_only_takes_the_steps_there_are(state: SubjectState, to: SubjectState) -> None:
    if (state, to) in OF_SUBJECTS:
        assert moved(state, to) is to
    else:
        with pytest.raises(Conflict):
            moved(state, to)


def test_a_refused_step_says_where_it_stands() -> None:
    with pytest.raises(Conflict) as conflict:
        moved(RELEASED, OPEN)
    assert conflict.value.message == "This is released; it cannot become open."


def test_each_state_allows_its_own_things() -> None:
    assert [state for state in CycleState if may_be_changed(state)] == [CycleState.DRAFT]
    assert {DRAFT, NOMINATING, APPROVING, READY} == BEFORE_OPENING
    assert [state for state in SubjectState if coach_may_read(state)] == [COACH, RELEASED]
    assert [s for s in SubjectState if accepts_answers(s, DAY, DAY)] == [OPEN]


def test_answers_are_taken_to_the_end_of_the_last_day() -> None:
    assert accepts_answers(OPEN, DAY, DAY)
    assert not accepts_answers(OPEN, DAY, DAY + timedelta(days=1))
    assert not accepts_answers(OPEN, None, DAY)
