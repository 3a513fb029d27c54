from __future__ import annotations

import pytest
from flask import Flask

from ldtrack.ui.fields import (
    EmailField,
    HiddenLineField,
    LineField,
    SecretField,
    TextField,
    WebAddressField,
)
from ldtrack.ui.forms import Form
from tests.unit.ui.forms import filled


class Words(Form):
    name = LineField("Name", required=True)
    note = TextField("Note")
    email = EmailField("E-mail")
    site = WebAddressField("Site")
    secret = SecretField("Password")
    back = HiddenLineField()


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask) -> object:
    with app.test_request_context("/", method="POST"):
        yield


def test_a_required_line_of_nothing_but_spaces_is_missing() -> None:
    form = filled(Words, name="  \u00a0\x00 ")
    assert not form.validate()
    assert form.problems == [("name", "Please fill in “Name”.")]


def test_blank_text_is_an_empty_string_and_never_none() -> None:
    form = filled(Words, name="Ada")
    assert form.validate()
    assert (form.name.data, form.note.data, form.email.data) == ("Ada", "", "")


def test_a_megabyte_is_refused_in_a_sentence_and_kept_on_the_page() -> None:
    megabyte = "x" * 1_000_000
    form = filled(Words, name="Ada", note=megabyte)
    assert not form.validate()
    assert form.problems == [
        ("note", "Note: Please shorten this to 20,000 characters; it has 1,000,000.")
    ]
    assert form.note.data == megabyte


def test_a_line_holds_200_characters_and_not_201() -> None:
    assert filled(Words, name="é" * 200).validate()
    assert not filled(Words, name="é" * 201).validate()


def test_markup_is_text_like_any_other() -> None:
    form = filled(Words, name="<script>alert(1)</script>")
    assert form.validate()
    assert "<script>" not in str(form.name())


@pytest.mark.parametrize(
    "typed", ["nobody", "a@b", "a@@b.org", "a b@c.org", "@c.org", "a@.org", "a@b..org"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert filled(Words, name="Ada", email=typed).problems == []
    form = filled(Words, name="Ada", email=typed)
    assert not form.validate()
    assert form.problems == [("email", "E-mail: Please give an address such as name@example.org.")]


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "example.org", "https://", "//example.org", "http://[x"]
)
def test_a_web_address_names_its_protocol_and_host(typed: str) -> None:
    assert not filled(Words, name="Ada", site=typed).validate()
    assert filled(Words, name="Ada", site="https://example.org/a?b=c").validate()


def test_a_password_keeps_its_spaces_and_is_never_shown_again() -> None:
    form = filled(Words, name="Ada", secret="  open\x00 sesame ")
    assert form.validate()
    assert form.secret.data == "  open sesame "
    assert "sesame" not in str(form.secret())
