"""Signing in, out, and being kept out."""

from __future__ import annotations

from flask import Flask

from tests.infrastructure.organisation import PASSWORD, SmallOrganisation
from tests.infrastructure.web import Visit


def test_the_right_password_leads_where_the_person_was_going(
    app: Flask, acme: SmallOrganisation
) -> None:
    client = app.test_client()
    assert client.get("/account").location == "/sign-in?next=/account"
    answer = client.post(
        "/sign-in?next=/account",
        data={"email": " Hana.Rossi@Example.org ", "password": PASSWORD, "next": "/account"},
    )
    assert (answer.status_code, answer.location) == (303, "/account")
    assert client.get("/account").status_code == 200


def test_a_form_that_arrives_signed_out_leads_back_to_that_form(
    app: Flask, acme: SmallOrganisation
) -> None:
    client = app.test_client()

    answer = client.post("/account?tab=2", data={"present": "x"})

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/account?tab%3D2")
    assert "You were signed out, so nothing is stored yet." in client.get(answer.location).text


def test_a_button_that_is_pressed_signed_out_leads_to_the_front_page(
    app: Flask, acme: SmallOrganisation
) -> None:
    client = app.test_client()

    assert client.post("/sign-out").location == "/sign-in?next=/"
    assert "nothing is stored" not in client.get("/sign-in?next=/").text


def test_a_draft_that_a_page_keeps_by_itself_signed_out_uses_up_no_message(
    app: Flask, acme: SmallOrganisation
) -> None:
    client = app.test_client()
    sent = client.post("/account", data={"present": "x"})

    draft = client.post("/sign-out", headers={"Accept": "application/json"})

    assert (draft.status_code, draft.json) == (401, {"status": 401, "title": "You are signed out."})
    assert "You were signed out, so nothing is stored yet." in client.get(sent.location).text


def test_an_answer_that_tells_nothing_leaves_the_cookie_as_it_is(
    app: Flask, acme: SmallOrganisation
) -> None:
    client = app.test_client()
    client.post("/sign-in", data={"email": "hana.rossi@example.org", "password": PASSWORD})
    client.get("/account")

    assert "Set-Cookie" not in client.get("/account").headers


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    app: Flask, acme: SmallOrganisation
) -> None:
    client = app.test_client()
    pages = [
        client.post("/sign-in", data={"email": email, "password": "something else"})
        for email in ("hana.rossi@example.org", "nobody.here@example.org")
    ]
    assert [page.status_code for page in pages] == [422, 422]
    sentence = "That address and password do not belong together."
    assert [sentence in page.text for page in pages] == [True, True]


def test_the_ninth_wrong_password_in_a_quarter_of_an_hour_is_not_even_checked(
    app: Flask, acme: SmallOrganisation
) -> None:
    client = app.test_client()
    for _ in range(8):
        client.post("/sign-in", data={"email": "hana.rossi@example.org", "password": "wrong one"})
    answer = client.post("/sign-in", data={"email": "hana.rossi@example.org", "password": PASSWORD})
    assert answer.status_code == 422
    assert "Too many wrong tries" in answer.text


def test_a_copied_cookie_is_dead_after_sign_out(app: Flask, acme: SmallOrganisation) -> None:
    client, thief = app.test_client(), app.test_client()
    client.post("/sign-in", data={"email": "hana.rossi@example.org", "password": PASSWORD})
    cookie = client.get_cookie("ldtrack")
    assert cookie is not None
    thief.set_cookie("ldtrack", cookie.value)
    assert thief.get("/account").status_code == 200
    client.post("/sign-out")
    assert thief.get("/account").status_code == 303


def test_a_new_password_signs_other_browsers_out(visit: Visit, acme: SmallOrganisation) -> None:
    here, elsewhere = visit(acme.actor["leader"]), visit(acme.actor["leader"])
    answer = here.post(
        "/account", data={"present": PASSWORD, "password": "another walk by the sea"}
    )
    assert answer.status_code == 303
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
