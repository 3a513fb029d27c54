"""Forms by which files come in."""

from __future__ import annotations

from ldtrack.exchange.limits import BROWSER
from ldtrack.ui.fields import (
    DayField,
    LineField,
    PickField,
    TickField,
    UploadField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form


class UploadForm(Form):
    """A table as CSV."""

    file = UploadField(
        "File",
        extensions=("csv", "txt"),
        max_bytes=BROWSER.most_bytes,
        required="Choose the file to bring in.",
    )

    def told(self) -> dict[str, str]:
        """What is to be remembered beside the file."""
        return {}


class CompletionsUploadForm(UploadForm):
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


class YesForm(Form):
    """A plain yes."""
