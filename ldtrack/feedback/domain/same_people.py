"""One name for somebody who was asked more than once: as a person, at an address, or as both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How somebody was asked: at an address and, if they are known here, as a person."""

    person_id: int | None
    address: str


def names_of(asked: Iterable[Asked]) -> dict[Asked, str]:
    """A name for each, the same for all who share a person or an address, however indirectly.

    It is the first of their addresses by the alphabet, so that it does not depend on any order.

    >>> at_first = Asked(person_id=1, address="b@a.org")
    >>> later = Asked(person_id=1, address="c@a.org")
    >>> outside = Asked(person_id=None, address="c@a.org")
    >>> names_of([outside, later, at_first])[outside]
    'b@a.org'
    """
    everybody = set(asked)
    found: dict[Asked, str] = {}
    while left := everybody - found.keys():
        together, reached = set[Asked](), {min(left, key=lambda one: one.address)}
        while reached:
            together |= reached
            people = {one.person_id for one in together if one.person_id is not None}
            addresses = {one.address for one in together}
            reached = {o for o in left if o.person_id in people or o.address in addresses}
            reached -= together
        found |= dict.fromkeys(together, min(one.address for one in together))
    return found
