"""What only the people who are known already can tell about a file of people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders
from ldtrack.exchange.people_units import check_units
from ldtrack.exchange.problem import Problem
from ldtrack.people.domain import ImportPerson
from ldtrack.people.queries import by_email, by_external_id, parents_of_units, people_named

_PART = 500
_MOST_NAMED = 5
"""People of a circle who are named."""


Check = Callable[[Sequence[ImportPerson]], list[Problem]]


def check_people(
    session: Session, people: Sequence[ImportPerson], today: date
) -> tuple[list[ImportPerson], list[Problem]]:
    """The people who can be stored, and what is wrong with the others.

    Whoever reports to somebody who cannot be stored cannot be stored either, unless that somebody
    is known already; so the checks are repeated until nothing more falls out.
    """
    units = parents_of_units(session)
    return _sifted(
        people,
        _address_check(session, people),
        lambda left: check_units(left, units),
        *_line_checks(session, people, today),
    )


def check_addresses(
    session: Session, people: Sequence[ImportPerson]
) -> tuple[list[ImportPerson], list[Problem]]:
    """The same for a part of the people, which was checked before: an address may be taken now."""
    return _sifted(people, _address_check(session, people))


def check_lines(
    session: Session, people: Sequence[ImportPerson], today: date
) -> tuple[list[ImportPerson], list[Problem]]:
    """The same for reporting lines alone: a manager may be gone, a circle may have come about."""
    return _sifted(people, *_line_checks(session, people, today))


def _sifted(
    people: Sequence[ImportPerson], *checks: Check
) -> tuple[list[ImportPerson], list[Problem]]:
    problems: list[Problem] = []
    left = list(people)
    while True:
        found = next((wrong for check in checks if (wrong := check(left))), [])
        if not found:
            return left, sorted(problems, key=lambda problem: problem.line)
        problems += found
        left = _without(left, found)


def _address_check(session: Session, people: Sequence[ImportPerson]) -> Check:
    known = by_external_id(session, {person.external_id for person in people})
    owners = by_email(session, {person.email for person in people})
    return lambda left: _addresses(session, left, known, owners)


def _line_checks(
    session: Session, people: Sequence[ImportPerson], today: date
) -> tuple[Check, Check]:
    known = by_external_id(
        session,
        {person.external_id for person in people}
        | {person.manager_external_id or "" for person in people},
    )
    managers = holders(session, RelationshipKind.MANAGER, today)
    return (
        lambda left: _managers(left, known),
        lambda left: _circles(left, known, managers, lambda ids: _names(session, ids)),
    )


def _without(people: Sequence[ImportPerson], problems: Sequence[Problem]) -> list[ImportPerson]:
    bad = {problem.line for problem in problems}
    return [person for person in people if person.line not in bad]


def _addresses(
    session: Session,
    people: Sequence[ImportPerson],
    known: Mapping[str, int],
    owners: Mapping[str, int],
) -> list[Problem]:
    new_address = {
        known[person.external_id]: person.email for person in people if person.external_id in known
    }
    clashes = [
        (person, owners[person.email])
        for person in people
        if person.email in owners
        and owners[person.email] != known.get(person.external_id)
        and new_address.get(owners[person.email], person.email) == person.email
    ]
    names = {}
    for start in range(0, len(clashes), _PART):
        names.update(people_named(session, [owner for _, owner in clashes[start : start + _PART]]))
    return [
        Problem(
            line=person.line,
            column="email",
            reason=f"This address belongs to {names[owner].external_id} already.",
        )
        for person, owner in clashes
    ]


def _managers(people: Sequence[ImportPerson], known: Mapping[str, int]) -> list[Problem]:
    here = {person.external_id for person in people}
    return [
        Problem(
            line=person.line,
            column="manager_external_id",
            reason=f"Nobody has the external id “{person.manager_external_id}”.",
        )
        for person in people
        if person.manager_external_id
        and person.manager_external_id not in here
        and person.manager_external_id not in known
    ]


def _names(session: Session, ids: Collection[int]) -> dict[int | str, str]:
    return {one: row.external_id for one, row in people_named(session, ids).items()}


def _circles(
    people: Sequence[ImportPerson],
    known: Mapping[str, int],
    managers: Mapping[int, int],
    names: Callable[[Collection[int]], Mapping[int | str, str]],
) -> list[Problem]:
    """A problem for each row in a circle of reporting lines; the new are known by their word."""
    above: dict[int | str, int | str] = dict(managers.items())
    rows: dict[int | str, ImportPerson] = {}
    for person in people:
        below = known.get(person.external_id, person.external_id)
        if person.manager_external_id is not None:
            above.pop(below, None)
        if person.manager_external_id:
            above[below] = known.get(person.manager_external_id, person.manager_external_id)
            rows[below] = person
    found: list[Problem] = []
    seen: set[int | str] = set()
    for start in rows:
        way: list[int | str] = []
        node: int | str | None = start
        while node is not None and node not in seen:
            seen.add(node)
            way.append(node)
            node = above.get(node)
        if node is not None and node in way:
            circle = way[way.index(node) :]
            known_as = names({one for one in circle[:_MOST_NAMED] if isinstance(one, int)})
            words = [known_as.get(one, str(one)) for one in circle[:_MOST_NAMED]]
            found += _circle([rows[one] for one in circle if one in rows], words, len(circle))
    return found


def _circle(people: Sequence[ImportPerson], names: list[str], length: int) -> list[Problem]:
    shown = " → ".join([*names, "…"] if length > len(names) else [*names, names[0]])
    return [
        Problem(
            line=person.line,
            column="manager_external_id",
            reason=f"Reporting lines would run in a circle: {shown}.",
        )
        for person in people
    ]
