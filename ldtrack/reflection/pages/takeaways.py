"""What the page of one's own takeaways shows, put together from queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.reflection import queries
from ldtrack.reflection.domain.journal import Reader
from ldtrack.reflection.domain.takeaways import TakeawayRow
from ldtrack.reflection.pages.readers import ReadBy, read_by


@dataclass(frozen=True, kw_only=True)
class TakeawayLine:
    """A takeaway in a list, with who reads it now, and who no longer does."""

    row: TakeawayRow
    readers: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TakeawaysPage:
    """One's own: what is open, and a page of what became of others."""

    open_ones: list[TakeawayLine]
    told: list[TakeawayLine]
    readers: tuple[Reader, ...]
    today: date
    page: int
    pages: int
    total: int

    @property
    def n_due(self) -> int:
        """How many wait for a word today."""
        return sum(line.row.is_due(self.today) for line in self.open_ones)


def takeaways_page(session: Session, actor: Actor, today: date, *, page: int) -> TakeawaysPage:
    """The actor's own."""
    open_ones = queries.open_takeaways(session, actor)
    told, total = queries.told_takeaways(session, actor, page=page)
    readers = readers_of_today(session, actor, today)
    names = read_by(session, [*open_ones, *told], readers)
    return TakeawaysPage(
        open_ones=_lines(open_ones, names),
        told=_lines(told, names),
        readers=readers,
        today=today,
        page=page,
        pages=max(1, ceil(total / queries.PAGE)),
        total=total,
    )


def readers_of_today(session: Session, actor: Actor, today: date) -> tuple[Reader, ...]:
    """Whom the actor could let read."""
    return tuple(queries.readers_for(session, actor.person_id or 0, today))


def _lines(rows: Collection[TakeawayRow], names: ReadBy) -> list[TakeawayLine]:
    return [TakeawayLine(row=row, readers=names.now(row), former=names.before(row)) for row in rows]
