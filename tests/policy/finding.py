"""Finds forms as people find them: on pages, and on those that they lead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from ldtrack.access import policy
from tests.policy.addresses import action_of, addresses, is_public, rules
from tests.policy.callers import Caller
from tests.policy.forms import FoundForm, forms_on, honest, links_on

Undone = Callable[[], AbstractContextManager[set[str]]]
TAKEN = {200, 204, 303}
_TRIES = 8


@dataclass(frozen=True, kw_only=True)
class Found:
    """A form, who found it, what they sent just before, and whether it is taken if all is well."""

    endpoint: str
    caller: Caller
    form: FoundForm
    after: tuple[FoundForm, ...]
    is_taken: bool

    def prepare(self) -> None:
        """Send what comes before: the button that takes an act back appears when it was done."""
        for form in self.after:
            self.caller.browser.post(form.action, data=honest(form))

    def send(self, more: Mapping[str, str] | None = None) -> TestResponse:
        """Send it as it should be, or with more, after what comes before."""
        self.prepare()
        return self.send_again(more)

    def send_again(self, more: Mapping[str, str] | None = None) -> TestResponse:
        """Send it alone."""
        sent = {**honest(self.form), **(more or {})}
        return self.caller.browser.post(self.form.action, data=sent)


Forms = dict[str, Found]
"""One form that is taken, by the endpoint that it is sent to."""


def could_open(app: Flask, one: Caller, endpoint: str) -> bool:
    """Whether the door of the view is open to the caller."""
    if is_public(app, endpoint):
        return True
    return one.actor is not None and policy.could(one.actor, action_of(app, endpoint))


def endpoint_of(app: Flask, path: str, method: str) -> str:
    """The view behind an address; '' if there is none."""
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path.split("?")[0], method=method)
    except HTTPException:
        return ""
    return str(endpoint)


def found_forms(
    app: Flask, callers: list[Caller], undone: Undone, *, but: Collection[str]
) -> Forms:
    """A form for each endpoint to which any page sends one; `but` are not looked for at length."""
    search = _Search(app, undone)
    for one in callers:
        search.walk(one, _A_LOOK)
    search.follow_all()
    for one in callers:
        if missing := [name for name in search.missing(but) if could_open(app, one, name)]:
            search.walk(one, replace(_THOROUGH, rooms=frozenset(map(_room, missing))))
            search.follow_all()
    return dict(sorted(search.found.items()))


@dataclass(frozen=True, kw_only=True)
class _Patience:
    """How many addresses of a view are tried, and how many pages of it that show nothing new."""

    addresses: int
    dry: int
    dry_for_all: int
    rooms: frozenset[str] = frozenset()


_A_LOOK = _Patience(addresses=2, dry=2, dry_for_all=4)
_THOROUGH = _Patience(addresses=40, dry=40, dry_for_all=1_000)


def _room(endpoint: str) -> str:
    return endpoint.split(".")[0]


class _Search:
    def __init__(self, app: Flask, undone: Undone) -> None:
        self.found: Forms = {}
        self._app = app
        self._undone = undone
        self._tries = Counter[str]()
        self._dry = Counter[str]()
        self._followed: set[str] = set()

    def walk(self, one: Caller, patience: _Patience) -> None:
        """Open pages and what they lead to, as long as they show new forms."""
        waiting = ["/", *self._addresses(one, patience.addresses)]
        seen, dry = set(waiting), Counter[str]()
        for path in waiting:
            view = endpoint_of(self._app, path, "GET")
            if patience.rooms and _room(view) not in patience.rooms:
                continue
            if dry[view] >= patience.dry or self._dry[view] >= patience.dry_for_all:
                continue
            answer = one.browser.get(path, follow_redirects=True)
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            page = answer.get_data(as_text=True)
            if not self._look(one, page, path):
                dry[view] += 1
                self._dry[view] += 1
            further = [link for link in links_on(page) if link not in seen]
            waiting += dict.fromkeys(further)
            seen |= set(further)

    def missing(self, but: Collection[str]) -> set[str]:
        """Where no form is known that is taken, and another one would still be tried."""
        every = {rule.endpoint for rule in rules(self._app, "POST")}
        taken = {name for name, found in self.found.items() if found.is_taken}
        given_up = {name for name, tries in self._tries.items() if tries >= _TRIES}
        return every - taken - given_up - set(but)

    def follow_all(self) -> None:
        """Look where forms lead: what a button takes back is offered when something was done."""
        for _ in range(2):
            for endpoint in sorted(self.found.keys() - self._followed):
                if self.found[endpoint].is_taken:
                    self._followed.add(endpoint)
                    self._follow(self.found[endpoint])

    def _addresses(self, one: Caller, most: int) -> Iterator[str]:
        for rule in rules(self._app, "GET"):
            if could_open(self._app, one, rule.endpoint) and (
                one.actor is None or not is_public(self._app, rule.endpoint)
            ):
                for at in addresses(rule, one.own, one.foreign, most=most):
                    if at.whose == "own":
                        yield at.path

    def _look(self, one: Caller, page: str, path: str) -> bool:
        shown = forms_on(page, path)
        return sum(self._is_new(one, form, ()) for form in shown) > 0

    def _is_new(self, one: Caller, form: FoundForm, after: tuple[FoundForm, ...]) -> bool:
        endpoint = endpoint_of(self._app, form.action, "POST")
        known = self.found.get(endpoint)
        if not endpoint or self._tries[endpoint] >= _TRIES:
            return False
        if known and known.is_taken and len(form.fields) <= len(known.form.fields):
            return False
        self._tries[endpoint] += 1
        found = Found(endpoint=endpoint, caller=one, form=form, after=after, is_taken=False)
        with self._undone():
            is_taken = found.send().status_code in TAKEN
        if is_taken or known is None:
            self.found[endpoint] = replace(found, is_taken=is_taken)
        return True

    def _follow(self, found: Found) -> None:
        """Look at the page that a form leads to, for forms that are there just then."""
        with self._undone():
            answer = found.send()
            if answer.status_code != 303:
                return
            page = found.caller.browser.get(answer.location)
            shown = forms_on(page.get_data(as_text=True), answer.location)
        for form in shown:
            if endpoint_of(self._app, form.action, "POST") not in self.found:
                self._is_new(found.caller, form, (*found.after, found.form))
