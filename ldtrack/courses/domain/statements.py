"""What other systems say that people did in courses, and the one result that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

SOURCE = "xapi"
"""The source of completions that follow from statements."""


@dataclass(frozen=True, kw_only=True)
class TakeStatement:
    """One statement about one person and one activity, as another system says it.

    `actor_key` and `activity_id` are the names that the other system has for the two, `seconds`
    is how long it took. `fingerprint` tells whether two statements of one id say the same.
    """

    statement_id: str
    fingerprint: str
    actor_key: str
    actor_name: str
    activity_id: str
    activity_name: str
    happened_at: datetime
    seconds: int | None = None
    score: float | None = None
    score_max: float | None = None
    passed: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of statements: `parked` wait for somebody to say what or whom they are about.

    `clashing` ones say something else under an id that is known.
    """

    new: int = 0
    known: int = 0
    parked: int = 0
    voided: int = 0
    clashing: int = 0


@dataclass(frozen=True, kw_only=True)
class Said:
    """One statement that holds, as far as a result follows from it."""

    happened_at: datetime
    score: float | None
    score_max: float | None
    passed: bool | None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What all statements about a person, a course and a day come to."""

    score: float | None = field(default=None)
    score_max: float | None = field(default=None)
    passed: bool | None = field(default=None)

    @property
    def has_result(self) -> bool:
        """Whether there was an assessment."""
        return self.passed is not None or self.score is not None


def outcome_of(said: Iterable[Said]) -> Outcome:
    """The last pass or fail of the day and its last score; that somebody completed adds neither.

    Systems say it in several statements: completed, passed, scored, in any order. Taken together
    they are the same however they arrive, and when one is voided the others remain.
    """
    result = Outcome()
    for one in sorted(said, key=lambda each: each.happened_at):
        result = Outcome(
            score=result.score if one.score is None else one.score,
            score_max=result.score_max if one.score is None else one.score_max,
            passed=result.passed if one.passed is None else one.passed,
        )
    return result


@dataclass(frozen=True, kw_only=True)
class ParkedActivity:
    """An activity that nobody said yet which course it is; `statement` is one of those about it."""

    statement: int
    activity_id: str
    name: str
    n_statements: int
    n_people: int
    last_at: datetime


@dataclass(frozen=True, kw_only=True)
class ParkedLearner:
    """Somebody whom nobody here is known as."""

    statement: int
    actor_key: str
    name: str
    n_statements: int
    last_at: datetime

    @property
    def shown(self) -> str:
        """How the other system knows them, for people to read.

        >>> from datetime import UTC
        >>> at = datetime(2026, 11, 20, tzinfo=UTC)
        >>> ParkedLearner(
        ...     statement=1,
        ...     actor_key="account:https://lms.example.org|17",
        ...     name="",
        ...     n_statements=1,
        ...     last_at=at,
        ... ).shown
        '17 at https://lms.example.org'
        """
        kind, _, rest = self.actor_key.partition(":")
        if kind == "account":
            home, _, name = rest.rpartition("|")
            return f"{name} at {home}"
        return "a mail address that is kept secret" if kind == "sha1" else rest


@dataclass(frozen=True, kw_only=True)
class MatchRow:
    """What was decided about a name of another system; `now` is '' if it is none of ours."""

    id: int
    theirs: str
    ours: str


@dataclass(frozen=True, kw_only=True)
class AddStore:
    """A store to be asked; its secret is needed each time and so is kept as it is."""

    name: str
    address: str
    username: str
    secret: str
    every_hours: int
