"""The form of a course of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from wtforms import FieldList, FormField
from wtforms import Form as Part

from ldtrack.courses.domain import AddCourse, CourseFormat, CourseRow
from ldtrack.ui.fields import (
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
    format = EnumField(
        "Format",
        CourseFormat,
        words={one: one.label for one in CourseFormat},
        required="Say what kind of learning it is.",
    )
    mode = LineField("How it is held", max_chars=60)
    hours = NumberField("Length in hours", lowest=0, highest=5000)
    valid_months = WholeNumberField("To be renewed after (months)", lowest=1, highest=600)
    cost = NumberField("Cost of a place", lowest=0, highest=10_000_000)
    currency = LineField("Currency", max_chars=3)
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
        cost = self.cost.data
        return AddCourse(
            format=self.format.data,
            cost_cents=None if cost is None else int(cost * 100),
            currency=self.currency.data.upper(),
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
            "format": course.format,
            "mode": course.mode,
            "cost": None if course.cost is None else Decimal(course.cost.cents) / 100,
            "currency": "" if course.cost is None else course.cost.currency,
            "hours": None if course.hours is None else f"{course.hours:g}",
            "valid_months": course.valid_months,
            "owner": owner,
            "description": course.description,
            "develops": lines,
        }
    )
