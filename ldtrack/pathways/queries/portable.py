"""What is known of programmes that travel: where a pathway came from, its items and its locks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, Select, SQLColumnExpression, case, literal, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.guids import guid_of
from ldtrack.pathways.domain import Item, ItemKind, VersionState
from ldtrack.pathways.models import Pathway, PathwayVersion, ProgrammeItem, ProgrammeOrigin

LockKey = tuple[ItemKind, int]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a pathway came from; `edition` is the last that came."""

    pathway_id: int
    identifier: str
    edition: int
    came_on: date


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What is kept about the items of a pathway: identifiers and locks by kind and lineage, and how
    they came last by identifier. `origin` is None for a pathway of our own."""

    origin: Origin | None
    own: str
    items: Mapping[LockKey, str]
    locked: frozenset[LockKey]
    came_as: Mapping[str, Item]

    def of(self, kind: ItemKind, lineage: int) -> str:
        """The identifier of a thing of the pathway, as `Known.of` says it."""
        return self.items.get((kind, lineage)) or guid_of(f"{kind}/{lineage}", within=self.own)

    @property
    def bound(self) -> frozenset[LockKey]:
        """What may not be changed here."""
        return self.locked if self.origin is not None else frozenset()


def carried(session: Session, actor: Actor, pathway_id: int) -> Carried:
    """For those who build pathways; one statement."""
    rows = session.execute(_kept(actor).where(Pathway.id == pathway_id)).all()
    return _carried(pathway_id, [(origin, item) for origin, item, *_ in rows])


def came_before(session: Session, actor: Actor, identifier: str) -> tuple[Carried, int] | None:
    """The pathway that came by this identifier and its newest version, for those who build
    pathways; one statement."""
    rows = session.execute(
        _kept(actor).where(ProgrammeOrigin.identifier == identifier, newest_of(Pathway.id) > 0)
    ).all()
    if not rows:
        return None
    pathway_id, newest = rows[0][2:]
    return _carried(pathway_id, [(origin, item) for origin, item, *_ in rows]), newest


def _kept(actor: Actor) -> Select[Any, Any, int, int]:
    return (
        select(ProgrammeOrigin, ProgrammeItem, Pathway.id, newest_of(Pathway.id))
        .select_from(Pathway)
        .outerjoin(ProgrammeOrigin, ProgrammeOrigin.pathway_id == Pathway.id)
        .outerjoin(ProgrammeItem, ProgrammeItem.pathway_id == Pathway.id)
        .where(policy.clause(actor, Action.WRITE_PATHWAY))
    )


def _carried(
    pathway_id: int, rows: Sequence[tuple[ProgrammeOrigin | None, ProgrammeItem | None]]
) -> Carried:
    row = next((origin for origin, _ in rows), None)
    items = _there(item for _, item in rows)
    origin = None if row is None else _origin(row)
    return Carried(
        origin=origin,
        own=origin.identifier if origin else guid_of(f"pathway/{pathway_id}"),
        items={(ItemKind(item.kind), item.thing): item.identifier for item in items},
        locked=frozenset((ItemKind(item.kind), item.thing) for item in items if item.locked),
        came_as={
            item.identifier: Item(
                kind=ItemKind(item.kind),
                identifier=item.identifier,
                fields=item.came_as,
                locked=item.locked,
            )
            for item in items
            if item.came_as
        },
    )


def _there(items: Iterable[ProgrammeItem | None]) -> list[ProgrammeItem]:
    """A pathway without items comes with none instead of one."""
    return [item for item in items if item is not None]


def things_identified(
    session: Session, identifiers: Collection[str]
) -> dict[tuple[ItemKind, str], int]:
    """Courses and questionnaires that came with any programme, by kind and identifier."""
    rows = session.execute(
        select(ProgrammeItem.kind, ProgrammeItem.identifier, ProgrammeItem.thing).where(
            ProgrammeItem.kind.in_([ItemKind.COURSE, ItemKind.QUESTIONNAIRE]),
            ProgrammeItem.identifier.in_(sorted(set(identifiers))),
        )
    )
    return {(ItemKind(row.kind), row.identifier): row.thing for row in rows}


def identifiers_of_things(
    session: Session, kind: ItemKind, things: Collection[int]
) -> dict[int, str]:
    """The identifiers that courses or questionnaires came by, if any, by id."""
    rows = session.execute(
        select(ProgrammeItem.thing, ProgrammeItem.identifier).where(
            ProgrammeItem.kind == kind, ProgrammeItem.thing.in_(sorted(set(things)))
        )
    )
    return {row.thing: row.identifier for row in rows}


def title_taken(session: Session, title: str) -> bool:
    """Whether a pathway is called so already."""
    return session.scalar(select(Pathway.id).where(Pathway.title == title)) is not None


def newest_version(session: Session, pathway_id: int) -> int | None:
    """The draft of a pathway, else its published version, else the last there was."""
    return session.scalar(select(newest_of(literal(pathway_id))))


def newest_of(pathway_id: SQLColumnExpression[int]) -> ScalarSelect[int]:
    place = {VersionState.DRAFT: 0, VersionState.PUBLISHED: 1}
    return (
        select(PathwayVersion.id)
        .where(PathwayVersion.pathway_id == pathway_id)
        .order_by(case(place, value=PathwayVersion.state, else_=2), PathwayVersion.number.desc())
        .limit(1)
        .scalar_subquery()
    )


def _origin(row: ProgrammeOrigin) -> Origin:
    return Origin(
        pathway_id=row.pathway_id,
        identifier=row.identifier,
        edition=row.edition,
        came_on=row.came_on,
    )
