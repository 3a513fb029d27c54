"""What other systems say that people did in courses, and the one result that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

SOURCE = "xapi"
"""The source of completions that follow from statements."""
MATCHED = "matched"
"""The source of completions that follow from lines of a file whose names were matched."""
RESTING = frozenset({SOURCE, MATCHED})
"""Sources of completions that go when nothing says them any more."""
MAIL, HASH, ACCOUNT, NUMBER, NAMED = "mailto:", "sha1:", "account:", "id:", "name:"
"""How the key of a learner begins: their mail address, its SHA-1, their name somewhere; and, in
files, their number or their full name."""
IN_FILE = "course:"
"""How the id of an activity begins that is the code or the title of a course in a file."""


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

    `clashing` ones say something else under an id that is known. `aside` ones are about what was
    said to be none of ours. `ids` are the rows of the new ones.
    """

    new: int = 0
    known: int = 0
    parked: int = 0
    aside: int = 0
    voided: int = 0
    clashing: int = 0
    ids: tuple[int, ...] = field(default=(), compare=False)


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
    they are the same however they arrive, and when one is voided the others remain. Of those of one
    instant, such as lines of files, which tell days, the one given last counts.
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

    @property
    def shown(self) -> str:
        """How the other system knows it, for people to read."""
        return self.activity_id.removeprefix(IN_FILE)


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
        return shown_key(self.actor_key)


@dataclass(frozen=True, kw_only=True)
class MatchRow:
    """What was decided about a name of another system; `ours` is '' if it is none of ours."""

    id: int
    theirs: str
    ours: str


def shown_key(key: str) -> str:
    """The key of a learner for people to read.

    >>> shown_key("id:E1004"), shown_key("mailto:amara@example.org")
    ('number E1004', 'amara@example.org')
    """
    rest = key.partition(":")[2]
    if key.startswith(ACCOUNT):
        home, _, name = rest.rpartition("|")
        return f"{name} at {home}"
    if key.startswith(HASH):
        return "a mail address that is kept secret"
    return f"number {rest}" if key.startswith(NUMBER) else rest


@dataclass(frozen=True, kw_only=True)
class AddStore:
    """A store to be asked; its secret is needed each time and so is kept as it is."""

    name: str
    address: str
    username: str
    secret: str
    every_hours: int
