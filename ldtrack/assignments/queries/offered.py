"""What the catalogue of openings can be narrowed to: what there is among those that are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import CompoundSelect, literal, select, union
from sqlalchemy.orm import Session

from ldtrack.assignments.models import Posting, PostingCompetency
from ldtrack.assignments.queries.postings import is_open_on
from ldtrack.people.queries import unit_id_of, unit_of

_COMPETENCY, _PLACE, _UNIT = "competency", "place", "unit"


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Competencies that openings develop, where they are, and the units of those who own them."""

    competency_ids: frozenset[int]
    places: list[str]
    units: list[tuple[int, str]]


def choices_among(session: Session, today: date) -> Choices:
    """What there is among the openings that one can still apply for. One statement."""
    unit_id = unit_id_of(Posting.owner_id)
    statement: CompoundSelect[str, int, str] = union(
        select(literal(_COMPETENCY), PostingCompetency.competency_id, literal(""))
        .join(Posting, Posting.id == PostingCompetency.posting_id)
        .where(is_open_on(today)),
        select(literal(_PLACE), literal(0), Posting.location).where(
            is_open_on(today), Posting.location != ""
        ),
        select(literal(_UNIT), unit_id, unit_of(Posting.owner_id)).where(
            is_open_on(today), unit_id.is_not(None)
        ),
    )
    rows = session.execute(statement).all()
    return Choices(
        competency_ids=frozenset(id_ for what, id_, _ in rows if what == _COMPETENCY),
        places=sorted({name for what, _, name in rows if what == _PLACE}, key=str.casefold),
        units=sorted(
            ((id_, name) for what, id_, name in rows if what == _UNIT),
            key=lambda unit: unit[1].casefold(),
        ),
    )
