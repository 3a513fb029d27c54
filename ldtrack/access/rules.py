"""Rules: each a pair that answers for one thing and, as a SQL clause, for a list of things.

Both halves say the same; a property test holds them together. A clause that lacks the column it
needs is false.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from ldtrack.access.domain import Actor, Facts, Role

Columns = dict[str, ColumnElement[Any] | Any]
"""SQL expressions under the names of the fields of `Facts`."""


class Rule(ABC):
    """One reason why something is allowed."""

    reason: str

    @abstractmethod
    def permits(self, actor: Actor, facts: Facts) -> bool:
        """For one thing."""

    @abstractmethod
    def clause(self, actor: Actor, columns: Columns) -> ColumnElement[bool]:
        """For a list of things."""

    @abstractmethod
    def could(self, actor: Actor) -> bool:
        """Whether there may be anything at all that it allows this actor."""

    def __and__(self, other: Rule) -> Rule:
        return _All(self, other)

    def __or__(self, other: Rule) -> Rule:
        return _Any(self, other)


@dataclass(frozen=True)
class _All(Rule):
    left: Rule
    right: Rule

    @property
    def reason(self) -> str:  # type: ignore[override]  # composed from its parts
        return f"{self.left.reason} and {self.right.reason}"

    def permits(self, actor: Actor, facts: Facts) -> bool:
        return self.left.permits(actor, facts) and self.right.permits(actor, facts)

    def clause(self, actor: Actor, columns: Columns) -> ColumnElement[bool]:
        return and_(self.left.clause(actor, columns), self.right.clause(actor, columns))

    def could(self, actor: Actor) -> bool:
        return self.left.could(actor) and self.right.could(actor)


@dataclass(frozen=True)
class _Any(Rule):
    left: Rule
    right: Rule

    @property
    def reason(self) -> str:  # type: ignore[override]  # composed from its parts
        return f"{self.left.reason}, or {self.right.reason}"

    def permits(self, actor: Actor, facts: Facts) -> bool:
        return self.left.permits(actor, facts) or self.right.permits(actor, facts)

    def clause(self, actor: Actor, columns: Columns) -> ColumnElement[bool]:
        return or_(self.left.clause(actor, columns), self.right.clause(actor, columns))

    def could(self, actor: Actor) -> bool:
        return self.left.could(actor) or self.right.could(actor)


class _OfActor(Rule):
    """Asks only who the actor is: it holds for everything or for nothing."""

    def permits(self, actor: Actor, facts: Facts) -> bool:
        return self.could(actor)

    def clause(self, actor: Actor, columns: Columns) -> ColumnElement[bool]:
        return true() if self.could(actor) else false()


@dataclass(frozen=True)
class _HasRole(_OfActor):
    role: Role
    reason: str

    def could(self, actor: Actor) -> bool:
        return actor.has(self.role)


@dataclass(frozen=True)
class _SignedIn(_OfActor):
    reason: str

    def could(self, actor: Actor) -> bool:
        return actor.account_id is not None


@dataclass(frozen=True)
class _Is(Rule):
    """The actor is the person that the fact names."""

    fact: str
    reason: str

    def permits(self, actor: Actor, facts: Facts) -> bool:
        return self.could(actor) and getattr(facts, self.fact) == actor.person_id

    def clause(self, actor: Actor, columns: Columns) -> ColumnElement[bool]:
        column = columns.get(self.fact)
        if column is None or not self.could(actor):
            return false()
        return and_(column.is_not(None), column == actor.person_id)

    def could(self, actor: Actor) -> bool:
        return actor.person_id is not None


@dataclass(frozen=True)
class _Related(Rule):
    """The thing is about somebody to whom the actor stands in the relation."""

    relation: str
    reason: str

    def permits(self, actor: Actor, facts: Facts) -> bool:
        return facts.person_id in self._people(actor)

    def clause(self, actor: Actor, columns: Columns) -> ColumnElement[bool]:
        column = columns.get("person_id")
        people = self._people(actor)
        if column is None or not people:
            return false()
        return and_(column.is_not(None), column.in_(sorted(people)))

    def could(self, actor: Actor) -> bool:
        return bool(self._people(actor))

    def _people(self, actor: Actor) -> Collection[int]:
        people: frozenset[int] = getattr(actor, self.relation)
        return people


@dataclass(frozen=True)
class _When(Rule):
    """The thing is in a state; says nothing about the actor."""

    fact: str
    reason: str

    def permits(self, actor: Actor, facts: Facts) -> bool:
        return bool(getattr(facts, self.fact))

    def clause(self, actor: Actor, columns: Columns) -> ColumnElement[bool]:
        column = columns.get(self.fact)
        return false() if column is None else and_(column.is_not(None), column)

    def could(self, actor: Actor) -> bool:
        return True


signed_in = _SignedIn("everyone in the organisation may")
is_hr = _HasRole(Role.HR, "HR staff may")
is_administrator = _HasRole(Role.ADMINISTRATOR, "administrators may")
has_coach_role = _HasRole(Role.COACH, "coaches may")
has_sponsor_role = _HasRole(Role.SPONSOR, "sponsors may")
has_leader_role = _HasRole(Role.LEADER, "leaders may")
is_the_person = _Is("person_id", "it is about you")
is_author = _Is("author_id", "you wrote it")
is_owner = _Is("owner_id", "you answer for it")
is_coach_of = _Related("coaches", "you coach the leader")
is_manager_of = _Related("manages", "you manage the person")
is_peer_of = _Related("peers", "you are in a triad with them")
is_sponsor_of = _Related("sponsors", "you sponsor the leader")
when_released = _When("released", "it was released")
when_shared = _When("shared", "the leader shared it")
when_manager_approves = _When("manager_approves", "the cycle asks the line manager to agree")
when_coach_approves = _When("coach_approves", "the cycle asks the coach to agree")
when_called = _When("called", "the invitation is meant for you")
when_member = _When("member", "you are one of the three")
when_party = _When("party", "you are asked to sign it")
when_handed = _When("handed", "the leader handed it over to you")
when_agreed = _When("agreed", "the leader agreed that the sponsor sees it")
