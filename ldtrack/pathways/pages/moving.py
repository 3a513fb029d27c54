"""Person by person, what moving to the published version would mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.pathways.domain import Difference, Plan
from ldtrack.pathways.queries import movable_to
from ldtrack.pathways.queries.enrolments import PAGE
from ldtrack.people.queries import people_named
from ldtrack.ui.dates import count_of
from ldtrack.ui.fields import Option


@dataclass(frozen=True, kw_only=True)
class MoveLine:
    """Somebody on an earlier version, and what moving would mean for them."""

    name: str
    found: Difference

    @property
    def words(self) -> str:
        """ "version 1, 40% done; then 30%, 1 new step, 1 step overdue at once"."""
        before, after = self.found.before, self.found.after
        then = [_share(after.done_share)]
        if new := len(self.found.new):
            then.append(count_of(new, "new step"))
        if lost := len(self.found.lost):
            then.append(f"{count_of(lost, 'step')} done falls away")
        if overdue := self.found.n_overdue:
            then.append(f"{count_of(overdue, 'step')} overdue at once")
        here = f"version {before.enrolment.number}, {_share(before.done_share)}"
        return f"{here}; then {', '.join(then)}"


@dataclass(frozen=True, kw_only=True)
class MovePage:
    """Everybody who is on an earlier version, a page at a time."""

    plan: Plan
    lines: list[MoveLine]
    total: int
    page: int
    pages: int

    @property
    def options(self) -> list[Option]:
        """The people of this page, to choose among."""
        return [
            Option(id=line.found.before.enrolment.id, label=line.name, note=line.words)
            for line in self.lines
        ]

    @property
    def n_overdue(self) -> int:
        """How many on this page would have something overdue at once."""
        return sum(line.found.n_overdue > 0 for line in self.lines)


def move_page(
    session: Session, actor: Actor, version_id: int, today: date, *, page: int
) -> MovePage:
    """The page; a version that takes nobody is a `Conflict`."""
    movable = movable_to(session, actor, version_id, today, page=page)
    names = people_named(session, [each.before.enrolment.person_id for each in movable.found])
    return MovePage(
        plan=movable.plan,
        lines=[
            MoveLine(name=names[each.before.enrolment.person_id].name, found=each)
            for each in movable.found
        ],
        total=movable.total,
        page=page,
        pages=max(1, ceil(movable.total / PAGE)),
    )


def _share(share: float | None) -> str:
    return "nothing required" if share is None else f"{round(share * 100)}% done"
