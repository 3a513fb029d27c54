"""Long lists: asked for, written by a job, kept for a few days as pieces of a file, taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.domain import Actor, Facts, Role
from ldtrack.core.errors import RuleBroken
from ldtrack.db.parts import delete_some
from ldtrack.exchange.domain import LIST_KEPT_FOR, WRITE_LIST, ListFormat
from ldtrack.exchange.export_csv import csv_parts
from ldtrack.exchange.export_xlsx import MOST_ROWS, write_xlsx
from ldtrack.exchange.going_out import LISTS, GoingOut, hand_out
from ldtrack.exchange.models import LongList, LongListPart
from ldtrack.exchange.opening import OpenSession
from ldtrack.outbox.service import ask, forget_jobs
from ldtrack.people.queries import person_of_account

_PIECE = 1_000_000
_ROWS_BETWEEN = 2_000
"""Rows after which it is said how far the list is."""


def ask_for_list(
    session: Session, actor: Actor, out: GoingOut, format: ListFormat, *, now: datetime
) -> int:
    """Have a list written by a job. Returns its id; one that is being written is not begun twice.

    Raises `RuleBroken` for more rows than a spreadsheet holds.
    """
    policy.require(actor, out.action, Facts(organisation_id=actor.organisation_id))
    if format is ListFormat.XLSX and out.count(session) > MOST_ROWS:
        raise RuleBroken("", f"A spreadsheet holds {MOST_ROWS:,} rows. Take the CSV.")
    under_way = session.scalar(
        select(LongList.id).where(
            LongList.account_id == actor.account_id,
            LongList.name == out.name,
            LongList.format == format,
            LongList.finished_at.is_(None),
            LongList.asked_at > now - LIST_KEPT_FOR,
        )
    )
    if under_way is None:
        row = LongList(account_id=actor.account_id, name=out.name, format=format, asked_at=now)
        session.add(row)
        session.flush()
        under_way = row.id
    ask(session, kind=WRITE_LIST, thing_id=under_way, due_at=now)
    return under_way


def write_list(
    reading: OpenSession,
    writing: OpenSession,
    list_id: int,
    *,
    now: datetime,
    progress: Callable[[int, int], None],
) -> None:
    """Write a list to a file, then keep the file; a second time does nothing more.

    Rows are read a part after the other, so that nothing is held open while it is written.
    """
    with writing() as session:
        row = session.get(LongList, list_id)
        if row is None or row.finished_at is not None:
            return
        # Pieces of a run that was stopped.
        session.execute(delete(LongListPart).where(LongListPart.long_list_id == list_id))
        out, actor, total = LISTS[row.name], _asker(session, row), LISTS[row.name].count(session)
        is_sheet = row.format is ListFormat.XLSX
    counted = _Counted(out.rows(reading, actor, now.date()), total, progress)
    with TemporaryFile() as file:
        if is_sheet:
            write_xlsx(file, out.columns, counted.rows())
        else:
            file.writelines(csv_parts(out.columns, counted.rows()))
        file.seek(0)
        n_bytes = _keep(writing, list_id, file)
    with writing() as session:
        row = session.get_one(LongList, list_id)
        row.finished_at, row.n_rows, row.n_bytes = now, counted.n, n_bytes


class _Counted:
    """Rows that say on their way how far they are."""

    def __init__(
        self, rows: Iterator[Sequence[object]], total: int, progress: Callable[[int, int], None]
    ) -> None:
        self._rows, self._total, self._progress = rows, total, progress
        self.n = 0

    def rows(self) -> Iterator[Sequence[object]]:
        for row in self._rows:
            yield row
            self.n += 1
            if self.n % _ROWS_BETWEEN == 0:
                self._progress(self.n, max(self._total, self.n))


def _keep(writing: OpenSession, list_id: int, file: BinaryIO) -> int:
    n_bytes = 0
    for position, content in enumerate(iter(lambda: file.read(_PIECE), b"")):
        with writing() as session:
            session.add(LongListPart(long_list_id=list_id, position=position, content=content))
        n_bytes += len(content)
    return n_bytes


def _asker(session: Session, row: LongList) -> Actor:
    """Whoever asked; whether they may was asked then, and is again when they take the file."""
    return Actor(
        organisation_id=row.organisation_id,
        account_id=row.account_id,
        person_id=person_of_account(session, row.account_id),
        roles=frozenset({Role.HR}),
    )


def take_list(session: Session, actor: Actor, list_id: int, *, now: datetime) -> None:
    """Write down that somebody took the file that they asked for."""
    row = session.get_one(LongList, list_id)
    hand_out(session, actor, LISTS[row.name], now=now)
    row.taken_at = now
    session.flush()


def pieces_of(reading: OpenSession, list_id: int) -> Iterator[bytes]:
    """The file, one piece after the other, each read in a session of its own."""
    position = 0
    while True:
        with reading() as session:
            content = session.scalar(
                select(LongListPart.content).where(
                    LongListPart.long_list_id == list_id, LongListPart.position == position
                )
            )
        if content is None:
            return
        yield content
        position += 1


def tidy_lists(session: Session, now: datetime) -> int:
    """Delete some of the lists that were kept long enough, of every organisation, and those that
    nobody ever finished writing."""
    ended = LongList.finished_at < now - LIST_KEPT_FOR
    given_up = LongList.finished_at.is_(None) & (LongList.asked_at < now - 2 * LIST_KEPT_FOR)
    return delete_some(session, LongList.id, select(LongList.id).where(or_(ended, given_up)))


def forget_lists(session: Session) -> None:
    """Delete every list of the organisation, because somebody in them is to be forgotten."""
    ids = session.scalars(select(LongList.id)).all()
    forget_jobs(session, kinds=(WRITE_LIST,), things=ids)
    session.execute(delete(LongList).where(LongList.id.in_(ids)))
