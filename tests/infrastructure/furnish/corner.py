"""One leader's corner of an organisation: who plays which part, and how its texts are marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from tests.infrastructure.organisation import SmallOrganisation


@dataclass(frozen=True, kw_only=True)
class Corner:
    """One leader, played by `organisation.person["leader"]`, and the word in all their marks."""

    session: Session
    organisation: SmallOrganisation
    word: str
    now: datetime

    def mark(self, kind: str) -> str:
        """The text that stands for one kind of thing about this leader."""
        return f"MARK-{self.word}-{kind}"

    def person(self, key: str) -> int:
        """Whoever plays this part."""
        return self.organisation.person[key]

    def actor(self, key: str) -> Actor:
        """The same, at the screen; those without an account act through what they own."""
        known = self.organisation.actor.get(key)
        return known or Actor(organisation_id=self.organisation.id, person_id=self.person(key))

    def competency(self, key: str) -> int:
        """One of the three of the small framework."""
        return self.organisation.competency[key]
