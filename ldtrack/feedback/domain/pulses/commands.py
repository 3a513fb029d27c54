"""What HR and leaders ask of pulses, as frozen values; doing it is the service's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.pulses.rows import Statement
from ldtrack.feedback.domain.pulses.wording import TRUST_QUESTION, TRUST_STATEMENTS

MOST_STATEMENTS = 10
LONGEST_STATEMENT = 200


@dataclass(frozen=True, kw_only=True)
class WritePulse:
    """A trust pulse to be set up or changed; with `shows_names` HR sees who has answered."""

    name: str
    closes_on: date
    statements: tuple[str, ...] = TRUST_STATEMENTS
    question: str = TRUST_QUESTION
    shows_names: bool = False


@dataclass(frozen=True, kw_only=True)
class AskFollowUp:
    """One question to everybody who was asked about a leader."""

    about: str
    question: str
    closes_on: date


def numbered(texts: Sequence[str]) -> tuple[Statement, ...]:
    """The statements with their keys; raises `RuleBroken` for none, too many, too long or twice.

    >>> [statement.key for statement in numbered(["We share what we know.", "We ask for help."])]
    ['s1', 's2']
    """
    if not 0 < len(texts) <= MOST_STATEMENTS:
        raise RuleBroken("statements", f"Write between one and {MOST_STATEMENTS} statements.")
    if any(len(text) > LONGEST_STATEMENT for text in texts):
        raise RuleBroken(
            "statements", f"Please keep each statement under {LONGEST_STATEMENT + 1} characters."
        )
    if len(set(texts)) != len(texts):
        raise RuleBroken("statements", "The same statement stands here twice.")
    return tuple(Statement(key=f"s{n}", text=text) for n, text in enumerate(texts, start=1))
