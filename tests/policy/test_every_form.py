"""Every form, sent by everybody, with what nobody should be able to do harm with."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from ldtrack.db.session import Database
from tests.infrastructure.full_house import FullHouse
from tests.policy.addresses import NOWHERE, addresses, is_public
from tests.policy.callers import Caller
from tests.policy.finding import ROOMS, could_open, found_forms, posts
from tests.policy.forms import FoundForm, honest
from tests.policy.hostile import GENERIC, PRODUCT, SCRIPT, one_field_at_a_time, whole_forms
from tests.policy.stored import changed, go_back, keep, mixed, stored

_SLOW = 5.0
_MOST_FIELDS = 20
_TRACES = ("Traceback", "sqlalchemy.exc", "jinja2.exceptions", "werkzeug.exceptions")


def _send(one: Caller, path: str, form: Mapping[str, Any]) -> tuple[TestResponse, float]:
    began = time.process_time()
    answer = one.browser.post(path, data=form)
    return answer, time.process_time() - began


def _faults(answer: TestResponse, took: float) -> Iterator[str]:
    page = answer.get_data(as_text=True)
    if answer.status_code >= 500:
        yield f"answers {answer.status_code}"
    if any(trace in page for trace in _TRACES):
        yield "shows a trace"
    if answer.mimetype == "text/html" and SCRIPT in page:
        yield "repeats markup as it was typed"
    if PRODUCT in page:
        yield "works a template out"
    if took > _SLOW:
        yield f"takes {took:.1f} s"


def _faults_after(one: Caller, path: str, form: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the answer, and with the page that it leads to if that may show it."""
    answer, took = _send(one, path, form)
    yield from _faults(answer, took)
    if answer.status_code == 303 and any(bad in str(form) for bad in (SCRIPT, "31337")):
        shown = one.browser.get(answer.location)
        yield from (f"leads to a page that {fault}" for fault in _faults(shown, 0.0))


@pytest.mark.parametrize("room", ROOMS)
def test_a_form_that_is_not_ones_own_changes_nothing(
    room: str, app: Flask, everybody: list[Caller], database: Database
) -> None:
    before = stored(database)
    wrong = []
    for rule in posts(app, room):
        for one in everybody:
            could = could_open(app, one, rule.endpoint)
            form = dict.fromkeys(GENERIC, SCRIPT)
            for at in addresses(rule, one.own, one.foreign, most=1):
                if could and (at.whose == "own" or is_public(app, rule.endpoint)):
                    continue
                answer, took = _send(one, at.path, form)
                wanted = {404, 409} if could else {403} if one.actor else {303}
                if answer.status_code not in wanted:
                    wrong.append(f"{one.name}: {at.path} ({at.whose}) {answer.status_code}")
                wrong += [f"{one.name}: {at.path} {f}" for f in _faults(answer, took)]
    assert wrong == []
    assert changed(before, stored(database)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_form_of_ones_own_can_be_made_to_do_harm(
    room: str,
    app: Flask,
    everybody: list[Caller],
    database: Database,
    full_house: FullHouse,
    tmp_path: Path,
) -> None:
    found = found_forms(app, room, everybody)
    kept, before = keep(database, tmp_path), stored(database)
    theirs = {id_ for ids in everybody[0].foreign.ids.values() for id_ in ids} | {NOWHERE}
    wrong, taken = [], 0
    for endpoint, forms in found.items():
        taken += any(_is_taken(one, form) for one, form in forms)
        go_back(database, kept)
        for number, (one, form) in enumerate(forms):
            for what, sent in _attempts(one, form, in_depth=number == 0):
                faults = _faults_after(one, form.action, sent)
                wrong += [f"{endpoint} with {what} {fault}" for fault in faults]
        after = stored(database)
        if touched := changed(before, after, full_house.rival.id):
            wrong.append(f"{endpoint} changes {touched} of the other organisation")
        if columns := mixed(database, full_house.acme.id, theirs):
            wrong.append(f"{endpoint} lets {columns} name others' things")
        go_back(database, kept)
    assert wrong == []
    assert taken >= len(found) / 2 or room == "setup", "too few forms are taken when all is well"


def _is_taken(one: Caller, form: FoundForm) -> bool:
    answer, _ = _send(one, form.action, honest(form))
    return answer.status_code in {200, 204, 303}


def _attempts(
    one: Caller, form: FoundForm, *, in_depth: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    if in_depth:
        yield from one_field_at_a_time(form, one.foreign, most=_MOST_FIELDS)
    yield from whole_forms(form, one.foreign)
