"""Journal entries: one kept private, one shared with the coach, one deleted, one begun."""

from __future__ import annotations

from ldtrack.reflection import service as reflection
from ldtrack.reflection.domain import Draft, WriteEntry
from tests.infrastructure.furnish.corner import Corner


def journal(corner: Corner) -> None:
    """What the leader wrote for themselves."""
    session, leader, now = corner.session, corner.actor("leader"), corner.now
    for kind in ("private", "shared", "deleted"):
        entry = WriteEntry(body=corner.mark(f"journal-{kind}"), shared=kind == "shared")
        entry_id = reflection.write(session, leader, entry, now=now)
        if kind == "deleted":
            reflection.remove(session, leader, entry_id, now=now)
    reflection.keep_draft(session, leader, Draft(body=corner.mark("journal-draft")))
