"""The way of a cycle from its draft to the end, with how many people are at each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.rows import CycleRow, SubjectRow
from ldtrack.feedback.domain.timeline import CycleState, SubjectState


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step; `n` people are at it, in these states. `state` is how it is drawn."""

    label: str
    states: tuple[SubjectState, ...]
    n: int
    state: str


def steps(cycle: CycleRow, subjects: Iterable[SubjectRow]) -> tuple[Step, ...]:
    """Only the steps that this cycle has."""
    here = Counter(subject.state for subject in subjects)
    out = (SubjectState.RELEASED, SubjectState.WITHHELD)
    away = cycle.state is CycleState.ARCHIVED
    over = cycle.state is CycleState.CLOSED and sum(here[s] for s in out) == here.total()
    planned = list(_planned(cycle))
    furthest = max(
        (place for place, (_, states) in enumerate(planned) if any(here[s] for s in states)),
        default=0,
    )
    drawn = []
    for place, (label, states) in enumerate(planned):
        n = sum(here[state] for state in states)
        state = "done" if away or over else _drawn(place, furthest, at_it=n > 0)
        drawn.append(Step(label=label, states=states, n=n, state=state))
    put_away = Step(label="Put away", states=(), n=0, state="done" if away else "todo")
    return (*drawn, put_away)


def _planned(cycle: CycleRow) -> Iterator[tuple[str, tuple[SubjectState, ...]]]:
    by_leaders = cycle.nominates is Nominates.LEADER
    yield (
        "Set up",
        (SubjectState.DRAFT,) if by_leaders else (SubjectState.DRAFT, SubjectState.READY),
    )
    if by_leaders:
        yield "Nominating", (SubjectState.NOMINATING,)
    if cycle.approves is not Approves.NOBODY:
        yield "Approving", (SubjectState.APPROVING,)
    if by_leaders:
        yield "Ready", (SubjectState.READY,)
    yield "Open", (SubjectState.OPEN,)
    yield "Audit", (SubjectState.CLOSED,)
    if cycle.moderator_id is not None:
        yield "Comments", (SubjectState.AUDITED,)
    if cycle.coach_led:
        yield "With the coach", (SubjectState.WITH_COACH,)
    yield "Released", (SubjectState.RELEASED, SubjectState.WITHHELD)


def _drawn(place: int, furthest: int, *, at_it: bool) -> str:
    if at_it:
        return "current"
    return "done" if place < furthest else "todo"
