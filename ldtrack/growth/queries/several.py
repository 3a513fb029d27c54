"""Where several people stand, in statements that do not grow with their number."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies import queries as competencies
from ldtrack.evidence.queries import entries_of_people
from ldtrack.growth.domain.person import PersonGrowth
from ldtrack.growth.queries.folding import Observed, growths, person_of, wanted_of


def growth_of_people(
    session: Session,
    actor: Actor,
    people: Mapping[int, str],
    *,
    as_of: date,
    agreed: Collection[int] = (),
) -> dict[int, PersonGrowth]:
    """As `growth_of`, for people given with their job profiles; only those the actor may see.

    `agreed` are those who let their sponsor see levels.
    """
    visible = {
        person_id: job_profile
        for person_id, job_profile in people.items()
        if _may(actor, person_id, agreed=person_id in agreed)
    }
    profiles, crossings = competencies.asked_of(session, set(visible.values()), as_of)
    entries = entries_of_people(session, actor, visible, as_of=as_of, agreed=agreed)
    of_each = {
        person_id: wanted_of(crossings, profiles.get(job_profile), entries.get(person_id, {}))
        for person_id, job_profile in visible.items()
    }
    everything = crossings.with_past({id_ for wanted in of_each.values() for id_ in wanted})
    rows, scales = competencies.with_scales(session, everything)
    found = {}
    for person_id, job_profile in visible.items():
        profile = profiles.get(job_profile)
        observed = Observed(
            rows=rows, scales=scales, entries=entries.get(person_id, {}), crossings=crossings
        )
        growth = growths(observed, of_each[person_id], profile, as_of)
        found[person_id] = person_of(person_id, growth, profile, as_of, crossings)
    return found


def _may(actor: Actor, person_id: int, *, agreed: bool) -> bool:
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id, agreed=agreed)
    return policy.permits(actor, Action.READ_TRAJECTORY, facts)
