"""How a package says where its items stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ldtrack.exchange.case.words import Thing, link_in, text_in
from ldtrack.exchange.framework_tree import Place, places

_GROUPS = frozenset({"area", "category", "cluster", "domain", "group", "strand", "topic"})
_LAST = float("inf")


def identifier_of(thing: Thing) -> str:
    """The identifier of an object, in small letters, in which it is compared."""
    return text_in(thing, "identifier").lower()


def is_child_of(association: Thing) -> bool:
    """Whether it says where an item stands."""
    return text_in(association, "associationType").casefold() == "ischildof"


def first_parents(associations: Sequence[Thing]) -> dict[str, Thing]:
    """The association that says where an item stands, by its identifier: the first that does."""
    found: dict[str, Thing] = {}
    for one in associations:
        if is_child_of(one):
            found.setdefault(link_in(one, "originNodeURI"), one)
    return found


def owners(parents: Mapping[str, Thing]) -> dict[str, str]:
    """What each item stands under, by identifiers."""
    return {child: link_in(one, "destinationNodeURI") for child, one in parents.items()}


def places_of(items: Sequence[Thing], parents: Mapping[str, Thing]) -> dict[str, Place]:
    """The place of every item; neighbours stand by their numbers, then as they come."""
    in_order = sorted(
        map(identifier_of, items), key=lambda identifier: number_of(parents.get(identifier))
    )
    groups = {
        identifier_of(item) for item in items if text_in(item, "CFItemType").casefold() in _GROUPS
    }
    return places(in_order, owners(parents), groups)


def number_of(association: Thing | None) -> float:
    """The place among its neighbours that an association gives; without one it comes last."""
    number = association.get("sequenceNumber") if association else None
    return number if isinstance(number, int | float) and not isinstance(number, bool) else _LAST
