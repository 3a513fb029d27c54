"""What people have behind them, gathered from the rooms where experiences are kept.

Nothing here is shown as it is: it only says which steps are fulfilled, and callers have checked
that the actor may see that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Select, and_, literal, select, union_all
from sqlalchemy.orm import Session

from ldtrack.assignments.queries import developed, finished
from ldtrack.coaching.queries import met
from ldtrack.courses.queries import passed
from ldtrack.feedback.queries import released
from ldtrack.pathways.domain import FinishedPlacement, Lived, MetMilestone
from ldtrack.pathways.models import Step, ToldStep
from ldtrack.reflection.queries import reflected

_ABOUT_STEPS = ("milestone", "reflection")
"""What is known by the step that asked for it, whichever version that stands in."""


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


def lived(
    session: Session, people: Collection[int], *, course_ids: Collection[int] | None = None
) -> dict[int, Lived]:
    """For each person, what fulfils steps; one statement, whatever there is.

    Of courses only `course_ids`, if they are given.
    """
    everything = union_all(
        passed(people, course_ids),
        met(people),
        reflected(people),
        released(people),
        finished(people),
        developed(people),
        _told(people),
    ).subquery()
    what, person, thing, other, day = everything.c
    found: dict[int, _Gathered] = {person_id: _Gathered() for person_id in people}
    rows = session.execute(
        select(what, person, thing, other, day, Step).outerjoin(
            Step, and_(Step.id == thing, what.in_(_ABOUT_STEPS))
        )
    )
    for kind, person_id, *rest in rows:
        found[person_id].take(kind, *rest)
    return {person_id: gathered.lived() for person_id, gathered in found.items()}
