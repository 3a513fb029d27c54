"""Where a person stands on a pathway: states of steps, due days, what is done of each stage.

Levels are not known here: whether a gate was shown is for `ldtrack.growth` to say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ldtrack.pathways.domain.enrolment import EnrolmentRow
from ldtrack.pathways.domain.plan import Gate, Plan, Stage, Step


class StepState(StrEnum):
    """Where one step stands for one person."""

    DONE = "done"
    WAIVED = "waived"
    LOCKED = "locked"
    OVERDUE = "overdue"
    OPEN = "open"

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do about it."""
        return self in {StepState.DONE, StepState.WAIVED}


@dataclass(frozen=True, kw_only=True)
class Waived:
    """That a named person let somebody pass without a step or a gate, and why."""

    reason: str
    by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class StepProgress:
    """A step for one person; `after` are titles of what still has to come first."""

    step: Step
    state: StepState
    due_on: date | None = None
    done_on: date | None = None
    after: tuple[str, ...] = ()
    waived: Waived | None = None
    is_late: bool = False

    @property
    def why_locked(self) -> str:
        """`after “Learn” and “Try”`; empty unless the step is locked."""
        names = [f"“{title}”" for title in self.after]
        if not names:
            return ""
        *others, last = names
        return f"after {', '.join(others)} and {last}" if others else f"after {last}"


@dataclass(frozen=True, kw_only=True)
class GateProgress:
    """A gate for one person, as far as it does not depend on levels."""

    gate: Gate
    waived: Waived | None = None


@dataclass(frozen=True, kw_only=True)
class StageProgress:
    """A stage for one person."""

    stage: Stage
    steps: tuple[StepProgress, ...]
    gates: tuple[GateProgress, ...]

    @property
    def required_weight(self) -> int:
        """The weight of required steps; what was waived is asked for no longer."""
        return _weight(self.steps, {StepState.DONE, *_UNSETTLED})

    @property
    def done_weight(self) -> int:
        """The weight of required steps that are done."""
        return _weight(self.steps, {StepState.DONE})

    @property
    def done_share(self) -> float | None:
        """`done_weight / required_weight`; `None` where nothing is required.

        Weights 1, 2 and 1, of which the first is done and the last was waived: 1 / (1 + 2).
        """
        return _share(self.done_weight, self.required_weight)

    @property
    def required_done(self) -> bool:
        """Whether no required step is left."""
        return self.done_weight == self.required_weight

    def is_closed(self, shown_gates: Collection[int]) -> bool:
        """Whether required steps are done and each gate is shown (given by id) or waived."""
        return self.required_done and all(
            held.waived is not None or held.gate.id in shown_gates for held in self.gates
        )


_UNSETTLED = frozenset(state for state in StepState if not state.is_settled)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One person's way along one version of a pathway, on one day."""

    enrolment: EnrolmentRow
    purpose: str
    as_of: date
    stages: tuple[StageProgress, ...]

    @property
    def steps(self) -> tuple[StepProgress, ...]:
        """Every step, stage after stage."""
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def required_weight(self) -> int:
        """Over all stages, as `StageProgress.required_weight`."""
        return sum(stage.required_weight for stage in self.stages)

    @property
    def done_weight(self) -> int:
        """Over all stages, as `StageProgress.done_weight`."""
        return sum(stage.done_weight for stage in self.stages)

    @property
    def done_share(self) -> float | None:
        """`done_weight / required_weight`; `None` where nothing is required."""
        return _share(self.done_weight, self.required_weight)

    @property
    def n_late(self) -> int:
        """How many unsettled steps have a due day that is past."""
        return sum(step.is_late for step in self.steps)

    @property
    def next_step(self) -> StepProgress | None:
        """The step to turn to: not settled, not locked; first by due day, then by design."""
        free = [step for step in self.steps if step.state in {StepState.OPEN, StepState.OVERDUE}]
        return min(free, key=lambda step: step.due_on or date.max, default=None)


def due_on(step: Step, enrolled_on: date) -> date | None:
    """The day a step is due: `due_days` after enrolment; 30 after 31 January 2026 is 2 March."""
    return None if step.due_days is None else enrolled_on + timedelta(days=step.due_days)


def walk(
    plan: Plan,
    *,
    enrolled_on: date,
    today: date,
    done: Mapping[int, date],
    waived_steps: Mapping[int, Waived],
    waived_gates: Mapping[int, Waived],
) -> tuple[StageProgress, ...]:
    """Every stage as it stands for somebody.

    `done` are days by step; what happened after `today` is not known yet. A step is done however it
    came about; else waived; else locked while anything it requires is neither done nor waived; else
    overdue from the day after its due day.
    """
    done = {step_id: day for step_id, day in done.items() if day <= today}
    settled = {*done, *waived_steps}
    titles = {step.id: step.title for step in plan.steps if step.id not in settled}

    def stand(step: Step) -> StepProgress:
        due = due_on(step, enrolled_on)
        after = tuple(titles[other] for other in step.requires if other in titles)
        late = step.id not in settled and due is not None and due < today
        return StepProgress(
            step=step,
            state=_state(step.id, done, waived_steps, locked=bool(after), late=late),
            due_on=due,
            done_on=done.get(step.id),
            after=() if step.id in settled else after,
            waived=waived_steps.get(step.id),
            is_late=late,
        )

    return tuple(
        StageProgress(
            stage=stage,
            steps=tuple(stand(step) for step in stage.steps),
            gates=tuple(
                GateProgress(gate=gate, waived=waived_gates.get(gate.id)) for gate in stage.gates
            ),
        )
        for stage in plan.stages
    )


def _state(
    step_id: int,
    done: Mapping[int, date],
    waived: Mapping[int, Waived],
    *,
    locked: bool,
    late: bool,
) -> StepState:
    if step_id in done:
        return StepState.DONE
    if step_id in waived:
        return StepState.WAIVED
    if locked:
        return StepState.LOCKED
    return StepState.OVERDUE if late else StepState.OPEN


def _weight(steps: Collection[StepProgress], states: Collection[StepState]) -> int:
    return sum(each.step.weight for each in steps if each.step.required and each.state in states)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
