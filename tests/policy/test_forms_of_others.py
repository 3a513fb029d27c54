"""Forms that somebody else sends, or another site: nothing of them may be stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.test import TestResponse

from tests.policy.addresses import addresses, is_public, rules
from tests.policy.answers import faults
from tests.policy.callers import NOBODY, Caller
from tests.policy.finding import Found, could_open
from tests.policy.forms import FoundForm, forms_on, honest
from tests.policy.stored import TRACES
from tests.policy.world import World

_BY_CREDENTIALS = {"xapi.post_statements"}
"""Sent by other systems, which have no cookie that a page elsewhere could make use of."""
_WRONG_TOKEN = "ImZvcmdlZCI.aaaaaa.ZZZZZZZZZZZZZZZZZZZZZZZZZZZ"


def test_a_form_that_is_shown_to_somebody_else_changes_nothing(sqlite_world: World) -> None:
    wrong = []
    for endpoint, found in sqlite_world.forms.items():
        if not is_public(sqlite_world.app, endpoint):
            for one in sqlite_world.everybody:
                if not _is_shown(sqlite_world, found, one):
                    fault = _sent_by(sqlite_world, found, one, found.form.action)
                    wrong += [f"{endpoint} by {one.name} {each}" for each in fault]
    assert wrong == []


def test_a_form_of_ones_own_changes_nothing_of_others(sqlite_world: World) -> None:
    world, wrong = sqlite_world, []
    for found in _one_for_each_address(world):
        for at in _of_others(world, found.endpoint, found.caller):
            fault = _sent_by(world, found, found.caller, at)
            wrong += [f"{at} {each}" for each in fault]
    assert wrong == []


def test_a_form_without_the_pages_own_token_is_refused_and_stores_nothing(
    sqlite_world: World,
) -> None:
    world, wrong = sqlite_world, []
    nobody = next(one for one in world.everybody if one.name == NOBODY)
    with _tokens_asked_for(world.app):
        for found in _one_for_each_address(world):
            for one in (found.caller, nobody):
                for token in ({}, {"csrf_token": ""}, {"csrf_token": _WRONG_TOKEN}):
                    sent = {**honest(found.form), **token}
                    with world.undone() as written:
                        answer = one.browser.post(found.form.action, data=sent)
                    if answer.status_code != 400 or written or list(faults(answer)):
                        wrong.append(f"{found.endpoint} answers {answer.status_code} to {token}")
    assert wrong == []


def _one_for_each_address(world: World) -> Iterator[Found]:
    """The forms that were found; where none was, an empty one."""
    for rule in rules(world.app, "POST"):
        if rule.endpoint in _BY_CREDENTIALS:
            continue
        if found := world.forms.get(rule.endpoint):
            yield found
        else:
            hr = world.everybody[0]
            at = next(addresses(rule, hr.own, hr.foreign, most=1))
            yield Found(
                endpoint=rule.endpoint,
                caller=hr,
                form=FoundForm(action=at.path),
                after=(),
                is_taken=False,
            )


def _of_others(world: World, endpoint: str, one: Caller) -> Iterator[str]:
    for rule in rules(world.app, "POST"):
        if rule.endpoint == endpoint and not is_public(world.app, endpoint):
            for at in addresses(rule, one.own, one.foreign, most=1):
                if at.whose != "own":
                    yield at.path


def _sent_by(world: World, found: Found, one: Caller, path: str) -> Iterator[str]:
    with world.undone() as written:
        found.prepare()
        written.clear()
        answer = one.browser.post(path, data=honest(found.form))
        if not _is_refused(answer):
            yield f"answers {answer.status_code}"
        if written - TRACES:
            yield f"stores {sorted(written)}"
        yield from faults(answer)


def _is_refused(answer: TestResponse) -> bool:
    to_sign_in = answer.status_code == 303 and answer.location.startswith("/sign-in?")
    return answer.status_code in {403, 404, 409, 422} or to_sign_in


_ALSO_THEIRS = {
    ("coaching.finish_action", "leader"),
    ("coaching.open_action", "leader"),
    ("coaching.sign_agreement", "leader"),
}
"""What was promised in a session can be ticked off by the leader too, on a page of their own; and
whoever has signed is shown no form to sign, but changes nothing by sending it again."""


def _is_shown(world: World, found: Found, one: Caller) -> bool:
    if not could_open(world.app, one, found.endpoint):
        return False
    on_another_page = (found.endpoint, one.name) in _ALSO_THEIRS
    if one is found.caller or on_another_page or not _names_a_thing(world, found):
        return True
    with world.undone():
        found.prepare()
        page = one.browser.get(found.form.page)
        shown = forms_on(page.get_data(as_text=True), found.form.page)
    return any(form.action == found.form.action for form in shown)


def _names_a_thing(world: World, found: Found) -> bool:
    """Whether the address says whose it is; else everybody has a form of their own there."""
    return any(
        rule.arguments for rule in rules(world.app, "POST") if rule.endpoint == found.endpoint
    )


@contextmanager
def _tokens_asked_for(app: Flask) -> Iterator[None]:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        yield
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
