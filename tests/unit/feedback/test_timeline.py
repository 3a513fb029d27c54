"""The states of a cycle: which steps there are, and what each state allows."""

from __future__ import annotations

from itertools import product

import pytest

from ldtrack.core.errors import Conflict
from ldtrack.feedback.domain.timeline import (
    CycleState,
    accepts_answers,
    coach_may_read,
    may_be_changed,
    moved,
    subject_may_read,
)

DRAFT, OPEN, CLOSED, COACH, RELEASED, ARCHIVED = CycleState
ALLOWED = {
    (DRAFT, OPEN),
    (DRAFT, ARCHIVED),
    (OPEN, CLOSED),
    (CLOSED, COACH),
    (CLOSED, RELEASED),
    (CLOSED, ARCHIVED),
    (COACH, RELEASED),
    (RELEASED, ARCHIVED),
}


@pytest.mark.parametrize(("state", "to"), list(product(CycleState, CycleState)))
def test_a_cycle_only_takes_the_steps_there_are(state: CycleState, to: CycleState) -> None:
    if (state, to) in ALLOWED:
        assert moved(state, to) is to
    else:
        with pytest.raises(Conflict):
            moved(state, to)


def test_a_refused_step_says_where_the_cycle_stands() -> None:
    with pytest.raises(Conflict) as conflict:
        moved(RELEASED, OPEN)
    assert conflict.value.message == "This cycle is released; it cannot become open."


def test_each_state_allows_its_own_things() -> None:
    assert [state for state in CycleState if may_be_changed(state)] == [DRAFT]
    assert [state for state in CycleState if accepts_answers(state)] == [OPEN]
    assert [state for state in CycleState if coach_may_read(state)] == [COACH, RELEASED, ARCHIVED]
    assert [state for state in CycleState if subject_may_read(state)] == [RELEASED, ARCHIVED]
