"""Forms that another site sends in somebody's name."""

from __future__ import annotations

import pytest
from flask import Flask

from ldtrack.db.session import Database
from tests.policy.addresses import addresses, rules
from tests.policy.callers import NOBODY, Call
from tests.policy.stored import changed, stored

_WRONG_TOKEN = "ImZvcmdlZCI.aaaaaa.ZZZZZZZZZZZZZZZZZZZZZZZZZZZ"


@pytest.mark.parametrize("name", [NOBODY, "hr", "coach", "leader", "administrator"])
def test_a_form_without_the_pages_own_token_is_refused_and_stores_nothing(
    name: str, app: Flask, call: Call, database: Database
) -> None:
    one, before = call(name), stored(database)
    app.config["WTF_CSRF_ENABLED"] = True
    wrong = []
    for rule in rules(app, "POST"):
        for at in addresses(rule, one.own, one.foreign, most=1):
            for form in ({}, {"csrf_token": ""}, {"csrf_token": _WRONG_TOKEN}):
                answer = one.browser.post(at.path, data=form)
                if answer.status_code != 400 or "Traceback" in answer.get_data(as_text=True):
                    wrong.append(f"{at.path} answers {answer.status_code} to {form}")
            break
    assert wrong == []
    assert changed(before, stored(database)) == []
