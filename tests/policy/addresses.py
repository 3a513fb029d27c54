"""Every address that the application's routes can be asked at, with real ids, foreign and no ids.

Ids come from the database under the name of the argument, so a new route is walked from the day it
is there. What an argument cannot be guessed from its name is said below.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from flask import Flask
from sqlalchemy import inspect, text
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.core.ids import decode
from ldtrack.db.session import Database
from ldtrack.ui.addresses import IdConverter

FREE = {"static", "stylesheet"}
NOWHERE = decode("zyxwvtsrqpnm")
_TABLE = {
    "act_id": "enrolment_move",
    "change_id": "person_change",
    "group_id": "step_group",
    "goes_id": "person",
    "twin_id": "person",
    "action_id": "coaching_action",
    "candidate_id": "coach_candidate",
    "choice_id": "coach_choice",
    "conflict_id": "coach_conflict",
    "call_id": "pathway_call",
    "entry_id": "entry",
    "indicator_id": "behavioural_indicator",
    "need_id": "participant_need",
    "other_id": "framework_version",
    "run_id": "import_run",
    "session_id": "coaching_session",
    "sponsor_id": "person",
    "template_id": "posting_template",
    "version_id": "pathway_version",
}
_WORDS = {
    "group_key": ("peer", "no-such"),
    "key": ("small", "no-such"),
    "kind": (
        "people",
        "completions",
        "ratings",
        "norms",
        "roles",
        "courses",
        "pathways",
        "case",
        "no-such",
    ),
    "language": ("de", "no-such"),
}
_MOST = 12
_MOST_FOREIGN = 2


@dataclass(frozen=True, kw_only=True)
class Things:
    """Ids by table, and words of links and waiting files by room and argument."""

    ids: Mapping[str, Sequence[int]]
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where to knock; `whose` is "own", "foreign" or "nowhere", for addresses without ids "own"."""

    endpoint: str
    path: str
    whose: str
    values: Mapping[str, Any]


def things_of(database: Database, organisation_id: int) -> Things:
    """What the organisation owns, in an order that does not change."""
    found: dict[str, list[int]] = {}
    with database.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            columns = {column["name"] for column in inspect(connection).get_columns(table)}
            if {"id", "organisation_id"} <= columns:
                query = f"SELECT id FROM {table} WHERE organisation_id = :one ORDER BY rowid"
                rows = connection.execute(text(query), {"one": organisation_id})
                found[table] = [row.id for row in rows]
    return Things(ids=found)


def action_of(app: Flask, endpoint: str) -> Action:
    """What the view declares."""
    return Action(getattr(app.view_functions[endpoint], "action"))  # noqa: B009


def is_public(app: Flask, endpoint: str) -> bool:
    """Whether the view needs no account."""
    return action_of(app, endpoint) in policy.PUBLIC


def rules(app: Flask, method: str) -> list[Rule]:
    """The same as rules, in a steady order."""
    found = [
        rule
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or ()) and rule.endpoint not in FREE
    ]
    return sorted(found, key=lambda rule: (rule.endpoint, rule.rule))


def addresses(rule: Rule, own: Things, foreign: Things, *, most: int = _MOST) -> Iterator[Address]:
    """The rule's addresses: own things, others' things in each place, and what is nowhere."""
    names = sorted(rule.arguments)
    ours = {name: choices(rule, name, own) for name in names}
    for values in _some(rule, ours, most):
        yield _built(rule, values, "own")
    if not names:
        return
    first = {name: ours[name][0] for name in names if ours[name]}
    for name in (name for name in names if _is_owned(rule, name)):
        theirs = choices(rule, name, foreign)
        for value in _first(rule, theirs):
            yield _built(rule, {**first, name: value}, "foreign")
        for value in _nowhere(rule, name):
            yield _built(rule, {**first, name: value}, "nowhere")
    all_theirs = {name: choices(rule, name, foreign) for name in names}
    if any(_is_owned(rule, name) for name in names):
        for values in _some(rule, all_theirs, _MOST_FOREIGN):
            yield _built(rule, values, "foreign")


def choices(rule: Rule, name: str, things: Things) -> list[Any]:
    """What the argument may stand for among these things."""
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    if isinstance(converter, IntegerConverter):
        return [1, 99]
    room = rule.endpoint.split(".")[0]
    if f"{room}.{name}" in things.words:
        return list(things.words[f"{room}.{name}"])
    if isinstance(converter, IdConverter):
        return list(things.ids[_table(rule, name)])
    if name in _WORDS:
        return list(_WORDS[name])
    raise LookupError(f"{rule.rule}: say in {__name__} what {name!r} stands for")


def _table(rule: Rule, name: str) -> str:
    if name == "thing_id":
        return "step"
    return _TABLE.get(name, name.removesuffix("_id"))


def _is_owned(rule: Rule, name: str) -> bool:
    return isinstance(rule._converters[name], IdConverter) or name in {"token", "word"}


def _nowhere(rule: Rule, name: str) -> list[Any]:
    return [NOWHERE] if isinstance(rule._converters[name], IdConverter) else ["x" * 32]


def _first(rule: Rule, values: Sequence[Any]) -> list[Any]:
    return random.Random(rule.rule).sample(values, min(len(values), _MOST_FOREIGN))


def _some(rule: Rule, values: Mapping[str, Sequence[Any]], most: int) -> list[dict[str, Any]]:
    names = sorted(values)
    every = [
        dict(zip(names, chosen, strict=True))
        for chosen in product(*(values[name] for name in names))
    ]
    return random.Random(rule.rule).sample(every, min(len(every), most))


def _built(rule: Rule, values: Mapping[str, Any], whose: str) -> Address:
    built = rule.build(values)
    assert built is not None, rule.rule
    return Address(endpoint=rule.endpoint, path=built[1], whose=whose, values=values)
