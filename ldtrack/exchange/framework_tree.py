"""The place of each item of a file in a framework of three tiers: domain, competency, behaviour."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum


class Tier(IntEnum):
    """How deep an item lies; what lies deeper than a behaviour is one too."""

    DOMAIN = 1
    COMPETENCY = 2
    BEHAVIOUR = 3


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an item stands: its tier and what it belongs to, '' for the framework itself."""

    tier: Tier
    owner: str


def places(
    items: Sequence[str], parents: Mapping[str, str], groups: Collection[str] = ()
) -> dict[str, Place]:
    """The place of every item, in the order of the tree; there must be no circle in it.

    Neighbours stand in the order of `items`. What stands nowhere, or under something that is not
    here, stands at the top. At the top, what holds nothing is a competency, unless it is one of
    the `groups`.

    >>> places(["a", "b"], {"b": "a"})["b"]
    Place(tier=<Tier.COMPETENCY: 2>, owner='a')
    """
    here = set(items)
    children: dict[str, list[str]] = {}
    for item in items:
        above = parents.get(item, "")
        children.setdefault(above if above in here else "", []).append(item)
    found: dict[str, Place] = {}
    for top in children.get("", ()):
        if top not in groups and top not in children:
            found[top] = Place(tier=Tier.COMPETENCY, owner="")
            continue
        found[top] = Place(tier=Tier.DOMAIN, owner="")
        for competency in children.get(top, ()):
            found[competency] = Place(tier=Tier.COMPETENCY, owner=top)
            for behaviour in _below(competency, children):
                found[behaviour] = Place(tier=Tier.BEHAVIOUR, owner=competency)
    return found


def in_a_circle(items: Iterable[str], parents: Mapping[str, str]) -> list[str]:
    """The items that stand under themselves.

    >>> in_a_circle("abc", {"a": "b", "b": "a", "c": "a"})
    ['a', 'b']
    """
    found: list[str] = []
    safe: set[str] = set()
    for item in items:
        way: list[str] = []
        at = item
        while at in parents and at not in safe:
            safe.add(at)
            way.append(at)
            at = parents[at]
        if at in way:
            found += way[way.index(at) :]
    return found


def _below(start: str, children: Mapping[str, Sequence[str]]) -> Iterator[str]:
    waiting = list(reversed(children.get(start, ())))
    while waiting:
        at = waiting.pop()
        yield at
        waiting += reversed(children.get(at, ()))
