"""xAPI statements (1.0.3 and 2.0) that tell of a completion or its result, read one by one.

Other statements, such as that somebody opened a page, are in order and say nothing here: they are
counted and not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from ldtrack.courses.domain.statements import TakeStatement
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.xapi_parts import (
    Malformed,
    actors_of,
    fingerprint_of,
    instant_of,
    language_of,
    part_of,
    result_of,
    seconds_of,
    uri_of,
)

_ADL = "http://adlnet.gov/expapi/verbs/"
_COMPLETED = frozenset({f"{_ADL}completed", "http://activitystrea.ms/schema/1.0/complete"})
_PASSED, _FAILED = f"{_ADL}passed", f"{_ADL}failed"
_SCORED = frozenset({f"{_ADL}scored", "http://vocab.xapi.fr/verbs/graded"})
_VOIDED = f"{_ADL}voided"
_TOLD = _COMPLETED | {_PASSED, _FAILED} | _SCORED
_CLOCKS_APART = timedelta(hours=1)
_NAMELESS = UUID("6f2b1c52-8a5e-4c0e-9f2d-1f4d7d0c9a11")
"""Statements without an id get one that follows from what they say, so that they count once."""


@dataclass(kw_only=True)
class ParsedStatements:
    """What a list of statements holds; the line of a problem is the place in the list, from 1.

    `ids` are those of all statements in order, also of those that say nothing here.
    """

    rows: list[TakeStatement] = field(default_factory=list)
    voided: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)


def parse_statements(statements: list[Any], *, now: datetime) -> ParsedStatements:
    """The statements that tell of completions, and what is wrong with others."""
    found = ParsedStatements()
    for place, one in enumerate(statements, start=1):
        try:
            _read(one, found, now)
        except Malformed as error:
            found.problems.append(Problem(line=place, column=error.part, reason=str(error)))
        except RecursionError:
            reason = "This is nested too deeply."
            found.problems.append(Problem(line=place, column="", reason=reason))
    return found


def _read(one: Any, found: ParsedStatements, now: datetime) -> None:
    if not isinstance(one, dict):
        raise Malformed("", "This is not a statement.")
    verb = uri_of(part_of(one, "verb"), "id", "verb")
    thing = part_of(one, "object")
    print_ = fingerprint_of(one)
    statement_id = _id_of(one, print_)
    if verb == _VOIDED:
        if thing.get("objectType") != "StatementRef":
            raise Malformed("object", "Only a statement can be voided.")
        found.voided.append(_uuid(thing.get("id"), "object"))
        found.ids.append(statement_id)
        return
    rows = list(_rows(one, verb, thing, statement_id, print_, now))
    found.ids.append(statement_id)
    found.rows += rows
    found.skipped += not rows


def _rows(
    one: dict[str, Any],
    verb: str,
    thing: dict[str, Any],
    statement_id: str,
    print_: str,
    now: datetime,
) -> Iterator[TakeStatement]:
    actors = list(actors_of(part_of(one, "actor")))
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        activity_id = uri_of(thing, "id", "object")
    result = result_of(one)
    seconds = seconds_of(one)
    happened_at = instant_of(one, now)
    if verb not in _TOLD or kind != "Activity":
        return
    if verb in _COMPLETED and result.completion is False:
        return
    if happened_at > now + _CLOCKS_APART:
        raise Malformed("timestamp", "This moment lies in the future.")
    passed = {_PASSED: True, _FAILED: False}.get(verb, result.success)
    if result.success is not None and result.success is not passed:
        raise Malformed("result", "The verb and the success of the result contradict each other.")
    if verb in _SCORED and result.score is None and passed is None:
        return
    for actor in actors:
        yield TakeStatement(
            statement_id=statement_id,
            fingerprint=print_,
            actor_key=actor.key,
            actor_name=actor.name,
            activity_id=activity_id,
            activity_name=language_of(thing),
            happened_at=min(happened_at, now),
            seconds=seconds,
            score=result.score,
            score_max=result.score_max,
            passed=passed,
        )


def _id_of(one: dict[str, Any], print_: str) -> str:
    if one.get("id") is None:
        return str(uuid5(_NAMELESS, print_))
    return _uuid(one["id"], "id")


def _uuid(value: Any, part: str) -> str:
    try:
        return str(UUID(value))
    except (ValueError, AttributeError, TypeError):
        raise Malformed(part, "This is not the id of a statement, a UUID.") from None
