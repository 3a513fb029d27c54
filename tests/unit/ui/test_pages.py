from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask import Flask, render_template, render_template_string
from flask.testing import FlaskClient

from ldtrack.ui.messages import tell

PAGE = (
    '{% extends "base.html" %}{% block head_sentence %}You are <em>there</em>{% endblock %}'
    "{% block content %}<p>Hello</p>{% endblock %}"
)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    @app.get("/page")
    def page() -> str:
        tell("Saved.")
        tell("Sent.", undo_url="/undo")
        links = [SimpleNamespace(label="Home", url="/page", current=True)]
        return render_template_string(
            PAGE, navigation=links, signed_in_as="Ada", sign_out_url="/out"
        )

    @app.get("/broken")
    def broken() -> str:
        return render_template("error.html", status=404, sentence="Not here.")

    return app.test_client()


def test_the_head_sentence_is_the_heading_and_without_tags_the_title(client: FlaskClient) -> None:
    shown = client.get("/page").text
    assert "<title>You are there · ldtrack</title>" in shown
    assert shown.count("<h1>") == 1
    assert "<h1>You are <em>there</em></h1>" in shown


def test_the_rail_says_where_one_is_and_signs_out_by_post(client: FlaskClient) -> None:
    shown = client.get("/page").text
    assert '<a href="/page" aria-current="page">Home</a>' in shown
    assert '<form class="one-button" method="post" action="/out"' in shown


def test_flashed_messages_are_shown_with_their_undo(client: FlaskClient) -> None:
    shown = client.get("/page").text
    assert "<p>Saved.</p>" in shown
    assert 'action="/undo"' in shown


def test_a_page_holds_no_inline_style_and_no_inline_script(client: FlaskClient) -> None:
    shown = client.get("/page").text
    assert " style=" not in shown
    assert "<style" not in shown
    assert shown.count("<script") == shown.count('<script type="module" src="')


@pytest.mark.parametrize(
    ("cookie", "attribute"), [("dark", ' data-theme="dark"'), ("<x>", ""), ("", "")]
)
def test_a_chosen_look_comes_with_the_first_byte(
    client: FlaskClient, cookie: str, attribute: str
) -> None:
    client.set_cookie("theme", cookie)
    assert f'<html lang="en-GB"{attribute}>' in client.get("/page").text


def test_an_error_page_says_what_happened_and_what_to_do(client: FlaskClient) -> None:
    shown = client.get("/broken").text
    assert "<h1>Not here.</h1>" in shown
    assert "data-refused" in shown


def test_private_pages_are_never_stored_and_nothing_foreign_may_run(client: FlaskClient) -> None:
    headers = client.get("/page").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "Strict-Transport-Security" not in headers
    secure = client.get("/page", base_url="https://example.org").headers
    assert secure["Strict-Transport-Security"] == "max-age=31536000"


def test_all_style_sheets_come_as_one_that_may_be_kept_for_a_year(client: FlaskClient) -> None:
    shown = client.get("/page").text
    address = shown.split('<link rel="stylesheet" href="/style/')[1].split('"')[0]
    sheet = client.get(f"/style/{address}")
    assert sheet.mimetype == "text/css"
    assert sheet.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert sheet.text.index("@layer tokens {") < sheet.text.index("@layer print {")
    assert client.get("/style/older.css").headers["Cache-Control"] == "no-cache"
