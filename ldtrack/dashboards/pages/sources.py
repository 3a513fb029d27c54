"""Where the record behind a piece of evidence can be read, for those who may read it."""

from __future__ import annotations

from ldtrack.dashboards.pages.subject import Subject
from ldtrack.dashboards.pages.words import Target
from ldtrack.evidence.domain import Entry


def source_of(entry: Entry, subject: Subject) -> Target | None:
    """The page of the source; None where the actor may not open it or there is none."""
    return None
