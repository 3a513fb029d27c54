"""Files and their content; whoever asks has seen to it that the actor may have them."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ldtrack.core.errors import NotVisible
from ldtrack.files.domain import FileKind, FileRow, FileUse
from ldtrack.files.models import StoredFile


def files_named(session: Session, ids: Collection[int]) -> dict[int, FileRow]:
    """Files by id, without their content."""
    return {row.id: row for row in _rows(session, StoredFile.id.in_(sorted(set(ids))))}


def files_of(session: Session, person_id: int) -> list[FileRow]:
    """What somebody handed in, latest first, without its content."""
    return _rows(session, StoredFile.person_id == person_id)


def content_of(session: Session, file_id: int) -> bytes:
    """What is in a file, as it was handed in; else `NotVisible`."""
    found = session.execute(
        select(StoredFile.content, StoredFile.digest).where(StoredFile.id == file_id)
    ).one_or_none()
    if found is None or sha256(found.content).hexdigest() != found.digest:
        raise NotVisible
    return bytes(found.content)


def _rows(session: Session, which: ColumnElement[bool]) -> list[FileRow]:
    rows = session.scalars(
        select(StoredFile).where(which).order_by(StoredFile.kept_at.desc(), StoredFile.id)
    )
    return [
        FileRow(
            id=row.id,
            person_id=row.person_id,
            name=row.name,
            kind=FileKind(row.kind),
            use=FileUse(row.use),
            size=row.size,
            kept_at=row.kept_at,
        )
        for row in rows
    ]
