"""What somebody has of coaching, as values for a file of their own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching import queries
from ldtrack.coaching.domain import OwnNote
from ldtrack.competencies.queries import competencies_named
from ldtrack.core.errors import SealedShut


def own_record(session: Session, actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The actor's own coaching, with what they noted for themselves in clear; nobody else's notes.

    A coach gets their private notes, and nothing that belongs to a leader besides. A note whose
    key is not here says so instead of missing.
    """
    person_id = actor.person_id or 0
    sessions = queries.sessions_of(session, actor, person_id)
    named = competencies_named(session, {one for held in sessions for one in held.competency_ids})
    return {
        "made_at": now.isoformat(timespec="minutes"),
        "sessions": [
            {
                "held_on": held.held_on.isoformat(),
                "minutes": held.minutes,
                "coach": held.coach,
                "competencies": [named[one].name for one in held.competency_ids],
                "shared_note": held.shared_note,
                "next_on": _day(held.next_on),
            }
            for held in sessions
        ],
        "actions": [
            {
                "text": action.text,
                "owner": action.owner,
                "promised_on": action.promised_on.isoformat(),
                "due_on": _day(action.due_on),
                "state": action.state.value,
                "settled_on": _day(action.settled_on),
                "what_happened": action.word,
            }
            for action in queries.actions_of(session, actor, person_id)
        ],
        "proposed_milestones": [
            {
                "title": row.milestone.title,
                "level": row.milestone.level,
                "due_on": _day(row.milestone.due_on),
                "state": row.milestone.state.value,
                "proposed_by": row.by,
                "proposed_on": row.proposed_on.isoformat(),
                "word": row.word,
                "answered_on": _day(row.answered_on),
                "answer": row.answer,
            }
            for row in queries.proposals_of(session, actor, person_id).values()
        ],
        "private_notes": [
            {
                "coaching_of": row.person,
                "held_on": _day(row.held_on),
                "text": _words(row.note),
            }
            for row in queries.own_private_notes(session, actor)
        ],
    }


def _words(note: OwnNote) -> str:
    return SealedShut.message if note.is_shut else note.body


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()
