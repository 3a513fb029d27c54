"""Forms about trying a version with some people first."""

from __future__ import annotations

from ldtrack.pathways.domain import BeginPilot, PilotRow, ReviewPilot
from ldtrack.ui.asking import AskingForm
from ldtrack.ui.fields import DayField, LineField, PickField, TextField
from ldtrack.ui.forms import Form


class PilotForm(AskingForm):
    """Who tries the version, what for, and until when."""

    cohort = LineField("Cohort", required="Name the cohort that tries it.")
    aim = TextField("What is tried", max_chars=2000, rows=3, required="Say what is tried.")
    ends_on = DayField("Until", required="Give the day on which it is looked back on.")

    @staticmethod
    def written(row: PilotRow) -> dict[str, object]:
        """A pilot as its form shows it."""
        return {"cohort": row.cohort, "aim": row.aim, "ends_on": row.ends_on}

    def command(self) -> BeginPilot:
        """What was typed."""
        return BeginPilot(cohort=self.cohort.data, aim=self.aim.data, ends_on=self.ends_on.data)


class ReviewForm(Form):
    """What worked, what changes, and who decided it."""

    worked = TextField("What worked", max_chars=4000, rows=4, required="Say what worked.")
    changes = TextField(
        "What changes", max_chars=4000, rows=4, required="Say what changes, or that nothing does."
    )
    decided_by = PickField("Who decided", required="Choose who decided.")
    reviewed_on = DayField("On", required="Give the day.")

    def command(self) -> ReviewPilot:
        """What was typed."""
        return ReviewPilot(
            worked=self.worked.data,
            changes=self.changes.data,
            decided_by=self.decided_by.data,
            reviewed_on=self.reviewed_on.data,
        )
