"""The catalogue as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import competencies_named
from ldtrack.courses.domain import CourseRow
from ldtrack.courses.queries import Wanted, every_course
from ldtrack.people.queries import names_of

COLUMNS = (
    "code",
    "title",
    "format",
    "how_it_is_held",
    "provider",
    "hours",
    "valid_months",
    "owner",
    "develops",
    "description",
)
_COST = ("cost", "currency")


def catalogue_table(
    session: Session, actor: Actor, wanted: Wanted
) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
    """Columns, and the courses that are wanted, a row each; what they cost for who may see it."""
    rows = every_course(session, actor, wanted)
    named = competencies_named(session, {one.competency_id for row in rows for one in row.develops})
    owners = names_of(session, [row.owner_id for row in rows])
    tells_cost = policy.could(actor, Action.SEE_COST)

    def lines() -> Iterator[list[object]]:
        for row in rows:
            develops = "; ".join(
                f"{named[one.competency_id].name} ({one.level})" for one in row.develops
            )
            cells = _cells(row, owners.get(row.owner_id, ""), develops)
            yield [*cells, *_cost(row)] if tells_cost else cells

    return [*COLUMNS, *_COST] if tells_cost else COLUMNS, lines()


def _cells(row: CourseRow, owner: str, develops: str) -> list[object]:
    return [
        row.code,
        row.title,
        row.format.label if row.format else None,
        row.mode,
        row.provider,
        row.hours,
        row.valid_months,
        owner,
        develops,
        row.description,
    ]


def _cost(row: CourseRow) -> list[object]:
    return [None, None] if row.cost is None else [row.cost.cents / 100, row.cost.currency]
