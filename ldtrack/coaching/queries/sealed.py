"""Private notes and drafts as they are opened: each for the place that it was sealed for."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from ldtrack.coaching.domain import DraftRow, OwnNote
from ldtrack.coaching.models import PrivateNote, SessionDraft
from ldtrack.core.errors import SealedShut
from ldtrack.db.session import seal_of

_NOTE, _DRAFT = "private note", "session draft"


def note_place(session_id: int, author_id: int) -> tuple[str, int, int]:
    """Where a private note belongs: one author's note of one session."""
    return _NOTE, session_id, author_id


def draft_place(engagement_id: int, author_id: int) -> tuple[str, int, int]:
    """Where a draft belongs: one author's in one engagement."""
    return _DRAFT, engagement_id, author_id


def opened(session: Session, row: PrivateNote) -> OwnNote:
    """The note; shut while its key is not here."""
    try:
        body = seal_of(session).open(row.sealed, *note_place(row.session_id, row.author_id))
    except SealedShut:
        return OwnNote(is_shut=True, turn=row.turn)
    return OwnNote(body=body, turn=row.turn)


def opened_draft(session: Session, row: SessionDraft) -> DraftRow:
    """The draft; shut while its key is not here."""
    try:
        typed = seal_of(session).open(row.sealed, *draft_place(row.engagement_id, row.author_id))
    except SealedShut:
        return DraftRow(lines={}, kept_at=row.kept_at, is_shut=True)
    lines: dict[str, Any] = json.loads(typed)
    return DraftRow(lines=lines, kept_at=row.kept_at)
