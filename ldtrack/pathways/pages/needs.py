"""What people need so that they can take part: of one enrolment, and of all that are open."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, Role
from ldtrack.core.errors import NotVisible
from ldtrack.pathways.domain import EnrolmentRow, EnrolmentState, NeedRow
from ldtrack.pathways.queries import (
    NEEDS_SHOWN,
    enrolment,
    n_open_needs,
    need,
    needs_of,
    open_needs,
)
from ldtrack.people.queries import people_named, people_with_role
from ldtrack.ui.fields import Option


@dataclass(frozen=True, kw_only=True)
class NeedsPage:
    """The needs of one enrolment, and whether the reader may state one."""

    row: EnrolmentRow
    name: str
    is_own: bool
    needs: list[NeedRow]
    may_state: bool


@dataclass(frozen=True, kw_only=True)
class OpenNeeds:
    """A page of what organisers still have to do something about; `names` by person."""

    needs: list[NeedRow]
    names: dict[int, str]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many there are."""
        return max(1, -(-self.total // NEEDS_SHOWN))


def needs_page(session: Session, actor: Actor, enrolment_id: int) -> NeedsPage:
    """The page, else `NotVisible`: it is for the person and for HR, nobody else."""
    row = enrolment(session, actor, enrolment_id)
    facts = Facts(organisation_id=actor.organisation_id, person_id=row.person_id)
    if not policy.permits(actor, Action.STATE_NEED, facts):
        raise NotVisible
    return NeedsPage(
        row=row,
        name=people_named(session, [row.person_id])[row.person_id].name,
        is_own=row.person_id == actor.person_id,
        needs=needs_of(session, actor, enrolment_id),
        may_state=row.state is EnrolmentState.ACTIVE,
    )


def open_needs_page(session: Session, actor: Actor, page: int = 1) -> OpenNeeds:
    """Open needs that the actor may settle; a page beyond the last is the last."""
    total = n_open_needs(session, actor)
    page = min(max(page, 1), max(1, -(-total // NEEDS_SHOWN)))
    found = open_needs(session, actor, page=page)
    names = people_named(session, [each.person_id for each in found])
    return OpenNeeds(
        needs=found,
        names={person_id: row.name for person_id, row in names.items()},
        total=total,
        page=page,
    )


def need_to_settle(session: Session, actor: Actor, need_id: int) -> tuple[NeedRow, str]:
    """One need with the name of whom it is about, for those who settle it, else `NotVisible`."""
    found = need(session, actor, need_id)
    if not _may_settle(actor, found):
        raise NotVisible
    return found, people_named(session, [found.person_id])[found.person_id].name


def owner_options(session: Session, kept: NeedRow) -> list[Option]:
    """HR staff, and whoever looks after it now."""
    found = {row.id: row.name for row in people_with_role(session, Role.HR)}
    if kept.owner_id is not None:
        found.setdefault(kept.owner_id, kept.owner)
    return [Option(id=person_id, label=name) for person_id, name in found.items()]


def _may_settle(actor: Actor, found: NeedRow) -> bool:
    facts = Facts(
        organisation_id=actor.organisation_id, person_id=found.person_id, owner_id=found.owner_id
    )
    return policy.permits(actor, Action.SETTLE_NEED, facts)
