"""Where a made-up history is played: the session, who and what is there, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.demo.agenda import Agenda, office_hours
from ldtrack.demo.cast import Cast, Player
from ldtrack.demo.chance import chance
from ldtrack.demo.script import Programme, Script
from ldtrack.demo.truth import Truth, begins_on, programme_of
from ldtrack.exchange.problem import Problem


@dataclass(frozen=True, kw_only=True)
class Setting:
    """The framework that a programme stands on, as it is stored."""

    framework_version_id: int
    lo: int
    hi: int
    competency: dict[str, int]
    """Ids by key."""


@dataclass(kw_only=True)
class Scene:
    """One organisation while its history is being played."""

    session: Session
    script: Script
    cast: Cast
    seed: int
    today: date
    rater_key: str
    base_url: str
    agenda: Agenda
    organisation_id: int = 0
    truth: Truth = field(default_factory=dict)
    settings: dict[str, Setting] = field(default_factory=dict)
    """By programme key."""
    person: dict[str, int] = field(default_factory=dict)
    """Ids by external id."""
    account: dict[str, int] = field(default_factory=dict)
    coached: dict[str, set[int]] = field(default_factory=dict)
    """Whom each coach coaches at the time."""
    coach: dict[str, Player] = field(default_factory=dict)
    """Who coaches each leader at the time, by the leader's external id."""
    sponsored: dict[str, set[int]] = field(default_factory=dict)
    course: dict[str, int] = field(default_factory=dict)
    """Ids by code."""
    questionnaire: dict[str, int] = field(default_factory=dict)
    """Ids by programme key."""
    version: dict[str, int] = field(default_factory=dict)
    """Pathway versions by programme key."""
    step: dict[tuple[str, str], int] = field(default_factory=dict)
    """Pathway steps by programme key and title."""
    enrolment: dict[str, int] = field(default_factory=dict)
    """Enrolments by the leader's external id."""
    problems: list[Problem] = field(default_factory=list)
    """Rows of sample files that were refused, as they are meant to be."""

    @property
    def start(self) -> date:
        """The first day of the history."""
        return self.today - timedelta(days=self.script.days)

    @property
    def founded_at(self) -> datetime:
        """The instant at which everything begins."""
        return office_hours(Random(0), self.start)

    @property
    def hr(self) -> Actor:
        """Whoever runs the programme."""
        return self.actor(self.cast.hr)

    def actor(self, player: Player) -> Actor:
        """Somebody of the cast at the screen."""
        return Actor(
            organisation_id=self.organisation_id,
            account_id=self.account.get(player.external_id),
            person_id=self.person[player.external_id],
            name=f"{player.first_name} {player.last_name}",
            roles=player.roles,
            coaches=frozenset(self.coached.get(player.external_id, ())),
            sponsors=frozenset(self.sponsored.get(player.external_id, ())),
        )

    def chance(self, *about: object) -> Random:
        """The generator for one thing."""
        return chance(self.seed, self.script.name, *about)

    def leaders(self) -> Iterator[tuple[int, Player, Programme]]:
        """Each leader with their place in the cast and their programme."""
        for place, leader in enumerate(self.cast.leaders):
            yield place, leader, programme_of(self.script, leader)

    def leaders_on(self, programme: str) -> list[tuple[int, Player]]:
        """The leaders of a programme with their places in the cast."""
        return [(n, leader) for n, leader, found in self.leaders() if found.key == programme]

    def begins_on(self, place: int) -> date:
        """When a leader's development begins."""
        return begins_on(place, self.start)

    def coach_of(self, place: int) -> Player:
        """The coach whom a leader begins with."""
        return self.cast.coaches[place % len(self.cast.coaches)]

    def level(self, leader: Player, competency: str, day: date) -> float:
        """The true level on a day."""
        return self.truth[leader.external_id, competency].level_on(day)
