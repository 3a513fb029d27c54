"""Who acts, what policy knows about a thing, and the kinds of relationship between people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account was given; relationships between people are not roles."""

    ADMINISTRATOR = "administrator"
    HR = "hr"
    COACH = "coach"
    LEADER = "leader"
    SPONSOR = "sponsor"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return {"hr": "HR"}.get(self.value, self.value.capitalize())


class RelationshipKind(StrEnum):
    """A dated relationship of one person (the holder) to another (whom it is about)."""

    COACH = "coach"
    MANAGER = "manager"
    SPONSOR = "sponsor"
    PEER = "peer"
    """They are in a triad together; each holds it to the other, and nobody else is told."""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The person at the screen, with the relationships in force today."""

    organisation_id: int
    account_id: int | None = None
    person_id: int | None = None
    name: str = ""
    job_profile: str = ""
    roles: frozenset[Role] = frozenset()
    coaches: frozenset[int] = frozenset()
    manages: frozenset[int] = frozenset()
    sponsors: frozenset[int] = frozenset()
    peers: frozenset[int] = frozenset()

    def has(self, role: Role) -> bool:
        """Whether the account was given the role."""
        return role in self.roles


def at_the_console(organisation_id: int) -> Actor:
    """Whoever types commands on the machine: does what HR and administrators may do."""
    return Actor(
        organisation_id=organisation_id,
        name="Console",
        roles=frozenset({Role.HR, Role.ADMINISTRATOR}),
    )


def by_itself(organisation_id: int) -> Actor:
    """Work that HR switched on and that runs without anybody at a screen."""
    return Actor(organisation_id=organisation_id, name="By itself", roles=frozenset({Role.HR}))


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a rule may know about one thing.

    `person_id` is whom the thing is about, `author_id` who wrote it, `owner_id` who answers for
    it. `released`, `shared` and `agreed` say that it was released, that the leader shared it, and
    that the leader agreed that the sponsor sees it. `manager_approves` and `coach_approves` say
    whom a 360 cycle asks to agree to raters, `called` that an invitation is meant for the actor,
    `member` that the person has a seat in the triad, `party` that the actor is asked to sign,
    `handed` that the leader handed it over to the actor, who coaches them now.
    """

    organisation_id: int
    person_id: int | None = None
    author_id: int | None = None
    owner_id: int | None = None
    released: bool = False
    shared: bool = False
    agreed: bool = False
    manager_approves: bool = False
    coach_approves: bool = False
    called: bool = False
    member: bool = False
    party: bool = False
    handed: bool = False
