"""Forgetting for good what was deleted and can no longer be brought back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.db.parts import delete_some
from ldtrack.reflection.domain.journal import UNDO_FOR
from ldtrack.reflection.models import Entry


def tidy_deleted_entries(session: Session, now: datetime) -> int:
    """Forget some of them, also of authors who never came back to their journal."""
    return delete_some(session, Entry.id, select(Entry.id).where(Entry.deleted_at < now - UNDO_FOR))
