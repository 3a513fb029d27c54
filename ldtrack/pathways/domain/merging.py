"""A newer edition of a programme meets what was changed here: field by field, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ldtrack.pathways.domain.portable import Item, ItemKind

WHOLE = ""
"""The field of a line that is about an item as a whole."""


class Side(StrEnum):
    """Whose word holds."""

    HERE = "here"
    THERE = "there"


class Fate(StrEnum):
    """What becomes of a field, or of an item as a whole."""

    ADDED = "added"
    CHANGED = "changed"
    KEPT = "kept"
    """It was changed or added here, and stays so."""
    REMOVED = "removed"
    CONFLICT = "conflict"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One difference, said side by side; `here` and `there` are None where there is nothing.

    `taken` says whose word holds where a person decides.
    """

    kind: ItemKind
    identifier: str
    title: str
    field: str
    fate: Fate
    here: Any
    there: Any
    taken: Side | None = None

    @property
    def key(self) -> str:
        """By which a decision names it."""
        return f"{self.identifier}/{self.field}"


@dataclass(frozen=True, kw_only=True)
class Merged:
    """The items as they would be, and every line in which they differ from what is here."""

    items: tuple[Item, ...]
    lines: tuple[Line, ...]

    @property
    def undecided(self) -> list[Line]:
        """Conflicts about which nobody has said whose word holds."""
        return [line for line in self.lines if line.fate is Fate.CONFLICT and line.taken is None]

    @property
    def changes_anything(self) -> bool:
        """Whether what is here would be different."""
        return any(line.fate is not Fate.KEPT for line in self.lines)


def merge(
    base: Mapping[str, Item],
    here: Sequence[Item],
    there: Sequence[Item],
    decided: Mapping[str, Side],
) -> Merged:
    """Three-way, by field: what only one side changed holds; what both changed is decided.

    `base` is what came last, by identifier. A locked item is as it comes. An item that one side
    took out and the other changed is a conflict about the item as a whole. The order is that of
    the newer edition; what was added here follows what it followed here.

    A title "A" that came, is "B" here and comes as "C" now is a conflict; if it comes as "A" again,
    "B" is kept.
    """
    mine = {item.identifier: item for item in here}
    theirs = {item.identifier: item for item in there}
    lines: list[Line] = []
    kept: dict[str, Item] = {}
    for identifier in [*theirs, *(one for one in mine if one not in theirs)]:
        found = _item(
            base.get(identifier), mine.get(identifier), theirs.get(identifier), decided, lines
        )
        if found is not None:
            kept[identifier] = found
    _restore_stages(kept, mine, theirs)
    return Merged(items=tuple(_ordered(kept, here, there)), lines=tuple(lines))


def _item(
    base: Item | None,
    here: Item | None,
    there: Item | None,
    decided: Mapping[str, Side],
    lines: list[Line],
) -> Item | None:
    if here is not None and there is not None:
        return _both(base, here, there, decided, lines)
    if there is not None:
        if base is None:
            lines.append(_whole(there, Fate.ADDED, None, there))
            return there
        if there.locked or there.fields != base.fields:
            return _decide(there, None, there, decided, lines, forced=there.locked)
        lines.append(_whole(there, Fate.KEPT, None, there))
        return None
    if here is None:
        return None
    if base is None:
        lines.append(_whole(here, Fate.KEPT, here, None))
        return here
    if here.fields != base.fields:
        return _decide(here, here, None, decided, lines, forced=False)
    lines.append(_whole(here, Fate.REMOVED, here, None))
    return None


def _decide(
    about: Item,
    here: Item | None,
    there: Item | None,
    decided: Mapping[str, Side],
    lines: list[Line],
    *,
    forced: bool,
) -> Item | None:
    """One side took an item out that the other changed; of a locked one nobody has to decide."""
    if forced:
        lines.append(_whole(about, Fate.ADDED, here, there))
        return there
    line = _whole(about, Fate.CONFLICT, here, there)
    line = replace(line, taken=decided.get(line.key))
    lines.append(line)
    return there if line.taken is Side.THERE else here


def _whole(item: Item, fate: Fate, here: Item | None, there: Item | None) -> Line:
    return Line(
        kind=item.kind,
        identifier=item.identifier,
        title=item.title,
        field=WHOLE,
        fate=fate,
        here=here.title if here else None,
        there=there.title if there else None,
    )


def _both(
    base: Item | None,
    here: Item,
    there: Item,
    decided: Mapping[str, Side],
    lines: list[Line],
) -> Item:
    fields = dict(there.fields)
    for name, value in there.fields.items():
        own = here.fields.get(name)
        came = base.fields.get(name) if base else None
        if own == value:
            continue
        fate = Fate.CONFLICT
        if there.locked or own == came:
            fate = Fate.CHANGED
        elif value == came:
            fate = Fate.KEPT
        line = Line(
            kind=there.kind,
            identifier=there.identifier,
            title=here.title,
            field=name,
            fate=fate,
            here=own,
            there=value,
        )
        if fate is Fate.CONFLICT:
            line = replace(line, taken=decided.get(line.key))
        lines.append(line)
        if fate is Fate.KEPT or (fate is Fate.CONFLICT and line.taken is not Side.THERE):
            fields[name] = own
    return replace(there, fields=fields)


def _restore_stages(
    kept: dict[str, Item], mine: Mapping[str, Item], theirs: Mapping[str, Item]
) -> None:
    """A stage stays as long as something stays in it."""
    for item in list(kept.values()):
        stage = _stage_of(item)
        if stage is not None and stage not in kept:
            kept[stage] = theirs.get(stage) or mine[stage]


def _stage_of(item: Item) -> str | None:
    if item.kind is ItemKind.STEP:
        return str(item.fields["place"]["stage"])
    return str(item.fields["stage"]) if item.kind is ItemKind.CHOICE else None


def _ordered(
    kept: Mapping[str, Item], here: Sequence[Item], there: Sequence[Item]
) -> Iterator[Item]:
    order = [item.identifier for item in there if item.identifier in kept]
    placed = set(order)
    before: str | None = None
    for item in here:
        if item.identifier in kept and item.identifier not in placed:
            at = order.index(before) + 1 if before in placed and before is not None else 0
            order.insert(at, item.identifier)
            placed.add(item.identifier)
        if item.identifier in placed:
            before = item.identifier
    return (kept[identifier] for identifier in order)
