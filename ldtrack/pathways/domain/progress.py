"""Where a person stands on a pathway: states of steps, what is done of each stage.

Levels are not known here: whether a gate was shown is for `ldtrack.growth` to say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldtrack.pathways.domain.due import due_on
from ldtrack.pathways.domain.enrolment import EnrolmentRow
from ldtrack.pathways.domain.plan import Gate, Group, Plan, Stage, Step


class StepState(StrEnum):
    """Where one step stands for one person."""

    DONE = "done"
    WAIVED = "waived"
    LOCKED = "locked"
    OVERDUE = "overdue"
    OPEN = "open"
    SPARED = "spared"
    """One of a choice that has as many as it asks for without it."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do about it."""
        return self in {StepState.DONE, StepState.WAIVED, StepState.SPARED}


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
class GroupProgress:
    """A choice for one person; each step of it that was waived is one fewer to choose."""

    group: Group
    steps: tuple[StepProgress, ...]
    due_on: date | None
    today: date

    @property
    def needed(self) -> int:
        """How many have to be done: of 2 to choose and 1 waived, 1."""
        waived = sum(each.state is StepState.WAIVED for each in self.steps)
        return max(0, self.group.choose - waived)

    @property
    def done(self) -> int:
        """How many of those are done; more than needed count no further."""
        return min(self.needed, sum(each.state is StepState.DONE for each in self.steps))

    @property
    def n_late(self) -> int:
        """How many are missing after the due day."""
        is_past = self.due_on is not None and self.due_on < self.today
        return self.needed - self.done if is_past else 0


@dataclass(frozen=True, kw_only=True)
class StageProgress:
    """A stage for one person; `began_on` is None while an earlier one has something left."""

    stage: Stage
    steps: tuple[StepProgress, ...]
    gates: tuple[GateProgress, ...]
    groups: tuple[GroupProgress, ...] = ()
    began_on: date | None = None

    @property
    def required_weight(self) -> int:
        """The weight of what is required; what was waived is asked for no longer.

        A step that weighs 3 and a choice of 2, each of weight 1: 3 + 2.
        """
        alone = _weight(self.steps, {StepState.DONE, *_UNSETTLED})
        return alone + sum(each.needed * each.group.weight for each in self.groups)

    @property
    def done_weight(self) -> int:
        """The weight of what is required and done; of a choice, no more than it asks for."""
        alone = _weight(self.steps, {StepState.DONE})
        return alone + sum(each.done * each.group.weight for each in self.groups)

    @property
    def n_late(self) -> int:
        """How many steps are missing after their due day; of a choice, as many as it still asks."""
        alone = sum(each.is_late for each in self.steps if each.step.group_id is None)
        return alone + sum(each.n_late for each in self.groups)

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
        """How many steps are missing after their due day, over all stages."""
        return sum(stage.n_late for stage in self.stages)

    @property
    def next_step(self) -> StepProgress | None:
        """The step to turn to: not settled, not locked; first by due day, then by design."""
        free = [step for step in self.steps if step.state in {StepState.OPEN, StepState.OVERDUE}]
        return min(free, key=lambda step: step.due_on or date.max, default=None)


def walk(
    plan: Plan,
    *,
    enrolled_on: date,
    today: date,
    done: Mapping[int, date],
    waived_steps: Mapping[int, Waived],
    waived_gates: Mapping[int, Waived],
    extra_days: int = 0,
) -> tuple[StageProgress, ...]:
    """Every stage as it stands for somebody.

    `done` are days by step; what happened after `today` is not known yet. A step is done however it
    came about; else waived; else not needed once its group has as many as it asks for; else locked
    while anything it requires is none of these; else overdue from the day after its due day.
    A stage begins when the stages before have nothing required left; levels delay no due day.
    """
    done = {step_id: day for step_id, day in done.items() if day <= today}
    days = {step_id: waived.on for step_id, waived in waived_steps.items()} | done
    spared = {
        step.id
        for stage in plan.stages
        for group in stage.groups
        if len(_settled_in(stage, group, days)) >= group.choose
        for step in stage.steps_of(group)
        if step.id not in days
    }
    titles = {step.id: step.title for step in plan.steps if step.id not in {*days, *spared}}
    began: date | None = enrolled_on
    found = []
    for stage in plan.stages:
        dues = {group.id: due_on(group, enrolled_on, began, extra_days) for group in stage.groups}

        def stand(
            step: Step, dues: Mapping[int, date | None] = dues, began: date | None = began
        ) -> StepProgress:
            open_still = step.id in titles
            due = dues.get(step.group_id or 0) or due_on(step, enrolled_on, began, extra_days)
            after = tuple(titles[other] for other in step.requires if other in titles)
            late = open_still and due is not None and due < today
            return StepProgress(
                step=step,
                state=_state(step.id, done, waived_steps, spared, locked=bool(after), late=late),
                due_on=due,
                done_on=done.get(step.id),
                after=after if open_still else (),
                waived=waived_steps.get(step.id),
                is_late=late,
            )

        stands = tuple(stand(step) for step in stage.steps)
        found.append(
            StageProgress(
                stage=stage,
                began_on=began,
                steps=stands,
                groups=tuple(
                    GroupProgress(
                        group=group,
                        steps=tuple(each for each in stands if each.step.group_id == group.id),
                        due_on=dues[group.id],
                        today=today,
                    )
                    for group in stage.groups
                ),
                gates=tuple(
                    GateProgress(gate=gate, waived=waived_gates.get(gate.id))
                    for gate in stage.gates
                ),
            )
        )
        began = _next_begins(began, stage, days) if began is not None else None
    return tuple(found)


def _settled_in(stage: Stage, group: Group, days: Mapping[int, date]) -> list[date]:
    """The days on which steps of the group were done or waived, earliest first."""
    return sorted(days[step.id] for step in stage.steps_of(group) if step.id in days)


def _next_begins(began: date, stage: Stage, days: Mapping[int, date]) -> date | None:
    """The day on which nothing required was left of the stage; None while something is."""
    needed: list[date | None] = [days.get(step.id) for step in stage.steps if step.required]
    for group in stage.groups:
        settled = _settled_in(stage, group, days)
        needed.append(settled[group.choose - 1] if len(settled) >= group.choose else None)
    reached = [day for day in needed if day is not None]
    return max([began, *reached]) if len(reached) == len(needed) else None


def _state(
    step_id: int,
    done: Mapping[int, date],
    waived: Mapping[int, Waived],
    spared: Collection[int],
    *,
    locked: bool,
    late: bool,
) -> StepState:
    if step_id in done:
        return StepState.DONE
    if step_id in waived:
        return StepState.WAIVED
    if step_id in spared:
        return StepState.SPARED
    if locked:
        return StepState.LOCKED
    return StepState.OVERDUE if late else StepState.OPEN


def _weight(steps: Collection[StepProgress], states: Collection[StepState]) -> int:
    return sum(each.step.weight for each in steps if each.step.required and each.state in states)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
