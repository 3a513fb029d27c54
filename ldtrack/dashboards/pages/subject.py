"""Whom a page is about, and how far the actor may see into it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain import SponsorSees
from ldtrack.coaching.queries import sponsor_sees
from ldtrack.core.errors import NotVisible
from ldtrack.dashboards.pages.words import Voice
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import person


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A person as this actor meets them.

    `agreed` is what the leader agreed to show a sponsor; None for everybody whom the policy lets
    in without such an agreement.
    """

    person: PersonRow
    is_actor: bool
    agreed: frozenset[str] | None = None

    @property
    def id(self) -> int:
        """The person's id."""
        return self.person.id

    @property
    def voice(self) -> Voice:
        """How to speak of them."""
        return Voice(name=self.person.first_name, is_you=self.is_actor)

    def sees(self, word: SponsorSees) -> bool:
        """Whether this part may be shown."""
        return self.agreed is None or word in self.agreed


def subject_of(session: Session, actor: Actor, person_id: int) -> Subject:
    """The person, if the actor may know them at all; else `NotVisible`."""
    row = person(session, actor, person_id)
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    if policy.permits(actor, Action.READ_TRAJECTORY, facts):
        return Subject(person=row, is_actor=actor.person_id == person_id)
    return Subject(person=row, is_actor=False, agreed=frozenset(sponsor_sees(session, person_id)))


def whose_levels_show(session: Session, actor: Actor, person_id: int) -> Subject:
    """The person, if the actor may see their levels; else `NotVisible`."""
    subject = subject_of(session, actor, person_id)
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=person_id,
        agreed=subject.sees(SponsorSees.LEVELS),
    )
    if not policy.permits(actor, Action.READ_TRAJECTORY, facts):
        raise NotVisible
    return subject
