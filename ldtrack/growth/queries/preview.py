"""What levels would be with a crosswalk in force, or without; nothing is changed by asking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import Crossings, Crosswalk, RoleProfileRow, targets_along
from ldtrack.evidence.queries import entries_of_people
from ldtrack.growth.domain.person import PersonGrowth
from ldtrack.growth.queries.folding import Observed, growths, person_of, wanted_of


@dataclass(frozen=True, kw_only=True)
class NowAndThen:
    """A person's growth as it is, and as it would be from today on."""

    now: PersonGrowth
    then: PersonGrowth


def growth_along(
    session: Session, actor: Actor, people: Mapping[int, str], walk: Crosswalk, today: date
) -> dict[int, NowAndThen]:
    """For people given with their job profiles; only those the actor may see. Four statements, five
    where a crosswalk is in force.

    A crosswalk that is half decided is taken as far as it goes. The later edition may still be a
    draft, so this is for those who write frameworks.
    """
    visible = {who: job for who, job in people.items() if _may(actor, who)}
    asked, in_force = competencies.asked_of(session, set(visible.values()), today)
    later = competencies.profiles_of_editions(session, {walk.after_id}).get(walk.after_id, [])
    now = _Reading(crossings=in_force, profiles=asked)
    then = _Reading(
        crossings=Crossings(all=(*in_force.all, replace(walk, in_force_on=today))),
        profiles=_along(walk, now.profiles, later),
    )
    return _both(session, actor, visible, now, then, today)


def growth_without(
    session: Session, actor: Actor, people: Mapping[int, str], walk: Crosswalk, today: date
) -> dict[int, NowAndThen]:
    """For people given with their job profiles, as it would be with a crosswalk that is in force
    taken out again; only those the actor may see. Five statements."""
    visible = {who: job for who, job in people.items() if _may(actor, who)}
    in_force, jobs = competencies.crossings(session, today), set(visible.values())
    now, then = (
        _Reading(
            crossings=read,
            profiles={name: read.profile(profile) for name, profile in asked.items()},
        )
        for read, asked in (
            (in_force, competencies.role_profiles_named(session, jobs, today)),
            (
                in_force.without(walk),
                competencies.role_profiles_named(session, jobs, today, without=walk),
            ),
        )
    )
    return _both(session, actor, visible, now, then, today)


def _both(
    session: Session,
    actor: Actor,
    visible: Mapping[int, str],
    now: _Reading,
    then: _Reading,
    today: date,
) -> dict[int, NowAndThen]:
    entries = entries_of_people(session, actor, visible, as_of=today)
    wanted = set().union(
        *(
            reading.wanted(job, entries.get(who, {}))
            for who, job in visible.items()
            for reading in (now, then)
        )
    )
    past = then.crossings.with_past(wanted) | now.crossings.with_past(wanted)
    rows, scales = competencies.with_scales(session, past, drafts=True)
    found = {}
    for who, job in visible.items():
        seen = Observed(rows=rows, scales=scales, entries=entries.get(who, {}))
        found[who] = NowAndThen(
            now=now.growth(who, job, seen, today), then=then.growth(who, job, seen, today)
        )
    return found


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """By which crosswalks evidence is read, and what roles ask for by job profile."""

    crossings: Crossings
    profiles: Mapping[str, RoleProfileRow]

    def wanted(self, job: str, observed: Mapping[int, object]) -> frozenset[int]:
        return wanted_of(self.crossings, self.profiles.get(job), observed)

    def growth(self, who: int, job: str, seen: Observed, today: date) -> PersonGrowth:
        profile = self.profiles.get(job)
        observed = replace(seen, crossings=self.crossings)
        found = growths(observed, self.wanted(job, seen.entries), profile, today)
        return person_of(who, found, profile, today, self.crossings)


def _along(
    walk: Crosswalk, now: Mapping[str, RoleProfileRow], later: Iterable[RoleProfileRow]
) -> dict[str, RoleProfileRow]:
    """What roles would ask for: what the later edition says, completed along the crosswalk."""
    found = {row.name: row for row in later}
    for name, profile in now.items():
        targets, critical = targets_along(walk, profile.targets, profile.critical)
        here = found.get(name)
        found[name] = replace(
            profile,
            targets={**targets, **here.targets} if here else targets,
            critical=critical | here.critical if here else critical,
        )
    return found


def _may(actor: Actor, person_id: int) -> bool:
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    return policy.permits(actor, Action.READ_TRAJECTORY, facts)
