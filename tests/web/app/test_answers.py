"""What the application answers when something is wrong, and what it says with every answer."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask

from ldtrack.access.actions import Action
from ldtrack.access.guard import guard
from tests.infrastructure.organisation import PASSWORD, SmallOrganisation
from tests.infrastructure.web import Visit


def test_an_unknown_page_is_a_kind_404(visit: Visit, acme: SmallOrganisation) -> None:
    answer = visit(acme.actor["hr"]).get("/no/such/page")
    assert answer.status_code == 404
    assert "There is nothing here that you can see." in answer.text


def test_those_who_ask_for_json_get_a_problem(visit: Visit, acme: SmallOrganisation) -> None:
    answer = visit(acme.actor["hr"]).get("/no/such", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json == {"status": 404, "title": "There is nothing here that you can see."}


def test_a_fault_of_ours_shows_no_trace(app: Flask, acme: SmallOrganisation) -> None:
    @guard(Action.OPEN_PAGE)
    def breaks() -> str:
        raise KeyError("the secret of a leader")

    app.view_functions["health.alive"] = breaks
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 500
    assert "Something went wrong on our side." in answer.text
    assert "secret of a leader" not in answer.text


def test_a_form_without_its_token_is_refused(app: Flask, acme: SmallOrganisation) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post(
        "/sign-in", data={"email": "hana.rossi@example.org", "password": PASSWORD}
    )
    assert answer.status_code == 400
    assert "You signed in or out since this form was opened" in answer.text


def test_every_page_says_what_it_may_load_and_that_it_is_not_to_be_kept(
    app: Flask, acme: SmallOrganisation
) -> None:
    headers = app.test_client().get("/sign-in").headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert [policy[kind] for kind in ("default-src", "script-src", "style-src")] == [
        "'none'",
        "'self'",
        "'self'",
    ]
    assert (headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("no-store", "nosniff")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "/\tevil.example",
        "/ok\r\nSet-Cookie: a=b",
        "evil.example",
        "",
        " //evil.example",
        "data:text/html,x",
        "/%0d%0a//evil.example\\",
    ],
)
def test_a_sign_in_never_leads_to_another_site(
    app: Flask, acme: SmallOrganisation, elsewhere: str
) -> None:
    answer = app.test_client().post(
        "/sign-in",
        data={"email": "hana.rossi@example.org", "password": PASSWORD, "next": elsewhere},
    )
    parts = urlsplit(answer.location)
    assert (answer.status_code, parts.scheme, parts.netloc) == (303, "", "")
    assert answer.location[:2] not in {"//", "/\\"}


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz"], ids=["the process lives", "the database answers"]
)
def test_health_is_told_without_a_sign_in(app: Flask, acme: SmallOrganisation, path: str) -> None:
    assert app.test_client().get(path).json == {"ok": True}
