"""Forgetting, once a day, rows that nobody asks for any more; a few in each transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from ldtrack.coaching.service import tidy_choices, tidy_drafts, tidy_private_notes
from ldtrack.db import once
from ldtrack.exchange.service.long_lists import tidy_lists
from ldtrack.files.service import tidy_files
from ldtrack.jobs.work import Workshop
from ldtrack.outbox.service.tidying import tidy_jobs, tidy_mail
from ldtrack.people.service.sign_in import tidy_attempts, tidy_sign_ins
from ldtrack.reflection.service import tidy_deleted_entries

_TIDIES: tuple[Callable[[Session, datetime], int], ...] = (
    once.tidy,
    tidy_jobs,
    tidy_mail,
    tidy_sign_ins,
    tidy_attempts,
    tidy_files,
    tidy_lists,
    tidy_deleted_entries,
    tidy_choices,
)


def tidy_up(workshop: Workshop) -> int:
    """Forget all that was kept long enough. Returns how many rows."""
    count = 0
    months = workshop.settings.note_months
    tidies: list[Callable[[Session, datetime], int]] = [
        *_TIDIES,
        partial(tidy_private_notes, months=months),
        partial(tidy_drafts, months=months),
    ]
    for tidy in tidies:
        some = 1
        while some:
            with workshop.database.writing() as session:
                some = tidy(session, workshop.clock.now())
            count += some
    return count
