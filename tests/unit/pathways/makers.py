"""Small pathways for the tests."""

from __future__ import annotations

from datetime import date

from ldtrack.pathways.domain import (
    EnrolmentRow,
    EnrolmentState,
    Gate,
    Plan,
    Progress,
    Stage,
    StageProgress,
    Step,
    StepKind,
    VersionState,
    Waived,
    walk,
)

BEGAN = date(2026, 1, 31)
TODAY = date(2026, 3, 2)
WAIVED = Waived(reason="Did it elsewhere", by="Hana Rossi", on=date(2026, 2, 1))


def step(number: int, title: str = "", **rest: object) -> Step:
    """A reflection called after its number, unless told otherwise."""
    values: dict[str, object] = {
        "kind": StepKind.REFLECTION,
        "lineage": number,
        **rest,
    }
    return Step(id=number, title=title or f"Step {number}", **values)  # type: ignore[arg-type]


def gate(number: int, level: int = 3) -> Gate:
    """A gate on a competency of the same number."""
    return Gate(id=number, competency_id=number, competency=f"Competency {number}", level=level)


def plan(*stages: Stage) -> Plan:
    """A published version with these stages."""
    return Plan(
        version_id=1,
        pathway_id=2,
        title="To lead",
        purpose="",
        number=1,
        state=VersionState.PUBLISHED,
        framework_version_id=3,
        stages=stages,
    )


def one_stage(*steps: Step, gates: tuple[Gate, ...] = ()) -> Plan:
    """A version with a single stage."""
    return plan(Stage(id=1, title="First", steps=steps, gates=gates))


def walked(
    version: Plan,
    *,
    done: dict[int, date] | None = None,
    waived: tuple[int, ...] = (),
    waived_gates: tuple[int, ...] = (),
    today: date = TODAY,
) -> Progress:
    """Somebody's way who began on 31 January 2026, seen from 2 March."""
    return Progress(
        enrolment=EnrolmentRow(
            id=1,
            person_id=1,
            pathway_id=2,
            version_id=1,
            title="To lead",
            number=1,
            cohort_id=None,
            cohort="",
            role_profile_id=None,
            enrolled_on=BEGAN,
            ended_on=None,
            state=EnrolmentState.ACTIVE,
        ),
        purpose="",
        as_of=today,
        stages=walk(
            version,
            enrolled_on=BEGAN,
            today=today,
            done=done or {},
            waived_steps=dict.fromkeys(waived, WAIVED),
            waived_gates=dict.fromkeys(waived_gates, WAIVED),
        ),
    )


def first(progress: Progress) -> StageProgress:
    """The first stage."""
    return progress.stages[0]
