"""How much pages ask of the database, whatever they show: no page more than twelve times."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from ldtrack.db.session import Database
from tests.infrastructure.statements import counted
from tests.policy.addresses import addresses, is_public, rules
from tests.policy.callers import Call, Caller

_MOST = 12
_LOGGING = "coaching.log_session"
_MOST_FOR_LOGGING = 20
"""The form that takes up everything: milestones, actions, what was learnt, what it would change."""
_ROOMS = (
    "competencies",
    "courses",
    "dashboards",
    "exchange",
    "leaving",
    "organisation",
    "pathways",
    "people",
    "same_person",
    "setup",
)


@pytest.mark.parametrize("room", _ROOMS)
def test_no_page_of_the_room_asks_more_than_twelve_times(
    room: str, app: Flask, call: Call, database: Database
) -> None:
    asked = _asked(app, database, call("hr"), lambda endpoint: endpoint.split(".")[0] == room)
    assert {at: n for at, n in asked.items() if n > _MOST} == {}


@pytest.mark.parametrize("who", ["coach", "hr", "leader", "manager", "sponsor"])
def test_no_page_of_coaching_asks_whoever_reads_it_more_than_twelve_times(
    who: str, app: Flask, call: Call, database: Database
) -> None:
    asked = _asked(
        app,
        database,
        call(who),
        lambda endpoint: endpoint == "dashboards.portfolio" or endpoint.startswith("coaching."),
    )
    assert {at: n for at, n in asked.items() if n > _MOST and at[0] != _LOGGING} == {}
    assert max((n for at, n in asked.items() if at[0] == _LOGGING), default=0) <= _MOST_FOR_LOGGING


def _asked(
    app: Flask, database: Database, reader: Caller, wanted: Callable[[str], bool]
) -> dict[tuple[str, str], int]:
    """How many statements each page takes, by endpoint and path."""
    asked: dict[tuple[str, str], int] = {}
    for rule in rules(app, "GET"):
        if wanted(rule.endpoint) and not is_public(app, rule.endpoint):
            for at in addresses(rule, reader.own, reader.foreign):
                # The first reading of a day leaves a trace as well, the others look for it.
                reader.browser.get(at.path)
                with counted(database.engine) as statements:
                    reader.browser.get(at.path)
                asked[at.endpoint, at.path] = len(statements)
    return asked
