"""One's own courses: what one has booked, what one completed and how long it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.courses import queries
from ldtrack.courses.domain import BookingRow, CertificateRow, CompletionRow, Held, OfferingRow
from ldtrack.courses.queries.certificates import certificates_of


@dataclass(frozen=True, kw_only=True)
class MyCourses:
    """What is ahead, what is done, and by course how long it stands."""

    today: date
    ahead: list[tuple[BookingRow, OfferingRow]]
    completions: list[CompletionRow]
    held: dict[int, Held]
    certificates: list[CertificateRow]

    @property
    def to_renew(self) -> int:
        """Courses that ended or end soon."""
        return sum(
            one.has_ended(self.today) or one.ends_soon(self.today) for one in self.held.values()
        )


def my_courses(session: Session, actor: Actor, today: date) -> MyCourses:
    """The actor's own."""
    person_id = actor.person_id or 0
    return MyCourses(
        today=today,
        ahead=queries.bookings_ahead(session, actor, person_id, today),
        completions=queries.completions_of(session, actor, person_id),
        held=queries.held(session, actor, person_id),
        certificates=certificates_of(session, actor, person_id),
    )
