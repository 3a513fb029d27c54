"""Where one person stands and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import RoleProfileRow
from ldtrack.core.errors import NotVisible
from ldtrack.evidence.domain import Entry
from ldtrack.evidence.queries import entries_for
from ldtrack.growth.domain.person import CompetencyGrowth, PersonGrowth
from ldtrack.growth.queries.folding import growths, person_of


def growth_of(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    job_profile: str,
    as_of: date,
    band_share: float | None = None,
    agreed: bool = False,
    shared: bool = False,
) -> PersonGrowth:
    """Every competency that the role asks for or that there is evidence on.

    Raises `NotVisible` if the actor may not read the person's trajectory. `agreed` and `shared`
    say what the leader allowed a sponsor and a line manager.
    """
    _require_visible(actor, person_id, agreed=agreed, shared=shared)
    profile = competencies.role_profile_of(session, job_profile) if job_profile else None
    entries = entries_for(
        session,
        actor,
        person_id,
        as_of=as_of,
        agreed=agreed,
        shared=shared,
    )
    wanted = {*(profile.targets if profile else ()), *entries}
    found = _growths(session, wanted, entries, profile, as_of, band_share)
    return person_of(person_id, found, profile, as_of)


def growth_in(
    session: Session,
    actor: Actor,
    person_id: int,
    competency_id: int,
    *,
    job_profile: str,
    as_of: date,
    agreed: bool = False,
    shared: bool = False,
) -> CompetencyGrowth:
    """One competency of a person.

    Raises `NotVisible` if the actor may not read the trajectory or there is no such competency.
    """
    _require_visible(actor, person_id, agreed=agreed, shared=shared)
    profile = competencies.role_profile_of(session, job_profile) if job_profile else None
    entries = entries_for(
        session,
        actor,
        person_id,
        competency_ids={competency_id},
        as_of=as_of,
        agreed=agreed,
        shared=shared,
    )
    found = _growths(session, {competency_id}, entries, profile, as_of, None)
    if not found:
        raise NotVisible
    return found[0]


def _require_visible(actor: Actor, person_id: int, *, agreed: bool, shared: bool) -> None:
    facts = Facts(
        organisation_id=actor.organisation_id, person_id=person_id, agreed=agreed, shared=shared
    )
    policy.require_visible(actor, Action.READ_TRAJECTORY, facts)


def _growths(
    session: Session,
    wanted: Collection[int],
    entries: Mapping[int, Sequence[Entry]],
    profile: RoleProfileRow | None,
    as_of: date,
    band_share: float | None,
) -> list[CompetencyGrowth]:
    rows, scales = competencies.with_scales(session, wanted)
    return growths(rows.values(), scales, entries, profile, as_of, band_share)
