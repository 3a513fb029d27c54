"""The associations of a package: those that still hold as they came, and new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ldtrack.core.guids import guid_of
from ldtrack.exchange.case.reading import Parts
from ldtrack.exchange.case.rubrics import things_in
from ldtrack.exchange.case.tree import is_child_of, number_of
from ldtrack.exchange.case.words import ItemWords, Thing, address_of, link, link_in
from ldtrack.exchange.framework_tree import Tier

_LAST = float("inf")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Something that goes out as an item; its owner is '' where it stands at the top."""

    identifier: str
    words: ItemWords
    tier: Tier
    owner: str
    level: int = 0


def write_associations(
    kept: Mapping[str, Any],
    parts: Parts | None,
    standing: Sequence[Standing],
    framework: str,
    title: str,
    changed: str,
) -> list[dict[str, Any]]:
    """Every association of the package, in the order in which they came; new ones follow."""
    here = {one.identifier.lower(): one for one in standing}
    gone = {identifier for identifier in (parts.items if parts else {}) if identifier not in here}
    found: list[dict[str, Any]] = []
    for one in things_in(kept, "CFAssociations"):
        child, parent = link_in(one, "originNodeURI"), link_in(one, "destinationNodeURI")
        if child in gone or parent in gone:
            continue
        if is_child_of(one) and child in here and not _holds(parts, here[child]):
            continue
        found.append(dict(one))
    names = {"": link(title, framework)} | {
        identifier: link(one.words.name, one.identifier, one.words.uri)
        for identifier, one in here.items()
    }
    _put_in_order(found, parts, standing, names, changed)
    return found


def _put_in_order(
    found: list[dict[str, Any]],
    parts: Parts | None,
    standing: Sequence[Standing],
    names: Mapping[str, Thing],
    changed: str,
) -> None:
    """Add what is missing, and number neighbours anew where their order is not what it was."""
    placed: dict[str, dict[str, Any]] = {}
    for one in found:
        if is_child_of(one):
            placed.setdefault(link_in(one, "originNodeURI"), one)
    owners: dict[str, list[Standing]] = {}
    for each in standing:
        owners.setdefault(each.owner, []).append(each)
    for owner, below in owners.items():
        old = [each for each in below if _holds(parts, each)]
        new = [each for each in below if not _holds(parts, each)]
        as_it_came = _order_in(parts, owner, {each.identifier.lower() for each in old})
        keeps_order = [each.identifier.lower() for each in below] == [
            *as_it_came,
            *(each.identifier.lower() for each in new),
        ]
        last = max((_numbered(placed.get(each.identifier.lower())) for each in old), default=0)
        is_numbered = not old or last > 0
        for number, each in enumerate(new, start=last + 1 if keeps_order else 1):
            made = _association(each, names, number if is_numbered else None, changed)
            found.append(made)
            placed[each.identifier.lower()] = made
        if not keeps_order:
            for number, each in enumerate(below, start=1):
                said = placed.get(each.identifier.lower())
                if said is not None and said.get("sequenceNumber") != number:
                    said.update(sequenceNumber=number, lastChangeDateTime=changed)


def _holds(parts: Parts | None, one: Standing) -> bool:
    """Whether an item stands where the package put it."""
    place = parts.found.get(one.identifier.lower()) if parts else None
    return place is not None and (place.tier, place.owner) == (one.tier, one.owner)


def _order_in(parts: Parts | None, owner: str, wanted: set[str]) -> list[str]:
    found = parts.found if parts else {}
    return [
        identifier
        for identifier, place in found.items()
        if place.owner == owner and identifier in wanted
    ]


def _numbered(one: Thing | None) -> int:
    number = number_of(one)
    return 0 if number == _LAST else int(number)


def _association(
    one: Standing, names: Mapping[str, Thing], number: int | None, changed: str
) -> dict[str, Any]:
    identifier = guid_of(f"isChildOf/{names[one.owner]['identifier']}", one.identifier)
    written: dict[str, Any] = {
        "identifier": identifier,
        "uri": address_of(identifier),
        "associationType": "isChildOf",
        "originNodeURI": names[one.identifier.lower()],
        "destinationNodeURI": names[one.owner],
        "lastChangeDateTime": changed,
    }
    return written if number is None else written | {"sequenceNumber": number}
