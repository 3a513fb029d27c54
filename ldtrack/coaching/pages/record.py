"""What somebody has of coaching, as values for a file of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching import queries
from ldtrack.coaching.domain import OwnNote
from ldtrack.coaching.domain.agreements import VersionRow
from ldtrack.coaching.domain.choosing import CandidateRow, ChoiceRow
from ldtrack.competencies.domain import CompetencyRow
from ldtrack.competencies.queries import competencies_named
from ldtrack.core.errors import SealedShut


def own_record(session: Session, actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The actor's own coaching, with what they noted for themselves in clear; nobody else's notes.

    A coach gets their private notes, and nothing that belongs to a leader besides; whoever signed
    an agreement gets that they did. A note whose key is not here says so instead of missing.
    """
    person_id = actor.person_id or 0
    sessions = queries.sessions_of(session, actor, person_id)
    versions = queries.own_versions(session, actor)
    about = {one for held in sessions for one in held.competency_ids}
    aims = {goal.competency_id for version in versions for goal in version.goals}
    named = competencies_named(session, about | aims)
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
                "why_before_it_was_signed": held.unsigned_reason,
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
        "agreements": [_agreement(version, named) for version in versions],
        "closing_reviews": [
            {
                "coach": coach,
                "said_by": said.kind.value,
                "aimed_at": said.aimed,
                "came_of_it": said.came,
                "left_to_do": said.remains,
                "written_at": _moment(said.written_at),
            }
            for coach, said in queries.own_closings(session, actor)
        ],
        "signatures": [
            {
                "on_the_coaching_of": one.person,
                "version": one.number,
                "as": one.kind.value,
                "name": one.signed_as,
                "at": _moment(one.signed_at),
            }
            for one in queries.own_signatures(session, actor)
        ],
        "private_notes": [
            {
                "coaching_of": row.person,
                "held_on": _day(row.held_on),
                "text": _words(row.note),
            }
            for row in queries.own_private_notes(session, actor)
        ],
        "choices_of_a_coach": [
            _choice(choice, coaches) for choice, coaches in queries.own_choices(session, actor)
        ],
        "as_a_coach": _as_a_coach(session, actor),
        "no_coaching_with": [name for _, name in queries.said_by(session, actor)],
    }


def _choice(choice: ChoiceRow, coaches: Sequence[CandidateRow]) -> dict[str, Any]:
    return {
        "invited_on": choice.invited_on.isoformat(),
        "closes_on": choice.closes_on.isoformat(),
        "ended_on": _day(choice.ended_on),
        "what_came_of_it": choice.outcome.label if choice.outcome else None,
        "looked_for": list(choice.sought.focus),
        "language": choice.sought.language,
        "coaches": [
            {
                "name": row.coach,
                "state": row.state.value,
                "first_talk": _moment(row.starts_at),
                "word": row.word,
            }
            for row in coaches
        ],
    }


def _as_a_coach(session: Session, actor: Actor) -> dict[str, Any]:
    """What is known of the actor as a coach; empty words where nothing is."""
    known, _ = queries.described_as(session, actor.person_id or 0)
    best_at = competencies_named(session, queries.own_strengths(session, actor))
    return {
        "about": known.about,
        "languages": known.languages,
        "coaches_best": [row.name for row in best_at.values()],
        "leaders_at_a_time": known.places,
        "accredited_by": known.body,
        "level": known.level,
        "accredited_until": _day(known.expires_on),
    }


def _agreement(version: VersionRow, named: Mapping[int, CompetencyRow]) -> dict[str, Any]:
    return {
        "coach": version.coach,
        "version": version.number,
        "state": version.state.value,
        "purpose": version.purpose,
        "goals": [
            {
                "competency": named[goal.competency_id].name,
                "level": goal.level,
                "how_it_will_show": goal.words,
            }
            for goal in version.goals
        ],
        "sponsor_sees": sorted(word.value for word in version.sponsor_sees),
        "agreed_on": _day(version.agreed_on),
        "signed_by": [
            {"as": party.kind.value, "name": party.name, "at": _moment(party.signed_at)}
            for party in version.parties
        ],
        "what_happened": version.word,
    }


def _words(note: OwnNote) -> str:
    return SealedShut.message if note.is_shut else note.body


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="minutes")


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()
