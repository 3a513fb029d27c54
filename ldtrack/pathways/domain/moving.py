"""What it would mean for somebody to go on with another version of their pathway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ldtrack.pathways.domain.plan import Confidence, Gate, Plan, Step
from ldtrack.pathways.domain.progress import Progress, StepProgress


@dataclass(frozen=True, kw_only=True)
class Counterparts:
    """For steps and gates of one version those of another that take their place, by id."""

    steps: Mapping[int, int]
    gates: Mapping[int, int]


def counterparts(before: Plan, after: Plan) -> Counterparts:
    """Steps by lineage, gates by the lineage of their stage and their competency.

    What asks for something else now, or for a higher level, has no counterpart: that less was done
    or waived says nothing about it.
    """
    steps = {step.lineage: step for step in after.steps}
    gates = {
        (stage.lineage, gate.competency_id): gate for stage in after.stages for gate in stage.gates
    }
    pairs = [(step, steps[step.lineage]) for step in before.steps if step.lineage in steps]
    met = [
        (gate, gates[stage.lineage, gate.competency_id])
        for stage in before.stages
        for gate in stage.gates
        if (stage.lineage, gate.competency_id) in gates
    ]
    return Counterparts(
        steps={old.id: new.id for old, new in pairs if _asks_no_more(old, new)},
        gates={old.id: new.id for old, new in met if _wants_no_more(old, new)},
    )


def _asks_no_more(old: Step, new: Step) -> bool:
    return _what(old) == _what(new) and (new.level or 0) <= (old.level or 0)


def _wants_no_more(old: Gate, new: Gate) -> bool:
    surer = list(Confidence).index(new.confidence) if new.confidence else -1
    before = list(Confidence).index(old.confidence) if old.confidence else -1
    return new.level <= old.level and surer <= before and set(new.kinds) <= set(old.kinds)


def _what(step: Step) -> tuple[object, ...]:
    return step.kind, step.course_id, step.posting_id, step.competency_id


@dataclass(frozen=True, kw_only=True)
class DueChange:
    """A step that is still to be done, and its due day before and after."""

    title: str
    before: date | None
    after: date | None


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Somebody's way on the version that they are on and on another.

    `carried` are steps of the other version that are settled and have a counterpart; `new` those
    that have none; `gone` steps of their version without counterpart, with what was done in them;
    `overdue` steps that would be late at once and are not now.
    """

    before: Progress
    after: Progress
    carried: tuple[StepProgress, ...]
    new: tuple[StepProgress, ...]
    gone: tuple[StepProgress, ...]
    due: tuple[DueChange, ...]
    overdue: tuple[StepProgress, ...]
    new_gates: tuple[Gate, ...]
    gone_gates: tuple[Gate, ...]

    @property
    def n_overdue(self) -> int:
        """How many more would be missing after their due day; of a choice, only what it asks."""
        return max(0, self.after.n_late - self.before.n_late)

    @property
    def changes_anything(self) -> bool:
        """Whether the two ask for anything different."""
        return any((self.new, self.gone, self.due, self.new_gates, self.gone_gates))

    @property
    def lost(self) -> tuple[StepProgress, ...]:
        """Steps that fall away after they were done or waived."""
        return tuple(each for each in self.gone if each.state.is_settled)


def difference(before: Progress, after: Progress, pairs: Counterparts) -> Difference:
    """Step by step what moving would mean."""
    earlier = {
        pairs.steps[each.step.id]: each for each in before.steps if each.step.id in pairs.steps
    }
    met = set(pairs.gates.values())
    was_late = {new for new, each in earlier.items() if each.is_late}
    return Difference(
        before=before,
        after=after,
        carried=tuple(
            each for each in after.steps if each.state.is_settled and each.step.id in earlier
        ),
        new=tuple(each for each in after.steps if each.step.id not in earlier),
        gone=tuple(each for each in before.steps if each.step.id not in pairs.steps),
        due=tuple(
            DueChange(title=each.step.title, before=earlier[each.step.id].due_on, after=each.due_on)
            for each in after.steps
            if each.step.id in earlier
            and not each.state.is_settled
            and earlier[each.step.id].due_on != each.due_on
        ),
        overdue=tuple(
            each for each in after.steps if each.is_late and each.step.id not in was_late
        ),
        new_gates=tuple(
            held.gate for stage in after.stages for held in stage.gates if held.gate.id not in met
        ),
        gone_gates=tuple(
            held.gate
            for stage in before.stages
            for held in stage.gates
            if held.gate.id not in pairs.gates
        ),
    )
