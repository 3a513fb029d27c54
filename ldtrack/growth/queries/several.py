"""Where several people stand, in statements that do not grow with their number."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import CompetencyRow, RoleProfileRow
from ldtrack.evidence.domain import Entry
from ldtrack.evidence.queries import entries_of_people
from ldtrack.growth.domain.person import PersonGrowth
from ldtrack.growth.queries.folding import growths, person_of


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
    profiles = competencies.role_profiles_named(session, visible.values())
    entries = entries_of_people(session, actor, visible, as_of=as_of, agreed=agreed)
    of_each = {
        person_id: _wanted(profiles.get(job_profile), entries.get(person_id, {}))
        for person_id, job_profile in visible.items()
    }
    rows, scales = competencies.with_scales(session, set().union(*of_each.values()))
    return {
        person_id: person_of(
            person_id,
            growths(
                _in_order(rows, of_each[person_id]),
                scales,
                entries.get(person_id, {}),
                profiles.get(job_profile),
                as_of,
            ),
            profiles.get(job_profile),
            as_of,
        )
        for person_id, job_profile in visible.items()
    }


def _may(actor: Actor, person_id: int, *, agreed: bool) -> bool:
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id, agreed=agreed)
    return policy.permits(actor, Action.READ_TRAJECTORY, facts)


def _wanted(profile: RoleProfileRow | None, entries: Mapping[int, Collection[Entry]]) -> set[int]:
    return {*(profile.targets if profile else ()), *entries}


def _in_order(rows: Mapping[int, CompetencyRow], wanted: set[int]) -> list[CompetencyRow]:
    return [row for row in rows.values() if row.id in wanted]
