"""How much HR's pages ask of the database, whatever they show: no page more than twelve times."""

from __future__ import annotations

import pytest
from flask import Flask

from ldtrack.db.session import Database
from tests.infrastructure.statements import counted
from tests.policy.addresses import addresses, is_public, rules
from tests.policy.callers import Call

_MOST = 12
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
    hr = call("hr")
    too_many: list[str] = []
    for rule in rules(app, "GET"):
        if rule.endpoint.split(".")[0] == room and not is_public(app, rule.endpoint):
            for at in addresses(rule, hr.own, hr.foreign):
                # The first reading of a day leaves a trace as well, the others look for it.
                hr.browser.get(at.path)
                with counted(database.engine) as statements:
                    hr.browser.get(at.path)
                if len(statements) > _MOST:
                    too_many.append(f"{at.endpoint} at {at.path} asks {len(statements)} times")
    assert too_many == []
