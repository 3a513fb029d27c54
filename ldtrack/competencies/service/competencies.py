"""Writing the domains and competencies of a draft."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.domain import WriteCompetency, WriteDomain
from ldtrack.competencies.domain.keys import free_key
from ldtrack.competencies.models import Competency, Domain
from ldtrack.competencies.service import drafts
from ldtrack.core.errors import RuleBroken
from ldtrack.db.places import number, swap

_OWN_WORDS = "own words"


def add_domain(
    session: Session, actor: Actor, framework_version_id: int, command: WriteDomain
) -> int:
    """Add a domain at the end of a draft. Returns its id."""
    drafts.draft(session, actor, framework_version_id)
    here = drafts.domains_of(session, framework_version_id)
    _domain_is_free(here, command.name)
    domain = Domain(
        framework_version_id=framework_version_id,
        key=free_key(command.name, {row.key for row in here}),
        name=command.name,
        position=len(here),
    )
    session.add(domain)
    session.flush()
    return domain.id


def change_domain(session: Session, actor: Actor, domain_id: int, command: WriteDomain) -> None:
    """Rename a domain; its key stays, so that editions can be compared."""
    domain = drafts.domain(session, actor, domain_id)
    here = drafts.domains_of(session, domain.framework_version_id)
    _domain_is_free([row for row in here if row.id != domain_id], command.name)
    domain.name = command.name
    session.flush()


def move_domain(session: Session, actor: Actor, domain_id: int, *, up: bool) -> None:
    """Let a domain change places with its neighbour."""
    domain = drafts.domain(session, actor, domain_id)
    swap(drafts.domains_of(session, domain.framework_version_id), domain, up=up)
    session.flush()


def remove_domain(session: Session, actor: Actor, domain_id: int) -> None:
    """Take a domain out of a draft, with its competencies."""
    domain = drafts.domain(session, actor, domain_id)
    session.delete(domain)
    session.flush()
    number(drafts.domains_of(session, domain.framework_version_id))
    session.flush()


def add_competency(session: Session, actor: Actor, command: WriteCompetency) -> int:
    """Add a competency at the end of its domain. Returns its id."""
    domain = drafts.domain(session, actor, command.domain_id)
    names = _names(session, domain.framework_version_id)
    _name_is_free(names, command.name)
    competency = Competency(
        framework_version_id=domain.framework_version_id,
        domain_id=domain.id,
        key=free_key(command.name, names.keys()),
        name=command.name,
        definition=command.definition,
        definition_origin=_OWN_WORDS,
        code=command.code,
        position=len(drafts.competencies_in(session, domain.id)),
    )
    session.add(competency)
    session.flush()
    return competency.id


def change_competency(
    session: Session, actor: Actor, competency_id: int, command: WriteCompetency
) -> None:
    """Reword a competency or put it at the end of another domain; its key stays."""
    competency = drafts.competency(session, actor, competency_id)
    names = _names(session, competency.framework_version_id)
    names.pop(competency.key)
    _name_is_free(names, command.name)
    domain = drafts.domain(session, actor, command.domain_id)
    if domain.framework_version_id != competency.framework_version_id:
        raise RuleBroken("domain_id", "Choose a domain of this edition.")
    if command.definition != competency.definition:
        competency.definition_origin = _OWN_WORDS
    competency.name, competency.definition = command.name, command.definition
    competency.code = command.code
    if competency.domain_id != domain.id:
        left = competency.domain_id
        competency.position = len(drafts.competencies_in(session, domain.id))
        competency.domain_id = domain.id
        session.flush()
        number(drafts.competencies_in(session, left))
    session.flush()


def move_competency(session: Session, actor: Actor, competency_id: int, *, up: bool) -> None:
    """Let a competency change places with its neighbour in its domain."""
    competency = drafts.competency(session, actor, competency_id)
    swap(drafts.competencies_in(session, competency.domain_id), competency, up=up)
    session.flush()


def remove_competency(session: Session, actor: Actor, competency_id: int) -> None:
    """Take a competency out of a draft, with its indicators."""
    competency = drafts.competency(session, actor, competency_id)
    session.delete(competency)
    session.flush()
    number(drafts.competencies_in(session, competency.domain_id))
    session.flush()


def _names(session: Session, framework_version_id: int) -> dict[str, str]:
    """The names of an edition's competencies by key."""
    rows = session.execute(
        select(Competency.key, Competency.name).where(
            Competency.framework_version_id == framework_version_id
        )
    )
    return dict(rows.all())


def _name_is_free(names: dict[str, str], name: str) -> None:
    if name.casefold() in {other.casefold() for other in names.values()}:
        raise RuleBroken("name", "There is a competency of that name in this edition already.")


def _domain_is_free(others: list[Domain], name: str) -> None:
    if name.casefold() in {other.name.casefold() for other in others}:
        raise RuleBroken("name", "There is a domain of that name in this edition already.")
