"""What stands behind the question mark of any address, as nobody would type it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from flask import Request, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule

from tests.policy.addresses import addresses, rules
from tests.policy.answers import faults
from tests.policy.callers import Caller
from tests.policy.finding import could_open
from tests.policy.hostile import ALL_TRICKS
from tests.policy.world import World

_VALUES_FOR_DATABASES = (ALL_TRICKS, "\x00", "0", "999999", str(2**63), "0001-01-01", "9999-12-31")
_VALUES = (
    *_VALUES_FOR_DATABASES,
    "m" * 5_000,
    "-1",
    "9" * 400,
    "\u0661",
    "2026-02-29",
    "//elsewhere.example",
)
_PATHS = ("%00", "%ff%fe", "%F0%9F%92%A9", "..%2f..%2fetc", "-1", str(2**63), "m" * 5_000)


class _Watched(ImmutableMultiDict[str, str]):
    """What stands behind the question mark; remembers for which names each view looks there."""

    looked_for: ClassVar[defaultdict[str, set[str]]] = defaultdict(set)

    def get(self, key: str, *rest: Any, **named: Any) -> Any:
        self.looked_for[request.endpoint or ""].add(key)
        return super().get(key, *rest, **named)

    def getlist(self, key: str, *rest: Any, **named: Any) -> Any:
        self.looked_for[request.endpoint or ""].add(key)
        return super().getlist(key, *rest, **named)


class _Watching(Request):
    @property
    def args(self) -> _Watched:
        return _Watched(super().args)


def test_no_page_can_be_asked_for_in_a_way_that_breaks_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.app, "request_class", _Watching)
    wrong, asked = [], set()
    for endpoint, one, path in _pages(world):
        for name in sorted(_Watched.looked_for[endpoint]):
            asked.add(name)
            for value in _VALUES_FOR_DATABASES if world.is_second else _VALUES:
                answer = one.browser.get(path, query_string={name: value})
                wrong += [f"{path}?{name}={value[:20]!r} {each}" for each in faults(answer)]
    assert wrong == []
    assert asked >= {"as_of", "page", "q", "show", "next"}


def test_no_address_can_be_spelt_in_a_way_that_breaks_it(world: World) -> None:
    wrong, hr = [], world.everybody[0]
    for rule in rules(world.app, "GET"):
        for odd in _PATHS if rule.arguments else ():
            path = re.sub(r"<[^>]*>", odd, rule.rule)
            wrong += [f"{path[:80]} {each}" for each in faults(hr.browser.get(path))]
    assert wrong == []


def _pages(world: World) -> Iterator[tuple[str, Caller, str]]:
    """Each view with somebody who may open it, at an address where it opens."""
    for rule in rules(world.app, "GET"):
        for one, path in _ways_to(world, rule):
            if one.browser.get(path).status_code in {200, 422}:
                yield rule.endpoint, one, path
                break


def _ways_to(world: World, rule: Rule) -> Iterator[tuple[Caller, str]]:
    for one in sorted(world.everybody, key=lambda each: each.actor is not None):
        if could_open(world.app, one, rule.endpoint) and not one.is_rival:
            for at in addresses(rule, one.own, one.foreign, most=4):
                if at.whose == "own":
                    yield one, at.path
