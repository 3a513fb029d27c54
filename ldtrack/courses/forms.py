"""Forms of the catalogue and of completions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wtforms import FieldList, FormField
from wtforms import Form as Part

from ldtrack.courses.domain import AddCourse, AddOffering, CourseRow
from ldtrack.ui.fields import (
    DayField,
    EnumField,
    LineField,
    NumberField,
    Option,
    PickField,
    TextField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form

_SPARE_LINES = 2
_LEAST_LINES = 3
_MOST_LINES = 12


class DevelopsPart(Part):
    """One competency and the level the course is pitched at."""

    competency = PickField("Competency", blank="None")
    level = WholeNumberField("Level", lowest=0, highest=20)


class CourseForm(Form):
    """A course as it shall stand in the catalogue."""

    title = LineField("Title", required="Give the course a title.")
    code = LineField("Code", max_chars=60, required="Give the course a code of its own.")
    provider = LineField("Provider")
    mode = LineField("Form of learning", max_chars=60)
    hours = NumberField("Length in hours", lowest=0, highest=5000)
    valid_months = WholeNumberField("To be renewed after (months)", lowest=1, highest=600)
    owner = LineField(
        "Owner", max_chars=320, hint="Who answers for it: their mail address or external id."
    )
    description = TextField("Description", rows=4)
    develops = FieldList(FormField(DevelopsPart), min_entries=_LEAST_LINES, max_entries=_MOST_LINES)

    def offer(self, competencies: Sequence[Option]) -> None:
        """Say which competencies there are to choose from."""
        for line in self.develops:
            line.competency.options = competencies

    def validate(self, extra_validators: object = None) -> bool:
        """Also: a competency needs its level, and a level its competency."""
        fine = bool(super().validate(extra_validators))
        for line in self.develops:
            chosen, level = line.competency, line.level
            if chosen.errors or level.errors:
                continue
            if chosen.data is not None and level.data is None:
                level.errors = ["Say which level the course is pitched at."]
                fine = False
            if chosen.data is None and level.data is not None:
                chosen.errors = ["Say which competency this level is of."]
                fine = False
        return fine

    def command(self, owner_id: int | None) -> AddCourse:
        """What was typed."""
        return AddCourse(
            code=self.code.data,
            title=self.title.data,
            provider=self.provider.data,
            mode=self.mode.data,
            hours=float(self.hours.data) if self.hours.data else None,
            valid_months=self.valid_months.data,
            owner_id=owner_id,
            description=self.description.data,
            develops=tuple(
                (line.competency.data, line.level.data)
                for line in self.develops
                if line.competency.data is not None
            ),
        )


def course_form(course: CourseRow | None, owner: str = "") -> CourseForm:
    """The form, filled with a course that is there already, with a few lines to spare."""
    if course is None:
        return CourseForm()
    lines: list[dict[str, int | None]] = [
        {"competency": one.competency_id, "level": one.level} for one in course.develops
    ]
    spare = max(_SPARE_LINES, _LEAST_LINES - len(lines))
    lines += [{"competency": None, "level": None}] * min(spare, _MOST_LINES - len(lines))
    return CourseForm(
        data={
            "title": course.title,
            "code": course.code,
            "provider": course.provider,
            "mode": course.mode,
            "hours": None if course.hours is None else f"{course.hours:g}",
            "valid_months": course.valid_months,
            "owner": owner,
            "description": course.description,
            "develops": lines,
        }
    )


class OfferingForm(Form):
    """A dated run of a course."""

    starts_on = DayField("First day", required="Say on which day it starts.")
    ends_on = DayField("Last day", hint="Leave it empty for a single day.")
    place = LineField("Place or link")

    def command(self) -> AddOffering:
        """What was typed."""
        return AddOffering(
            starts_on=self.starts_on.data, ends_on=self.ends_on.data, place=self.place.data
        )


class Assessed(StrEnum):
    """How a course ended for somebody."""

    TOOK_PART = "took_part"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class TypedCompletion:
    """A completion with the person as they were named."""

    who: str
    completed_on: date
    passed: bool | None
    score: float | None
    score_max: float | None


class CompletionForm(Form):
    """Somebody completed the course."""

    who = LineField(
        "Who",
        max_chars=320,
        required="Say who completed the course.",
        hint="Their mail address or external id.",
    )
    completed_on = DayField("Completed on", required="Say on which day.")
    assessed = EnumField(
        "How it ended",
        Assessed,
        words={
            Assessed.TOOK_PART: "Took part; nothing was assessed, or only with a score",
            Assessed.PASSED: "Passed",
            Assessed.FAILED: "Did not pass",
        },
        radios=True,
        default=Assessed.TOOK_PART,
        required="Say how it ended.",
    )
    score = NumberField("Score", lowest=0, highest=1_000_000)
    score_max = NumberField("Out of", lowest=0, highest=1_000_000)

    def command(self) -> TypedCompletion:
        """What was typed."""
        passed = {Assessed.PASSED: True, Assessed.FAILED: False}.get(self.assessed.data)
        score, score_max = self.score.data, self.score_max.data
        return TypedCompletion(
            who=self.who.data,
            completed_on=self.completed_on.data,
            passed=passed,
            score=None if score is None else float(score),
            score_max=None if score_max is None else float(score_max),
        )
