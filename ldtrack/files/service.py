"""Keeping a file, if it is one that is taken, and forgetting it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ldtrack.core.errors import RuleBroken
from ldtrack.files.domain import (
    MOST_BYTES,
    MOST_EACH,
    archive_problem,
    kind_of,
    plain_file_name,
)
from ldtrack.files.models import StoredFile


def keep_file(
    session: Session, raw: bytes, *, person_id: int, name: str, now: datetime, field: str = "file"
) -> int:
    """Keep a file of somebody's, in the transaction of whatever it belongs to. Returns its id.

    Raises `RuleBroken` at `field` for what is too large, empty, of a kind that is not taken, or an
    archive that should not be opened.
    """
    if len(raw) > MOST_BYTES:
        raise RuleBroken(field, f"Please choose a file of at most {MOST_BYTES // 1_000_000} MB.")
    if not raw:
        raise RuleBroken(field, "This file is empty.")
    kind = kind_of(raw)
    if kind is None:
        raise RuleBroken(
            field,
            "Please choose a PDF, a picture (PNG, JPEG) or an office document without macros.",
        )
    if problem := archive_problem(raw):
        raise RuleBroken(field, problem)
    here = select(func.count(StoredFile.id)).where(StoredFile.person_id == person_id)
    if (session.scalar(here) or 0) >= MOST_EACH:
        raise RuleBroken(field, f"{MOST_EACH} files are kept already; take one back first.")
    row = StoredFile(
        person_id=person_id,
        name=plain_file_name(name, kind),
        kind=kind,
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
