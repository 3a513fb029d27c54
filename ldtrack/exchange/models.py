"""Tables of files that are brought in: each with its parts, so that a stopped one can go on.

And of long lists that go out, which are kept for a few days."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ldtrack.db.base import Base, OrganisationOwned
from ldtrack.exchange.domain import ImportKind, ImportState, ListFormat, PartKind


class ImportRun(OrganisationOwned, Base):
    """A file from its sending to the day on which it can no longer be taken back."""

    __tablename__ = "import_run"
    __table_args__ = (CheckConstraint("n_done BETWEEN 0 AND n_parts", name="done_within_parts"),)

    kind: Mapped[ImportKind]
    state: Mapped[ImportState] = mapped_column(default=ImportState.SENT)
    name: Mapped[str] = mapped_column(String(200))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    begun_at: Mapped[datetime] = mapped_column(index=True)
    n_bytes: Mapped[int]
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)
    columns: Mapped[list[Any]] = mapped_column(default=list)
    notes: Mapped[list[Any]] = mapped_column(default=list)
    first_rows: Mapped[list[Any]] = mapped_column(default=list)
    would: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Whom it would change and how, for whoever says yes; forgotten with the yes."""
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    gone: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    n_leavers: Mapped[int] = mapped_column(default=0)
    bad_lines: Mapped[int] = mapped_column(default=0)
    n_parts: Mapped[int] = mapped_column(default=0)
    n_done: Mapped[int] = mapped_column(default=0)


class ImportChunk(OrganisationOwned, Base):
    """A piece of the file as it was sent; gone once its rows are stored."""

    __tablename__ = "import_chunk"
    __table_args__ = (UniqueConstraint("run_id", "position"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"))
    position: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ImportPart(OrganisationOwned, Base):
    """Rows that are stored in one transaction, which also says that they are.

    So whoever goes on after a stop neither leaves out a part nor does one twice. `undo` says how
    to take it back.
    """

    __tablename__ = "import_part"
    __table_args__ = (UniqueConstraint("run_id", "position"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[PartKind]
    rows: Mapped[list[Any]] = mapped_column(default=list)
    undo: Mapped[dict[str, Any]] = mapped_column(default=dict)
    done: Mapped[bool] = mapped_column(default=False)


class ImportProblem(OrganisationOwned, Base):
    """One fault of the file."""

    __tablename__ = "import_problem"

    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"), index=True)
    line: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(500))


class ColumnMatch(OrganisationOwned, Base):
    """What a column of the organisation's own files stands for, remembered for the next one."""

    __tablename__ = "column_match"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "title"),)

    kind: Mapped[ImportKind]
    title: Mapped[str] = mapped_column(String(200))
    stands_for: Mapped[str] = mapped_column(String(60))


class LongList(OrganisationOwned, Base):
    """A long list that somebody asked for: theirs alone, and gone with their sign-in."""

    __tablename__ = "long_list"
    __table_args__ = (
        CheckConstraint("taken_at IS NULL OR finished_at IS NOT NULL", name="taken_when_written"),
    )

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(40))
    format: Mapped[ListFormat]
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    n_rows: Mapped[int] = mapped_column(default=0)
    n_bytes: Mapped[int] = mapped_column(default=0)


class LongListPart(OrganisationOwned, Base):
    """A piece of the file."""

    __tablename__ = "long_list_part"
    __table_args__ = (UniqueConstraint("long_list_id", "position"),)

    long_list_id: Mapped[int] = mapped_column(ForeignKey("long_list.id", ondelete="CASCADE"))
    position: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
