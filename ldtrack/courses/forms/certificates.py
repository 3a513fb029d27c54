"""Forms by which a certificate is handed in, accepted or sent back."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from ldtrack.courses.domain import Accept, CertificateRow, HandIn, Shows
from ldtrack.files.domain import ENDINGS, FileUse
from ldtrack.ui.fields import (
    DayField,
    EnumField,
    LineField,
    Option,
    PickField,
    TextField,
    UploadField,
)
from ldtrack.ui.forms import Form


class HandInForm(Form):
    """A certificate of one's own."""

    title = LineField("What it certifies", required="Say what it certifies.")
    course = PickField("Course", blank="Not in the list")
    awarded_on = DayField("Awarded on", required="Say on which day it was awarded.")
    file = UploadField(
        "File",
        extensions=ENDINGS,
        max_bytes=FileUse.CERTIFICATE.most_bytes,
        required="Choose the file that shows it.",
    )
    word = TextField("A word for the reviewer", max_chars=500, rows=3)

    def offer(self, courses: Sequence[Option]) -> None:
        """Say which courses there are."""
        self.course.options = courses

    def command(self) -> HandIn:
        """What was typed, with the file."""
        return HandIn(
            title=self.title.data,
            awarded_on=self.awarded_on.data,
            course_id=self.course.data,
            word=self.word.data,
            file_name=self.file.data.filename,
            content=self.file.data.stream.read(),
        )


class Decision(StrEnum):
    """What a reviewer makes of a certificate."""

    ACCEPT = "accept"
    RETURN = "return"


class ReviewForm(Form):
    """Whether a certificate is good."""

    decision = EnumField(
        "Is it good?",
        Decision,
        words={
            Decision.ACCEPT: "Yes: record the completion",
            Decision.RETURN: "Not yet: send it back with a word",
        },
        radios=True,
        required="Say whether it is good.",
    )
    course = PickField("Course")
    completed_on = DayField("Completed on")
    shows = EnumField(
        "What it shows",
        Shows,
        words={
            Shows.COMPLETED: "That they took part: listed, and moves no level",
            Shows.PASSED: "That they were assessed and passed: counts at the level of the course",
        },
        radios=True,
        default=Shows.COMPLETED,
    )
    answer = TextField("What is missing", max_chars=500, rows=3)

    def offer(self, courses: Sequence[Option]) -> None:
        """Say which courses there are."""
        self.course.options = courses

    def validate(self, extra_validators: object = None) -> bool:
        """Also: what the decision needs is there."""
        fine = bool(super().validate(extra_validators))
        needed = {
            Decision.ACCEPT: (
                (self.course, "Choose the course that it stands for."),
                (self.completed_on, "Say on which day it was completed."),
                (self.shows, "Say what it shows."),
            ),
            Decision.RETURN: ((self.answer, "Say what is missing."),),
        }
        for one, sentence in needed.get(self.decision.data, ()):
            if not one.errors and not one.data:
                one.errors = [sentence]
                fine = False
        return fine

    def command(self) -> Accept:
        """What to record."""
        return Accept(
            course_id=self.course.data,
            completed_on=self.completed_on.data,
            shows=self.shows.data,
        )


def review_form(row: CertificateRow) -> ReviewForm:
    """The form, filled with what the person said."""
    return ReviewForm(data={"course": row.course_id, "completed_on": row.awarded_on})
