"""What is being asked about whom, and what the edition may hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, Role
from ldtrack.coaching.queries import sponsor_sees
from ldtrack.core.errors import RuleBroken
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import person
from ldtrack.reviews.domain.kinds import EVERYTHING, Audience, Part, parts_named
from ldtrack.reviews.domain.rows import AskForReview


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`reader` is the leader: a review is theirs, whoever had it made, so it is read with their
    eyes and nobody else's."""

    reader: Actor
    person: PersonRow
    audience: Audience
    parts: frozenset[Part]
    today: date

    @property
    def person_id(self) -> int:
        """Whom it is about."""
        return self.person.id

    @property
    def is_own(self) -> bool:
        """Whether it is the leader's own edition."""
        return self.audience is Audience.LEADER

    def has(self, *parts: Part) -> bool:
        """Whether the edition may hold any of the parts."""
        return any(part in self.parts for part in parts)


def wanted_of(session: Session, organisation_id: int, command: AskForReview, today: date) -> Wanted:
    """The question, for a caller who was allowed to ask it.

    Raises `RuleBroken` for a sponsor edition that would be empty by agreement.
    """
    reader = Actor(
        organisation_id=organisation_id,
        person_id=command.person_id,
        roles=frozenset({Role.LEADER}),
    )
    parts = EVERYTHING
    if command.audience is Audience.SPONSOR:
        parts = parts_named(sponsor_sees(session, command.person_id))
        if not parts:
            raise RuleBroken(
                "audience",
                "Nothing was agreed yet that a sponsor may see. Coach, leader and sponsor settle "
                "it in the coaching agreement.",
            )
    return Wanted(
        reader=reader,
        person=person(session, reader, command.person_id),
        audience=command.audience,
        parts=parts,
        today=today,
    )
