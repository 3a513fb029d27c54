"""Finding what is to be written, and refusing where it may not or can no longer be."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.competencies.domain import VersionState
from ldtrack.competencies.models import (
    BehaviouralIndicator,
    Competency,
    Domain,
    FrameworkVersion,
)
from ldtrack.core.errors import Conflict, NotVisible


def may_write(actor: Actor, organisation_id: int) -> None:
    """Raise `NotAllowed` unless the actor writes frameworks of this organisation."""
    policy.require(actor, Action.WRITE_FRAMEWORK, Facts(organisation_id=organisation_id))


def edition(session: Session, actor: Actor, framework_version_id: int) -> FrameworkVersion:
    """An edition that the actor may write, in whatever state, else `NotVisible`."""
    found = session.get(FrameworkVersion, framework_version_id)
    if found is None:
        raise NotVisible
    may_write(actor, found.organisation_id)
    return found


def draft(session: Session, actor: Actor, framework_version_id: int) -> FrameworkVersion:
    """An edition that may still change, else `Conflict`."""
    found = edition(session, actor, framework_version_id)
    if found.state != VersionState.DRAFT:
        raise Conflict("A published edition does not change. Start a new edition to change it.")
    return found


def domain(session: Session, actor: Actor, domain_id: int) -> Domain:
    """A domain of a draft."""
    found = session.get(Domain, domain_id)
    if found is None:
        raise NotVisible
    draft(session, actor, found.framework_version_id)
    return found


def competency(session: Session, actor: Actor, competency_id: int) -> Competency:
    """A competency of a draft."""
    found = session.get(Competency, competency_id)
    if found is None:
        raise NotVisible
    draft(session, actor, found.framework_version_id)
    return found


def indicator(
    session: Session, actor: Actor, indicator_id: int
) -> tuple[BehaviouralIndicator, Competency]:
    """An indicator of a draft, and its competency."""
    found = session.get(BehaviouralIndicator, indicator_id)
    if found is None:
        raise NotVisible
    return found, competency(session, actor, found.competency_id)


def domains_of(session: Session, framework_version_id: int) -> list[Domain]:
    """The domains of an edition in order."""
    return list(
        session.scalars(
            select(Domain)
            .where(Domain.framework_version_id == framework_version_id)
            .order_by(Domain.position, Domain.id)
        )
    )


def competencies_in(session: Session, domain_id: int) -> list[Competency]:
    """The competencies of a domain in order."""
    return list(
        session.scalars(
            select(Competency)
            .where(Competency.domain_id == domain_id)
            .order_by(Competency.position, Competency.id)
        )
    )


def remember(
    session: Session, actor: Actor, thing: str, thing_id: int, what: str, now: datetime
) -> None:
    """Record what HR did with an edition or a role profile."""
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_FRAMEWORK.value,
        thing=thing,
        thing_id=thing_id,
        happened_at=now,
        reason=what,
    )
