from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from ldtrack.core import ids
from ldtrack.ui.fields import (
    ChoiceField,
    EnumField,
    EnumManyField,
    Option,
    PickField,
    PickManyField,
    TickField,
    UploadField,
)
from ldtrack.ui.forms import Form
from tests.unit.ui.forms import filled


class Mood(Enum):
    GOOD = "good"
    BAD = "bad"


class Picks(Form):
    person = PickField("Person", required=True)
    people = PickManyField("People")
    mood = EnumField("Mood", Mood, words={Mood.GOOD: "Good", Mood.BAD: "Bad"}, radios=True)
    moods = EnumManyField("Moods", Mood, words={Mood.GOOD: "Good"})
    size = ChoiceField("Size", options=[Option(id="s", label="Small")])
    agree = TickField("I agree")
    file = UploadField("File", max_bytes=1_000_000)


PEOPLE = [
    Option(id=7, label="Ada", group="Here"),
    Option(id=8, label="Bo", note="on leave", group="Away"),
]


def picked(**typed: object) -> Picks:
    form = filled(Picks, **{"person": ids.encode(7), **typed})
    form.person.options = PEOPLE
    form.people.options = PEOPLE
    return form


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", method="POST"):
        yield


def test_ids_travel_encoded_and_arrive_as_numbers() -> None:
    form = picked(people=[ids.encode(8), ids.encode(8)])
    assert form.validate()
    assert (form.person.data, form.people.data) == (7, [8])
    assert f'<option selected value="{ids.encode(7)}">Ada</option>' in str(form.person())


@pytest.mark.parametrize("sent", [ids.encode(9), "7", "x", "\x00", "0" * 12, "z" * 5_000])
def test_what_was_not_offered_is_refused(sent: str) -> None:
    form = picked(person=sent, people=[ids.encode(8), sent])
    assert not form.validate()
    assert form.problems == [
        ("person", "Person: This choice is not on offer. Please choose again."),
        ("people-0", "People: This choice is not on offer. Please choose again."),
    ]


def test_a_required_choice_that_was_not_made_is_missing() -> None:
    form = picked(person="")
    assert not form.validate()
    assert form.problems == [("person", "Please choose an answer for “Person”.")]


def test_options_stand_under_their_headings_after_the_blank_one() -> None:
    shown = str(picked(person="").person())
    order = [shown.index(part) for part in ("Choose one", "Here", "Ada", "Away", "Bo")]
    assert order == sorted(order)


def test_an_enum_arrives_as_its_member() -> None:
    form = picked(mood="bad", moods=["good"])
    assert form.validate()
    assert (form.mood.data, form.moods.data) == (Mood.BAD, [Mood.GOOD])


def test_a_member_without_words_is_not_on_offer() -> None:
    assert not picked(moods=["bad"]).validate()


def test_a_choice_can_be_preset() -> None:
    form = Picks(formdata=None, data={"person": 8, "people": [7], "mood": Mood.GOOD})
    form.person.options = form.people.options = PEOPLE
    assert [choice.label for choice in form.person.iter_choices() if choice.selected] == ["Bo"]
    assert [choice.label for choice in form.people.iter_choices() if choice.selected] == ["Ada"]
    assert [choice.label for choice in form.mood.iter_choices() if choice.selected] == ["Good"]


def test_a_box_that_is_not_sent_is_not_ticked() -> None:
    assert picked().agree.data is False
    assert picked(agree="y").agree.data is True


@pytest.mark.parametrize(
    ("name", "size", "fits"),
    [
        ("people.CSV", 1_000_000, True),
        ("people.csv", 1_000_001, False),
        ("people.exe", 1, False),
        ("people", 1, False),
        ("../../etc/passwd\x00.csv", 1, True),
    ],
)
def test_a_file_is_bounded_in_kind_and_size(name: str, size: int, fits: bool) -> None:
    form = picked(file=FileStorage(BytesIO(b"x" * size), filename=name))
    assert form.validate() is fits
    assert form.file.data.stream.tell() == 0


def test_no_file_is_none() -> None:
    assert picked(file=FileStorage(BytesIO(b""), filename="")).file.data is None
