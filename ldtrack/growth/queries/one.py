"""Where one person stands and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import Crossings
from ldtrack.core.errors import NotVisible
from ldtrack.evidence.domain import Entry
from ldtrack.evidence.queries import entries_for
from ldtrack.growth.domain.person import CompetencyGrowth, PersonGrowth
from ldtrack.growth.queries.folding import Observed, growths, person_of, wanted_of


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
    asked, crossings = competencies.asked_of(session, [job_profile], as_of)
    profile = asked.get(job_profile)
    entries = entries_for(
        session,
        actor,
        person_id,
        as_of=as_of,
        agreed=agreed,
        shared=shared,
    )
    wanted = wanted_of(crossings, profile, entries)
    observed = _observed(session, crossings, wanted, entries)
    found = growths(observed, wanted, profile, as_of, band_share)
    return person_of(person_id, found, profile, as_of, crossings)


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
    asked, crossings = competencies.asked_of(session, [job_profile], as_of)
    profile = asked.get(job_profile)
    entries = entries_for(
        session,
        actor,
        person_id,
        competency_ids=crossings.with_past({competency_id}),
        as_of=as_of,
        agreed=agreed,
        shared=shared,
    )
    observed = _observed(session, crossings, {competency_id}, entries)
    found = growths(observed, {competency_id}, profile, as_of)
    if not found:
        raise NotVisible
    return found[0]


def _require_visible(actor: Actor, person_id: int, *, agreed: bool, shared: bool) -> None:
    facts = Facts(
        organisation_id=actor.organisation_id, person_id=person_id, agreed=agreed, shared=shared
    )
    policy.require_visible(actor, Action.READ_TRAJECTORY, facts)


def _observed(
    session: Session,
    crossings: Crossings,
    wanted: Collection[int],
    entries: Mapping[int, Sequence[Entry]],
) -> Observed:
    rows, scales = competencies.with_scales(session, crossings.with_past(wanted))
    return Observed(rows=rows, scales=scales, entries=entries, crossings=crossings)
