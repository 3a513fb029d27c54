from __future__ import annotations

from flask import Flask
from wtforms import FieldList, FormField
from wtforms import Form as Part

from ldtrack.ui.fields import HiddenLineField, LineField
from ldtrack.ui.forms import Form
from tests.unit.ui.forms import filled


class Naming(Form):
    name = LineField("Name", required="Say what it is called.")
    came_from = HiddenLineField(required=True)


class Line(Part):  # type: ignore[misc]  # WTForms has no types
    word = LineField("Word", required="Say it.")


class Listing(Form):
    lines = FieldList(FormField(Line), min_entries=1)


def test_a_form_keeps_its_key_when_it_is_shown_again(app: Flask) -> None:
    key = "0123456789abcdef" * 2
    with app.test_request_context("/", method="POST"):
        assert filled(Naming, idempotency_key=key).idempotency_key.data == key


def test_a_missing_or_mangled_key_is_replaced_by_a_fresh_one(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        keys = [
            filled(Naming, idempotency_key=sent).idempotency_key.data
            for sent in ("", "x", "A" * 32, "0" * 33, "' or 1=1")
        ]
    assert all(len(key) == 32 for key in keys)
    assert len(set(keys)) == len(keys)


def test_problems_lead_to_their_elements_and_speak_the_sentence_that_was_asked_for(
    app: Flask,
) -> None:
    with app.test_request_context("/", method="POST"):
        form = filled(Naming, name="")
        assert not form.validate()
        form.refuse(None, "This has ended.")
        assert form.problems == [
            ("", "This has ended."),
            ("name", "Name: Say what it is called."),
            ("", "Please fill in “”."),
        ]


def test_a_problem_in_one_line_of_several_is_named_once_and_leads_to_its_own_element(
    app: Flask,
) -> None:
    with app.test_request_context("/", method="POST"):
        form = filled(Listing, **{"lines-0-word": ""})
        assert not form.validate()
        assert form.problems == [("lines-0-word", "Word: Say it.")]


def test_a_broken_rule_is_shown_beside_its_field(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        form = filled(Naming, name="Ada", came_from="/")
        assert form.validate()
        form.refuse("name", "This name is taken.")
        form.refuse("unknown", "Too late.")
        assert form.problems == [("", "Too late."), ("name", "Name: This name is taken.")]


def test_a_form_without_its_csrf_token_is_refused(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"name": "Ada", "came_from": "/"}):
        assert not Naming().validate()
