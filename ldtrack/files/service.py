"""Keeping a file, if it is one that is taken, and forgetting it."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import column, delete, exists, func, inspect, select, table
from sqlalchemy.orm import Session

from ldtrack.core.errors import RuleBroken
from ldtrack.db.parts import delete_some
from ldtrack.files.domain import FileUse, kind_of, plain_file_name, problem_of
from ldtrack.files.models import StoredFile

LOOSE_FOR = timedelta(days=1)
"""How long a file may be kept that belongs to nothing."""


def keep_file(
    session: Session,
    raw: bytes,
    *,
    use: FileUse,
    person_id: int,
    name: str,
    now: datetime,
    field: str = "file",
) -> int:
    """Keep a file of somebody's, in the transaction of whatever it belongs to. Returns its id.

    Raises `RuleBroken` at `field` for what is too large, empty, of a kind that is not taken, or
    should not be opened.
    """
    if len(raw) > use.most_bytes:
        most = use.most_bytes // 1_000_000
        raise RuleBroken(field, f"Please choose a file of at most {most} MB.")
    if not raw:
        raise RuleBroken(field, "This file is empty.")
    kind = kind_of(raw)
    if kind is None:
        raise RuleBroken(
            field,
            "Please choose a PDF, a picture (PNG, JPEG) or an office document without macros.",
        )
    if problem := problem_of(raw, kind):
        raise RuleBroken(field, problem)
    here = select(func.count(StoredFile.id)).where(
        StoredFile.person_id == person_id, StoredFile.use == use
    )
    if (session.scalar(here) or 0) >= use.most_each:
        raise RuleBroken(field, f"{use.most_each} files are kept already; take one back first.")
    row = StoredFile(
        person_id=person_id,
        name=plain_file_name(name, kind),
        kind=kind,
        use=use,
        size=len(raw),
        digest=sha256(raw).hexdigest(),
        kept_at=now,
        content=raw,
    )
    session.add(row)
    session.flush()
    session.expunge(row)
    return row.id


def forget_file(session: Session, file_id: int) -> None:
    """Delete a file."""
    session.execute(delete(StoredFile).where(StoredFile.id == file_id))


def tidy_files(session: Session, now: datetime) -> int:
    """Delete some of the files that belong to nothing any more, of every organisation.

    What refers to files is asked of the database itself: whoever runs this may not know each room.
    Returns how many.
    """
    loose = [StoredFile.kept_at < now - LOOSE_FOR]
    keys = inspect(session.connection()).get_multi_foreign_keys()
    for (_, name), found in keys.items():
        for key in found:
            if key["referred_table"] == StoredFile.__tablename__:
                [own] = key["constrained_columns"]
                belongs = table(name, column(own))
                loose.append(~exists().where(belongs.c[own] == StoredFile.id))
    return delete_some(session, StoredFile.id, select(StoredFile.id).where(*loose))
