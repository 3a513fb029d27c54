"""How much two records of one person bring together, counted in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, literal, select, true, union_all
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.db.base import Base
from ldtrack.people.domain.joining import Pair

SHOWN: Mapping[str, str] = {
    "evidence.person_id": "Pieces of evidence",
    "enrolment.person_id": "Enrolments on pathways",
    "completion.person_id": "Completed courses",
    "certificate.person_id": "Certificates handed in",
    "booking.person_id": "Places in courses",
    "engagement.person_id": "Coaching received",
    "engagement.coach_id": "Coaching given",
    "milestone.person_id": "Milestones",
    "placement.person_id": "Assignments",
    "posting.owner_id": "Openings they answer for",
    "debrief.author_id": "Looks back on assignments",
    "subject.person_id": "360 feedback about them",
    "invitation.person_id": "Asked for 360 feedback",
    "short_feedback.person_id": "Short feedback received",
    "short_feedback.author_id": "Short feedback given",
    "review.person_id": "Reviews",
    "stored_file.person_id": "Files",
    "statement.person_id": "Statements of other systems",
    "relationship.person_id": "Line managers, coaches and sponsors, past ones too",
    "relationship.holder_id": "People they manage, coach or sponsor, past ones too",
    "account.person_id": "Sign-ins",
}
"""What HR may count. What people write for themselves passes too, but nobody is told how much."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of something the record that goes has, and the one that stays."""

    words: str
    goes: int
    stays: int


def shares(session: Session, pair: Pair) -> list[Share]:
    """What one of the two has any of, in the order of the list."""
    parts = []
    for place, column in enumerate(SHOWN):
        table, name = column.split(".")
        columns = Base.metadata.tables[table].c
        # Who is in a triad with whom is told to nobody.
        told = columns.kind != RelationshipKind.PEER if table == "relationship" else true()
        parts += [
            select(literal(place), literal(person_id), func.count()).where(
                columns[name] == person_id, told
            )
            for person_id in pair.both
        ]
    found = {
        (place, person_id): n
        for place, person_id, n in session.connection().execute(union_all(*parts))
    }
    return [
        Share(words=words, goes=found[place, pair.goes], stays=found[place, pair.stays])
        for place, words in enumerate(SHOWN.values())
        if found[place, pair.goes] or found[place, pair.stays]
    ]
