"""Accounts, for administrators."""

from __future__ import annotations

import pytest
from flask import Flask

from ldtrack.access.domain import Role
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.people.queries import account_of
from tests.infrastructure.organisation import PASSWORD, SmallOrganisation
from tests.infrastructure.web import Visit


def address(acme: SmallOrganisation, who: str) -> str:
    return f"/accounts/{encode(acme.actor[who].account_id or 0)}"


def test_a_sign_in_is_given_and_works(
    app: Flask, visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    administrator = visit(acme.actor["administrator"])
    form = {"who": "E1009", "roles": ["leader", "coach"], "password": "a first word or two"}
    page = administrator.submit("/accounts/new", form)
    assert "They can sign in now." in page.text
    with database.reading(acme.id) as session:
        account = account_of(session, acme.person["peer_1"])
    assert account is not None
    assert account.roles == {Role.LEADER, Role.COACH}
    answer = app.test_client().post(
        "/sign-in", data={"email": "petra.kline@example.org", "password": "a first word or two"}
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"who": "E9999"}, "There is nobody with this mail address or external id."),
        ({"who": "E1004"}, "They have an account already."),
        ({"password": "short"}, "Use at least 12 characters"),
        ({"roles": ["emperor"]}, "This choice is not on offer."),
    ],
)
def test_what_is_wrong_is_said(
    visit: Visit, acme: SmallOrganisation, change: dict[str, object], sentence: str
) -> None:
    form = {"who": "E1009", "roles": ["leader"], "password": "a first word or two"} | change
    answer = visit(acme.actor["administrator"]).post("/accounts/new", data=form)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_disabling_ends_every_sign_in_at_once_and_can_be_undone(
    app: Flask, visit: Visit, acme: SmallOrganisation
) -> None:
    administrator, coach = visit(acme.actor["administrator"]), visit(acme.actor["coach"])
    here = address(acme, "coach")
    page = administrator.post(f"{here}/disable", follow_redirects=True)
    assert f"{here}/enable" in page.text
    assert coach.get("/account").status_code == 303
    sign_in = {"email": "ines.marques@example.org", "password": PASSWORD}
    assert app.test_client().post("/sign-in", data=sign_in).status_code == 422
    administrator.post(f"{here}/enable")
    assert coach.get("/account").status_code == 303
    assert app.test_client().post("/sign-in", data=sign_in).status_code == 303


def test_roles_count_from_the_next_request_on(visit: Visit, acme: SmallOrganisation) -> None:
    administrator, hr = visit(acme.actor["administrator"]), visit(acme.actor["hr"])
    assert hr.get("/people").status_code == 200
    administrator.submit(address(acme, "hr"), {"roles": ["leader"]})
    assert hr.get("/people").status_code == 403
    administrator.submit(address(acme, "hr"), {"roles": ["hr"]})
    assert hr.get("/people").status_code == 200


def test_an_administrator_is_always_left(visit: Visit, acme: SmallOrganisation) -> None:
    administrator = visit(acme.actor["administrator"])
    here = address(acme, "administrator")
    answer = administrator.post(here, data={"roles": ["leader"]})
    assert answer.status_code == 422
    assert "Somebody must be left who administers the accounts." in answer.text
    page = administrator.post(f"{here}/disable", follow_redirects=True)
    assert "Somebody must be left who administers the accounts." in page.text


def test_accounts_are_found_by_name_and_address(visit: Visit, acme: SmallOrganisation) -> None:
    administrator = visit(acme.actor["administrator"])
    assert "8 people can sign in; <em>7 never have</em>." in administrator.get("/accounts").text
    assert "1 account matches." in administrator.get("/accounts?q=rossi").text
    assert administrator.get("/accounts?q=%00%25").status_code == 200


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "hr", "manager"])
def test_nobody_but_administrators_keeps_accounts(
    visit: Visit, acme: SmallOrganisation, who: str
) -> None:
    visitor = visit(acme.actor[who])
    for here in ("/accounts", "/accounts/new", address(acme, "coach")):
        assert visitor.get(here).status_code == 403
        assert visitor.post(here).status_code in {403, 405}
    assert visitor.post(f"{address(acme, 'coach')}/disable").status_code == 403


def test_accounts_of_another_organisation_do_not_exist_here(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    administrator = visit(acme.actor["administrator"])
    here = address(rival, "coach")
    assert administrator.get(here).status_code == 404
    assert administrator.post(f"{here}/disable").status_code == 404
    assert administrator.post(f"{here}/enable").status_code == 404
