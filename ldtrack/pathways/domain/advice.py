"""What the author of a pathway should look at again before others walk it."""

from __future__ import annotations

from datetime import date

from ldtrack.pathways.domain.plan import DueFrom, Group, Plan, Stage, Step, StepKind


def warnings(plan: Plan) -> list[str]:
    """Sentences about doubtful places; none of them forbids to publish.

    A stage should hold something to do and something to reflect on, ask for at least one step, and
    have no step due before one that it waits for.
    """
    said = [sentence for stage in plan.stages for sentence in _of_stage(stage)]
    return said + _impossible_days(plan.steps)


def unpublishable(plan: Plan, today: date | None = None) -> str | None:
    """Why the version cannot be published yet, as a sentence; `None` if it can."""
    if not plan.stages:
        return "A pathway needs at least one stage before it can be published."
    empty = [f"“{stage.title}”" for stage in plan.stages if not stage.steps]
    if empty:
        verb = "has" if len(empty) == 1 else "have"
        return f"{' and '.join(empty)} {verb} no step yet."
    for stage in plan.stages:
        for group in stage.groups:
            offered = len(stage.steps_of(group))
            if offered < group.choose:
                return f"“{group.title}” asks for {group.choose} of {offered} steps."
    days = [(due.due_date, due.title) for due in _dues(plan) if due.due_from is DueFrom.DATE]
    for day, title in days:
        if today is not None and day is not None and day < today:
            return f"“{title}” is due on a day that is past."
    return None


def _of_stage(stage: Stage) -> list[str]:
    if not stage.steps:
        return [f"“{stage.title}” has no step yet."]
    acts = any(step.kind.is_action for step in stage.steps)
    reflects = any(step.kind is StepKind.REFLECTION for step in stage.steps)
    said = []
    if acts and not reflects:
        said.append(f"“{stage.title}” has actions but no reflection.")
    elif reflects and not acts:
        said.append(f"“{stage.title}” has reflection but no action.")
    elif not acts:
        said.append(f"“{stage.title}” has neither an action nor a reflection.")
    said += [
        f"“{group.title}” leaves no choice: it asks for all of its steps."
        for group in stage.groups
        if len(stage.steps_of(group)) == group.choose
    ]
    if not stage.groups and not any(step.required for step in stage.steps):
        said.append(f"Nothing in “{stage.title}” is required, so nothing can be left undone.")
    return said


def _dues(plan: Plan) -> list[Step | Group]:
    """Whatever has a due day of its own."""
    alone = [step for step in plan.steps if step.group_id is None]
    return [*alone, *(group for stage in plan.stages for group in stage.groups)]


def _impossible_days(steps: tuple[Step, ...]) -> list[str]:
    by_id = {step.id: step for step in steps}
    pairs = [(step, by_id[other]) for step in steps for other in step.requires if other in by_id]
    return [
        f"“{step.title}” is due on day {step.due_days}, before “{before.title}”, "
        f"which comes first and is due on day {before.due_days}."
        for step, before in pairs
        if step.due_from is before.due_from is DueFrom.ENROLMENT
        and step.due_days is not None
        and before.due_days is not None
        and step.due_days < before.due_days
    ]
