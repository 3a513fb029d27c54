"""Forms by which HR says what other systems mean, and which systems there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ldtrack.courses.domain.statements import AddStore
from ldtrack.ui.fields import (
    EnumField,
    LineField,
    Option,
    PickField,
    SecretField,
    TickField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form


class Meaning(StrEnum):
    """What an activity of another system is."""

    COURSE = "course"
    NEW = "new"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What HR said an activity is."""

    meaning: Meaning
    course_id: int | None
    code: str
    title: str


class ActivityForm(Form):
    """Which course an activity is."""

    meaning = EnumField(
        "What is it?",
        Meaning,
        words={
            Meaning.COURSE: "A course of the catalogue",
            Meaning.NEW: "A course that is missing in the catalogue",
            Meaning.NOTHING: "No course: leave what is said about it aside",
        },
        radios=True,
        default=Meaning.COURSE,
        required="Say what it is.",
    )
    course = PickField("Course")
    code = LineField("Code of the new course", max_chars=60)
    title = LineField("Title of the new course")

    def offer(self, courses: Sequence[Option]) -> None:
        """Say which courses there are."""
        self.course.options = courses

    def validate(self, extra_validators: object = None) -> bool:
        """Also: what the answer needs is there."""
        fine = bool(super().validate(extra_validators))
        needed = {
            Meaning.COURSE: ((self.course, "Choose the course."),),
            Meaning.NEW: (
                (self.code, "Give the course a code of its own."),
                (self.title, "Give the course a title."),
            ),
        }
        for one, sentence in needed.get(self.meaning.data, ()):
            if not one.errors and not one.data:
                one.errors = [sentence]
                fine = False
        return fine

    def command(self) -> Meant:
        """What was chosen."""
        return Meant(
            meaning=self.meaning.data,
            course_id=self.course.data,
            code=self.code.data,
            title=self.title.data,
        )


class LearnerForm(Form):
    """Who a learner is."""

    who = LineField("Who", max_chars=320, hint="Their mail address or external id.")
    nobody = TickField("Nobody of ours: leave what is said about them aside")

    def validate(self, extra_validators: object = None) -> bool:
        """Also: either somebody or nobody."""
        fine = bool(super().validate(extra_validators))
        if fine and bool(self.who.data) is bool(self.nobody.data):
            self.who.errors = ["Say who it is, or tick that it is nobody of yours."]
            return False
        return fine


class SourceForm(Form):
    """A system that will send statements."""

    name = LineField("Name", max_chars=100, required="Name the system that will send statements.")


class StoreForm(Form):
    """A record store that is to be asked."""

    name = LineField("Name", max_chars=100, required="Give the record store a name.")
    address = LineField(
        "Address",
        max_chars=500,
        required="Say where it is asked.",
        hint="Where its statements are, without that last word: https://lrs.example.org/xapi",
    )
    username = LineField("User name or key", max_chars=200)
    secret = SecretField("Password or secret", max_chars=500)
    every_hours = WholeNumberField(
        "Ask every (hours)", lowest=1, highest=720, required="Say how often.", default=24
    )

    def command(self) -> AddStore:
        """What was typed."""
        return AddStore(
            name=self.name.data,
            address=self.address.data,
            username=self.username.data,
            secret=self.secret.data,
            every_hours=self.every_hours.data,
        )
