"""Finds the forms of a room as people find them: on its pages, and on those that they lead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from ldtrack.access import policy
from ldtrack.app.blueprints import BLUEPRINTS
from tests.policy.addresses import action_of, addresses, is_public, rules
from tests.policy.callers import Caller
from tests.policy.forms import FoundForm, forms_on, links_on

ROOMS = [*sorted(blueprint.name for blueprint in BLUEPRINTS), "setup"]
_FORMS_EACH, _PAGES_EACH, _LINKS_EACH = 2, 6, 3

Forms = dict[str, list[tuple[Caller, FoundForm]]]


def posts(app: Flask, room: str) -> list[Rule]:
    """The room's addresses that forms are sent to."""
    return [rule for rule in rules(app, "POST") if rule.endpoint.startswith(f"{room}.")]


def could_open(app: Flask, one: Caller, endpoint: str) -> bool:
    """Whether the door of the view is open to the caller."""
    if is_public(app, endpoint):
        return True
    return one.actor is not None and policy.could(one.actor, action_of(app, endpoint))


def found_forms(app: Flask, room: str, callers: list[Caller]) -> Forms:
    """The fullest forms that pages show to those who may use them.

    A button that no page shows just now is pressed at a few of the addresses it may have.
    """
    everywhere: Forms = {rule.endpoint: [] for rule in posts(app, room)}
    for one in callers:
        if not one.is_rival:
            for form in _shown(app, room, one):
                if (endpoint := _endpoint(app, form.action, "POST")) in everywhere:
                    everywhere[endpoint].append((one, form))
    for rule in posts(app, room):
        if not everywhere[rule.endpoint]:
            everywhere[rule.endpoint] = list(_guessed(app, rule, callers))
    return {
        endpoint: sorted(forms, key=lambda each: -len(each[1].fields))[:_FORMS_EACH]
        for endpoint, forms in everywhere.items()
    }


def _shown(app: Flask, room: str, one: Caller) -> Iterator[FoundForm]:
    """The forms on the room's pages: those that can be addressed, and those they lead to."""
    waiting = [
        at.path
        for rule in rules(app, "GET")
        if rule.endpoint.startswith(f"{room}.") and could_open(app, one, rule.endpoint)
        for at in addresses(rule, one.own, one.foreign, most=_PAGES_EACH)
        if at.whose == "own"
    ]
    seen, visits = set(waiting), Counter[str]()
    for path in waiting:
        answer = one.browser.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            page = answer.get_data(as_text=True)
            yield from forms_on(page, path)
            for link in links_on(page):
                endpoint = _endpoint(app, link.split("?")[0], "GET")
                if (
                    link not in seen
                    and endpoint.startswith(f"{room}.")
                    and visits[endpoint] < _LINKS_EACH
                ):
                    visits[endpoint] += 1
                    seen.add(link)
                    waiting.append(link)


def _guessed(app: Flask, rule: Rule, callers: list[Caller]) -> Iterator[tuple[Caller, FoundForm]]:
    for one in callers:
        if could_open(app, one, rule.endpoint) and not one.is_rival:
            for at in addresses(rule, one.own, one.foreign, most=_FORMS_EACH):
                if at.whose == "own":
                    yield one, FoundForm(action=at.path)


def _endpoint(app: Flask, path: str, method: str) -> str:
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path, method=method)
    except HTTPException:
        return ""
    return str(endpoint)
