"""Lines of a file of completions whose course or person needs a decision, told as statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from ldtrack.core.zones import begins
from ldtrack.courses.domain.statements import IN_FILE, MAIL, NAMED, NUMBER, TakeStatement
from ldtrack.exchange.completions_csv import CompletionLine
from ldtrack.people.domain import same_address

_NOON = time(12)


@dataclass(frozen=True, kw_only=True)
class WaitingLine:
    """Who completed what as a file names them, with the result."""

    actor_key: str
    actor_name: str
    activity_id: str
    activity_name: str
    day: date
    score: float | None
    score_max: float | None
    passed: bool | None

    def as_statement(self, zone: ZoneInfo) -> TakeStatement:
        """What it says. The same line of another file is the same statement."""
        said = repr((self.actor_key, self.activity_id, self.day, *self._result))
        return TakeStatement(
            statement_id=str(uuid5(NAMESPACE_URL, said)),
            fingerprint=sha256(said.encode()).hexdigest(),
            actor_key=self.actor_key,
            actor_name=self.actor_name,
            activity_id=self.activity_id,
            activity_name=self.activity_name,
            happened_at=begins(self.day, zone, _NOON),
            score=self.score,
            score_max=self.score_max,
            passed=self.passed,
        )

    @property
    def _result(self) -> tuple[float | None, float | None, bool | None]:
        return self.score, self.score_max, self.passed

    def packed(self) -> tuple[Any, ...]:
        """The line as JSON can keep it."""
        names = (self.actor_key, self.actor_name, self.activity_id, self.activity_name)
        return *names, self.day.isoformat(), *self._result


def unpacked(row: Sequence[Any]) -> WaitingLine:
    """The line again."""
    return WaitingLine(
        actor_key=row[0],
        actor_name=row[1],
        activity_id=row[2],
        activity_name=row[3],
        day=date.fromisoformat(row[4]),
        score=row[5],
        score_max=row[6],
        passed=row[7],
    )


def learner_key(line: CompletionLine) -> str:
    """The name by which a decision about somebody is remembered, the one that travels best first.

    >>> learner_key(CompletionLine(line=2, completed_on=date(2026, 1, 5), external_id="E1"))
    'id:E1'
    """
    if line.email:
        return f"{MAIL}{same_address(line.email)}"
    if line.external_id:
        return f"{NUMBER}{line.external_id}"
    return f"{NAMED}{line.name}" if line.name else ""


def activity_key(names: Sequence[str]) -> str:
    """The name by which a decision about a course is remembered."""
    return f"{IN_FILE}{names[0]}" if names else ""


def waiting_line(line: CompletionLine, names: Sequence[str]) -> WaitingLine:
    """The line with its names instead of what they mean."""
    return WaitingLine(
        actor_key=learner_key(line),
        actor_name=line.name,
        activity_id=activity_key(names),
        activity_name=names[-1] if len(names) > 1 else "",
        day=line.completed_on,
        score=line.score,
        score_max=line.score_max,
        passed=line.passed,
    )
