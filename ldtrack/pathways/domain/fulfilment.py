"""Which steps a person's experiences fulfil; where those are kept is not known here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ldtrack.pathways.domain.plan import Step, StepKind


@dataclass(frozen=True, kw_only=True)
class FinishedPlacement:
    """A stretch assignment that ended and was looked back on or confirmed."""

    id: int
    posting_id: int
    competency_ids: frozenset[int]
    ended_on: date


@dataclass(frozen=True, kw_only=True)
class MetMilestone:
    """A milestone of coaching that was met: of which step, and at which level."""

    lineage: int
    competency_id: int
    level: int
    met_on: date


@dataclass(frozen=True, kw_only=True)
class Lived:
    """What one person has behind them, as far as pathways ask for it.

    `courses` are days of completion by course, `milestones` those that were met, `placements`
    those that ended, `releases` the days on which 360 reports were released to the person,
    `reflections` the days on which they wrote about a step, by its lineage, and `told` those on
    which they said that they did what a step asks for.
    """

    courses: Mapping[int, date] = field(default_factory=dict)
    milestones: tuple[MetMilestone, ...] = ()
    placements: tuple[FinishedPlacement, ...] = ()
    releases: tuple[date, ...] = ()
    reflections: Mapping[int, date] = field(default_factory=dict)
    told: Mapping[int, date] = field(default_factory=dict)


def fulfilled(steps: Iterable[Step], enrolled_on: date, lived: Lived) -> dict[int, date]:
    """The steps that are done and the day on which each was.

    A course counts whenever it was completed, because nobody should sit it twice; so does a posting
    that the step names. A placement chosen for its competency and a 360 count from enrolment on,
    and each of them for one step only: two steps that ask for a 360 want two. What was done on an
    earlier version counts for the step of the same lineage; of a milestone, if it was met at the
    level that the step asks for now, or above.
    """
    listed = tuple(steps)
    return {
        **_taken(listed, StepKind.COURSE, lambda step: lived.courses.get(step.course_id or 0)),
        **_taken(listed, StepKind.MILESTONE, lambda step: _met_on(step, lived)),
        **_taken(listed, StepKind.REFLECTION, lambda step: lived.reflections.get(step.lineage)),
        **_taken(listed, StepKind.READING, lambda step: lived.told.get(step.lineage)),
        **_taken(listed, StepKind.COMMUNITY, lambda step: lived.told.get(step.lineage)),
        **_by_release(listed, enrolled_on, lived),
        **_by_placement(listed, enrolled_on, lived),
    }


def _met_on(step: Step, lived: Lived) -> date | None:
    days = [
        met.met_on
        for met in lived.milestones
        if met.lineage == step.lineage
        and met.competency_id == step.competency_id
        and met.level >= (step.level or 0)
    ]
    return min(days, default=None)


def _taken(
    steps: Iterable[Step], kind: StepKind, day_of: Callable[[Step], date | None]
) -> dict[int, date]:
    days = {step.id: day_of(step) for step in steps if step.kind is kind}
    return {step_id: day for step_id, day in days.items() if day is not None}


def _by_release(steps: Iterable[Step], enrolled_on: date, lived: Lived) -> dict[int, date]:
    asked = [step.id for step in steps if step.kind is StepKind.FEEDBACK]
    days = sorted(day for day in lived.releases if day >= enrolled_on)
    return dict(zip(asked, days, strict=False))


def _by_placement(steps: Iterable[Step], enrolled_on: date, lived: Lived) -> dict[int, date]:
    left = sorted(lived.placements, key=lambda placement: (placement.ended_on, placement.id))
    asked = [step for step in steps if step.kind is StepKind.ASSIGNMENT]
    found: dict[int, date] = {}
    # Steps that name a posting choose first: no other placement can serve them.
    for step in sorted(asked, key=lambda step: step.posting_id is None):
        served = next((each for each in left if _serves(each, step, enrolled_on)), None)
        if served is not None:
            left.remove(served)
            found[step.id] = served.ended_on
    return found


def _serves(placement: FinishedPlacement, step: Step, enrolled_on: date) -> bool:
    if step.posting_id is not None:
        return placement.posting_id == step.posting_id
    return step.competency_id in placement.competency_ids and placement.ended_on >= enrolled_on
