"""What is wrong with the units that a file of people names: two places for one, and circles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ldtrack.exchange.problem import Problem
from ldtrack.people.domain import ImportPerson
from ldtrack.people.domain.tree import STEP, circle_from, units_around

_COLUMN = "unit_parent"


def check_units(people: Sequence[ImportPerson], parents: Mapping[str, str | None]) -> list[Problem]:
    """A problem for each row that puts a unit where it cannot be, given where units are now."""
    said: dict[str, tuple[str, int]] = {}
    problems: list[Problem] = []
    for person in people:
        for unit, above in units_around(person.unit or "", person.unit_parent or ""):
            first, line = said.setdefault(unit, (above, person.line))
            if first != above:
                problems.append(
                    Problem(
                        line=person.line,
                        column=_COLUMN,
                        reason=f"“{unit}” lies in “{above}” here and in “{first}” on line {line}.",
                    )
                )
    if problems:
        return problems
    after = {**parents, **{unit: above for unit, (above, _) in said.items()}}
    bad: dict[int, str] = {}
    for unit in said:
        circle = circle_from(after, unit)
        for one in circle:
            if one in said:
                bad.setdefault(said[one][1], STEP.join(reversed(circle)))
    lines = {
        person.line: way
        for person in people
        for unit, _ in units_around(person.unit or "", person.unit_parent or "")
        if (way := bad.get(said[unit][1]))
    }
    return [
        Problem(line=line, column=_COLUMN, reason=f"Units would lie in a circle: {way}.")
        for line, way in lines.items()
    ]
