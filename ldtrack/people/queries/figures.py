"""Who is here, at a glance; numbers only."""

from __future__ import annotations

from sqlalchemy import Select, func, literal, select

from ldtrack.access.domain import Actor, Role
from ldtrack.people.models import Account, Membership, Organisation, Person

PEOPLE = "people who are here"
COACHES = "coaches who may sign in"
LEADERS = "leaders who may sign in"
PUT_AWAY = "set-up lists that were put away"


def figures(actor: Actor) -> tuple[Select[str, int], ...]:
    """Statements for a word and a count each, to be asked together with those of other rooms."""
    with_role = (
        select(func.count(Membership.id))
        .join(Account, Account.id == Membership.account_id)
        .join(Person, Person.id == Account.person_id)
        .where(Person.active, Account.disabled_at.is_(None))
    )
    return (
        select(literal(PEOPLE), func.count(Person.id)).where(Person.active),
        *(
            with_role.with_only_columns(literal(word), func.count(Membership.id)).where(
                Membership.role == role
            )
            for word, role in ((COACHES, Role.COACH), (LEADERS, Role.LEADER))
        ),
        select(literal(PUT_AWAY), func.count(Organisation.id)).where(
            Organisation.id == actor.organisation_id, Organisation.list_put_away_at.is_not(None)
        ),
    )


def roles_of_people() -> Select[str]:
    """The roles that people have, as a part of another room's statement."""
    return select(Person.job_profile).where(Person.active, Person.job_profile != "")
