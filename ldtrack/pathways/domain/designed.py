"""Whether two versions of a pathway are designed alike, whatever their rows are."""

from __future__ import annotations

from dataclasses import replace

from ldtrack.pathways.domain.plan import Plan, Stage


def is_designed_alike(one: Plan, other: Plan) -> bool:
    """Whether both ask for the same, of the same things, in the same order.

    >>> is_designed_alike(plan, plan)
    True
    """
    return _designed(one) == _designed(other)


def _designed(plan: Plan) -> tuple[object, ...]:
    """The plan with every id replaced by the lineage of the thing."""
    step_of = {step.id: step.lineage for step in plan.steps}
    stages = tuple(_stage(stage, step_of) for stage in plan.stages)
    return plan.title, plan.purpose, plan.framework_version_id, plan.largest_share, stages


def _stage(stage: Stage, step_of: dict[int, int]) -> Stage:
    group_of = {group.id: group.lineage for group in stage.groups}
    return Stage(
        id=stage.lineage,
        lineage=stage.lineage,
        title=stage.title,
        gates=tuple(
            sorted(
                (replace(gate, id=0, competency="") for gate in stage.gates),
                key=lambda gate: gate.competency_id,
            )
        ),
        groups=tuple(
            sorted(
                (replace(group, id=group.lineage) for group in stage.groups),
                key=lambda group: group.lineage,
            )
        ),
        steps=tuple(
            replace(
                step,
                id=step.lineage,
                competency="",
                group_id=None if step.group_id is None else group_of[step.group_id],
                requires=tuple(sorted(step_of[other] for other in step.requires)),
            )
            for step in stage.steps
        ),
    )
