"""What people have behind them, gathered from the rooms where experiences are kept.

Nothing here is shown as it is: it only says which steps are fulfilled, and callers have checked
that the actor may see that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, select, union_all
from sqlalchemy.orm import Session

from ldtrack.assignments.queries import developed, finished
from ldtrack.coaching.queries import met
from ldtrack.courses.queries import passed
from ldtrack.feedback.queries import released
from ldtrack.pathways import domain
from ldtrack.pathways.domain import FinishedPlacement, Lived, MetMilestone
from ldtrack.pathways.models import Enrolment, Step, ToldStep, Waiver
from ldtrack.people.queries import name_of
from ldtrack.reflection.queries import reflected

_ABOUT_STEPS = ("milestone", "reflection")
"""What is known by the step that asked for it, whichever version that stands in."""
_WAIVED = "waived"
_FORMER = "a former colleague"


@dataclass
class WaivedThings:
    """What one enrolment goes without: of steps and of gates, by id."""

    steps: dict[int, domain.Waived] = field(default_factory=dict)
    gates: dict[int, domain.Waived] = field(default_factory=dict)

    def take(self, row: Waiver, waived: domain.Waived) -> None:
        """Put a waiver where it belongs."""
        if row.step_id is not None:
            self.steps[row.step_id] = waived
        if row.gate_id is not None:
            self.gates[row.gate_id] = waived


Waivers = dict[int, WaivedThings]
"""What was waived, by enrolment."""


@dataclass
class _Gathered:
    """One person's rows, sorted by what they are."""

    courses: dict[int, date] = field(default_factory=dict)
    milestones: list[MetMilestone] = field(default_factory=list)
    reflections: dict[int, date] = field(default_factory=dict)
    told: dict[int, date] = field(default_factory=dict)
    releases: list[date] = field(default_factory=list)
    placements: dict[int, tuple[int, date]] = field(default_factory=dict)
    developed: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def take(self, what: str, thing: int, other: int, day: date, step: Step | None) -> None:
        """Put a row where it belongs; `step` is what the thing is, if it is one."""
        match what:
            case "course":
                self.courses[thing] = day
            case "milestone" if step is not None:
                self.milestones.append(
                    MetMilestone(
                        lineage=step.lineage,
                        competency_id=step.competency_id or 0,
                        level=other,
                        met_on=day,
                    )
                )
            case "reflection" if step is not None:
                first = min(day, self.reflections.get(step.lineage, day))
                self.reflections[step.lineage] = first
            case "told":
                self.told[thing] = day
            case "release":
                self.releases.append(day)
            case "placement":
                self.placements[thing] = (other, day)
            case "developed":
                self.developed[thing].add(other)

    def lived(self) -> Lived:
        """The same as a value."""
        return Lived(
            courses=self.courses,
            milestones=tuple(self.milestones),
            reflections=self.reflections,
            told=self.told,
            releases=tuple(sorted(self.releases)),
            placements=tuple(
                FinishedPlacement(
                    id=id_,
                    posting_id=posting_id,
                    competency_ids=frozenset(self.developed.get(id_, ())),
                    ended_on=day,
                )
                for id_, (posting_id, day) in self.placements.items()
            ),
        )


def _told(people: Collection[int]) -> Select[str, int, int, int, date]:
    """The same for what people said they did: a word, the person, the lineage, nothing, the day."""
    return select(
        literal("told"), ToldStep.person_id, ToldStep.lineage, literal(0), ToldStep.done_on
    ).where(ToldStep.person_id.in_(sorted(set(people))))


def _waived(enrolment_ids: Collection[int]) -> Select[str, int, int, int, date]:
    """Likewise for what was waived: a word, the person, the waiver, nothing, the day."""
    return (
        select(literal(_WAIVED), Enrolment.person_id, Waiver.id, literal(0), Waiver.waived_on)
        .join(Enrolment, Enrolment.id == Waiver.enrolment_id)
        .where(Waiver.enrolment_id.in_(sorted(enrolment_ids)))
    )


def lived(
    session: Session, people: Collection[int], *, course_ids: Collection[int] | None = None
) -> dict[int, Lived]:
    """For each person, what fulfils steps; one statement, whatever there is.

    Of courses only `course_ids`, if they are given.
    """
    everything = union_all(*_behind(people, course_ids)).subquery()
    what, _, thing, *_ = everything.c
    rows = session.execute(select(*everything.c, Step).outerjoin(Step, _is_step(what, thing)))
    return _gathered(people, rows)


def lived_and_waived(
    session: Session, people: Collection[int], enrolment_ids: Collection[int]
) -> tuple[dict[int, Lived], Waivers]:
    """The same, with what was waived on these enrolments of theirs; one statement too."""
    everything = union_all(*_behind(people, None), _waived(enrolment_ids)).subquery()
    what, _, thing, *_ = everything.c
    rows = session.execute(
        select(*everything.c, Step, Waiver, name_of(Waiver.waived_by))
        .outerjoin(Step, _is_step(what, thing))
        .outerjoin(Waiver, and_(Waiver.id == thing, what == _WAIVED))
    ).all()
    waivers: Waivers = defaultdict(WaivedThings)
    for *_, row, by in rows:
        if row is not None:
            waived = domain.Waived(reason=row.reason, by=by or _FORMER, on=row.waived_on)
            waivers[row.enrolment_id].take(row, waived)
    return _gathered(people, [row[:6] for row in rows if row[0] != _WAIVED]), waivers


def _behind(
    people: Collection[int], course_ids: Collection[int] | None
) -> list[Select[Any, Any, Any, Any, Any]]:
    return [
        passed(people, course_ids),
        met(people),
        reflected(people),
        released(people),
        finished(people),
        developed(people),
        _told(people),
    ]


def _is_step(what: ColumnElement[str], thing: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(Step.id == thing, what.in_(_ABOUT_STEPS))


def _gathered(people: Collection[int], rows: Iterable[Sequence[Any]]) -> dict[int, Lived]:
    found: dict[int, _Gathered] = {person_id: _Gathered() for person_id in people}
    for kind, person_id, *rest in rows:
        found[person_id].take(kind, *rest)
    return {person_id: gathered.lived() for person_id, gathered in found.items()}
