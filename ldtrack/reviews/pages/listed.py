"""Lists of reviews: a person's, and those that leaders share with their sponsor."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import people_named, person
from ldtrack.reviews import queries
from ldtrack.reviews.domain.rows import Opening, ReviewRow


@dataclass(frozen=True, kw_only=True)
class ReviewsPage:
    """A person's reviews; `openings` are for the person themselves."""

    person: PersonRow
    is_own: bool
    may_make: bool
    reviews: tuple[ReviewRow, ...]
    openings: tuple[Opening, ...]

    @property
    def waiting(self) -> ReviewRow | None:
        """The sponsor report that waits for the leader's answer, if there is one."""
        return next((row for row in self.reviews if row.waits_for_leader), None)

    @property
    def latest(self) -> ReviewRow | None:
        """The newest one that can be opened."""
        return next((row for row in self.reviews if row.is_printed and row.may_open), None)

    def number_of(self, opening: Opening) -> str:
        """The number of the review that was opened."""
        return next((row.number for row in self.reviews if row.id == opening.review_id), "")


@dataclass(frozen=True, kw_only=True)
class SharedLine:
    """A leader whom the actor sponsors, and what they share at the moment."""

    person: PersonRow
    reviews: tuple[ReviewRow, ...]


@dataclass(frozen=True, kw_only=True)
class SharedPage:
    """Everybody whom the actor sponsors, whether or not they share anything."""

    lines: tuple[SharedLine, ...]

    @property
    def n_shared(self) -> int:
        """How many leaders share a report."""
        return sum(bool(line.reviews) for line in self.lines)


def reviews_page(session: Session, actor: Actor, person_id: int) -> ReviewsPage:
    """The reviews of somebody whom the actor may see, else `NotVisible`."""
    about = person(session, actor, person_id)
    is_own = actor.person_id == person_id
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    return ReviewsPage(
        person=about,
        is_own=is_own,
        may_make=policy.permits(actor, Action.MAKE_REVIEW, facts),
        reviews=tuple(queries.reviews_of(session, actor, person_id)),
        openings=tuple(queries.openings_of(session, person_id)) if is_own else (),
    )


def shared_page(session: Session, actor: Actor) -> SharedPage:
    """What leaders share with the actor; whether one refused or none was made looks the same."""
    people = people_named(session, actor.sponsors)
    shared = queries.shared_with(session, actor)
    return SharedPage(
        lines=tuple(
            SharedLine(
                person=each, reviews=tuple(row for row in shared if row.person_id == each.id)
            )
            for each in people.values()
        )
    )
