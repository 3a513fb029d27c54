"""What somebody wrote for themselves, as values for a file of their own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import competencies_named
from ldtrack.people.queries import names_of
from ldtrack.reflection import queries
from ldtrack.reflection.domain.journal import EntryRow
from ldtrack.reflection.domain.takeaways import TakeawayRow


def own_record(session: Session, actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The actor's own journal and takeaways, with whom each was shared; nobody else's."""
    entries = queries.own_entries(session, actor)
    takeaways = queries.own_takeaways(session, actor)
    named = competencies_named(session, {one for row in entries for one in row.competency_ids})
    readers = [one.reader_ids for one in entries] + [one.reader_ids for one in takeaways]
    names = names_of(session, {one for ids in readers for one in ids})
    return {
        "made_at": now.isoformat(timespec="minutes"),
        "begun": queries.draft_of(session, actor).body,
        "entries": [
            {
                "written_on": row.written_on.isoformat(),
                "about": row.about,
                "competencies": [named[one].name for one in row.competency_ids if one in named],
                "text": row.body,
                "shared_with": _shared_with(row, names),
            }
            for row in entries
        ],
        "takeaways": [
            {
                "kind": row.kind.value,
                "what": row.what,
                "from": row.about,
                "made_on": row.made_on.isoformat(),
                "look_again_on": _day(row.follow_up_on),
                "state": row.state.value,
                "what_happened": row.told,
                "told_on": _day(row.told_on),
                "shared_with": _shared_with(row, names),
            }
            for row in takeaways
        ],
    }


def _shared_with(row: EntryRow | TakeawayRow, names: dict[int | None, str]) -> list[str]:
    return [names[one] for one in row.reader_ids if one in names]


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()
