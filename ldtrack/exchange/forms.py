"""Forms by which files come in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ldtrack.exchange.columns import columns_of, guessed
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.limits import BROWSER, LARGE
from ldtrack.ui.fields import (
    ChoiceField,
    DayField,
    LineField,
    Option,
    PickField,
    PickManyField,
    TickField,
    UploadField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form

_TABLES = ("csv", "txt", "xlsx")


class UploadForm(Form):
    """A table as CSV or XLSX."""

    file = UploadField(
        "File",
        extensions=_TABLES,
        max_bytes=BROWSER.most_bytes,
        required="Choose the file to bring in.",
    )

    def told(self) -> dict[str, str]:
        """What is to be remembered beside the file."""
        return {}


class LargeUploadForm(UploadForm):
    """A table that may be so large that reading it is left to a job."""

    file = UploadField(
        "File",
        extensions=_TABLES,
        max_bytes=LARGE.most_bytes,
        required="Choose the file to bring in.",
    )


class CompletionsUploadForm(LargeUploadForm):
    """Completions; some files do not name the course."""

    course = LineField(
        "Course code",
        max_chars=60,
        hint="Only for a Moodle gradebook, which does not say which course it is about.",
    )

    def told(self) -> dict[str, str]:
        return {"course": self.course.data}


class StatementsUploadForm(UploadForm):
    """Statements of another system as JSON."""

    file = UploadField(
        "File",
        extensions=("json", "jsonl"),
        max_bytes=BROWSER.most_bytes,
        required="Choose the file to bring in.",
    )


class RatingsUploadForm(UploadForm):
    """Past 360 ratings; the file does not say when its cycle closed, nor which framework it is."""

    framework = PickField("Framework", required="Choose the framework that its items are about.")
    closed_on = DayField("Closed on", required="Say on which day the cycle closed.")

    def told(self) -> dict[str, str]:
        return {"framework": str(self.framework.data), "closed_on": self.closed_on.data.isoformat()}


class NormsUploadForm(UploadForm):
    """A norm; the file does not say where it comes from, and every report prints it."""

    framework = PickField("Framework", required="Choose the framework that it is about.")
    source = LineField(
        "Where it comes from",
        max_chars=200,
        required="Say where these figures come from.",
        hint="Who published or collected them.",
    )
    population = LineField(
        "Of whom",
        max_chars=300,
        required="Say whom these figures are of.",
        hint="For example: managers in public services, Europe.",
    )
    n_leaders = WholeNumberField(
        "Number of leaders", lowest=1, highest=10_000_000, required="Say how many leaders it is of."
    )
    as_of = DayField("As of", required="Say from which day it is.")

    def told(self) -> dict[str, str]:
        return {
            "framework": str(self.framework.data),
            "source": self.source.data,
            "population": self.population.data,
            "n_leaders": str(self.n_leaders.data),
            "as_of": self.as_of.data.isoformat(),
        }


class FrameworkUploadForm(Form):
    """A framework as a file of any kind that is known."""

    file = UploadField(
        "File",
        extensions=("json", "csv", "txt"),
        max_bytes=BROWSER.most_bytes,
        required="Choose the file to bring in.",
    )
    title = LineField(
        "Title of the framework",
        max_chars=300,
        hint="Only for a table that does not name it. The title of one that is here brings in "
        "its next edition.",
    )


class ConfirmForm(Form):
    """The yes to what a file would do."""

    skip_bad = TickField("Leave out the lines with problems and store the others")


class ConfirmPeopleForm(ConfirmForm):
    """The same for people, of whom some may have left."""

    leavers = TickField("People who are not in this file have left")


def match_form(kind: ImportKind, columns: Sequence[tuple[str, str]]) -> Form:
    """Asks which column of a file each of ours is; filled in as far as that is plain."""
    options = [Option(id=own, label=title) for own, title in columns]
    asked = columns_of(kind)
    fields = {
        column.name: ChoiceField(
            column.label,
            options=options,
            blank="Not in the file",
            required=f"Choose the column for “{column.label}”." if column.needed else False,
            hint=column.words,
        )
        for column in asked
    }
    made: type[Form] = type("MatchForm", (Form,), {**fields, "validate": _each_once})
    return made(data=guessed(asked, [own for own, _ in columns]))


def _each_once(form: Any, *rest: Any, **settings: Any) -> bool:
    good = Form.validate(form, *rest, **settings)
    seen: dict[str, str] = {}
    for field in form:
        if isinstance(field, ChoiceField) and field.data:
            if field.data in seen:
                form.refuse(field.name, f"This column is chosen for “{seen[field.data]}” already.")
                good = False
            seen.setdefault(field.data, field.label.text)
    return bool(good)


class YesForm(Form):
    """A plain yes."""


class LocksForm(Form):
    """What of a programme nobody may change where it comes in."""

    locked = PickManyField("Locked")


class TakeForm(Form):
    """What goes along with a pathway."""

    questionnaires = PickManyField("Questionnaires")
    roles = PickManyField("What roles ask for")


class CopyForm(Form):
    """What a copy of one's own is called."""

    title = LineField("Title of the copy", required="Give the copy a title.")


class ProgrammeUploadForm(Form):
    """A programme's file."""

    file = UploadField(
        "File",
        extensions=("json",),
        max_bytes=BROWSER.most_bytes,
        required="Choose the file to bring in.",
    )
