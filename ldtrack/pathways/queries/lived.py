"""What people have behind them, gathered from the rooms where experiences are kept.

Nothing here is shown as it is: it only says which steps are fulfilled, and callers have checked
that the actor may see that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import CompoundSelect, union_all
from sqlalchemy.orm import Session

from ldtrack.assignments.queries import developed, finished
from ldtrack.coaching.queries import met
from ldtrack.courses.queries import passed
from ldtrack.feedback.queries import released
from ldtrack.pathways.domain import FinishedPlacement, Lived
from ldtrack.reflection.queries import reflected


@dataclass
class _Gathered:
    """One person's rows, sorted by what they are."""

    courses: dict[int, date] = field(default_factory=dict)
    milestones: dict[int, date] = field(default_factory=dict)
    reflections: dict[int, date] = field(default_factory=dict)
    releases: list[date] = field(default_factory=list)
    placements: dict[int, tuple[int, date]] = field(default_factory=dict)
    developed: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def take(self, what: str, thing: int, other: int, day: date) -> None:
        """Put a row where it belongs."""
        match what:
            case "course":
                self.courses[thing] = day
            case "milestone":
                self.milestones[thing] = day
            case "reflection":
                self.reflections[thing] = day
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
            milestones=self.milestones,
            reflections=self.reflections,
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


def lived(session: Session, people: Collection[int]) -> dict[int, Lived]:
    """For each person, what fulfils steps; one statement, whatever there is."""
    everything: CompoundSelect[str, int, int, int, date] = union_all(
        passed(people),
        met(people),
        reflected(people),
        released(people),
        finished(people),
        developed(people),
    )
    found: dict[int, _Gathered] = {person_id: _Gathered() for person_id in people}
    for what, person_id, thing, other, day in session.execute(everything):
        found[person_id].take(what, thing, other, day)
    return {person_id: gathered.lived() for person_id, gathered in found.items()}
