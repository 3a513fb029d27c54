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
from ldtrack.people.queries import person


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A person as this actor meets them.

    `agreed` is what the leader agreed to show a sponsor; None for everybody whom the policy lets
    in without such an agreement.
    """

    id: int
    name: str
    first_name: str
    job_profile: str
    is_actor: bool
    agreed: frozenset[str] | None = None

    @property
    def voice(self) -> Voice:
        """How to speak of them."""
        return Voice(name=self.first_name, is_you=self.is_actor)

    def sees(self, word: SponsorSees) -> bool:
        """Whether this part may be shown."""
        return self.agreed is None or word in self.agreed


def subject_of(session: Session, actor: Actor, person_id: int) -> Subject:
    """The person, if the actor may know them at all; else `NotVisible`."""
    if person_id == actor.person_id:
        # Whoever looks at themselves was read with their sign-in.
        return Subject(
            id=person_id,
            name=actor.name,
            first_name=actor.name,
            job_profile=actor.job_profile,
            is_actor=True,
        )
    row = person(session, actor, person_id)
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    needs_no_agreement = policy.permits(actor, Action.READ_TRAJECTORY, facts)
    return Subject(
        id=row.id,
        name=row.name,
        first_name=row.first_name,
        job_profile=row.job_profile,
        is_actor=False,
        agreed=None
        if needs_no_agreement
        else frozenset(sponsor_sees(session, person_id, reader=actor)),
    )


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
