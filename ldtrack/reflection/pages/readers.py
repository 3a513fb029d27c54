"""Who reads what an author shared, in names: now, and no longer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from ldtrack.people.queries import people_named
from ldtrack.reflection.domain.journal import Reader


class Shareable(Protocol):
    """An entry or a takeaway, which names everybody it was shared with."""

    @property
    def reader_ids(self) -> tuple[int, ...]:
        """Them."""


@dataclass(frozen=True, kw_only=True)
class ReadBy:
    """The names of readers, by id: those of today, and those who were."""

    reading: Mapping[int, str]
    former: Mapping[int, str]

    def now(self, row: Shareable) -> tuple[str, ...]:
        """Who can read it."""
        return tuple(self.reading[id_] for id_ in row.reader_ids if id_ in self.reading)

    def before(self, row: Shareable) -> tuple[str, ...]:
        """Who could, and neither coaches nor sponsors the author any more."""
        return tuple(self.former[id_] for id_ in row.reader_ids if id_ in self.former)


def read_by(
    session: Session, rows: Sequence[Shareable], readers: Collection[Reader] | None
) -> ReadBy:
    """Who reads them; told to their author, who gives the `readers` of today."""
    if readers is None:
        return ReadBy(reading={}, former={})
    reading = {one.id: one.name for one in readers}
    every = {id_ for row in rows for id_ in row.reader_ids}
    former = {id_: one.name for id_, one in people_named(session, every - reading.keys()).items()}
    return ReadBy(reading=reading, former=former)
