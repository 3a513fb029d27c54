"""The forms of applying for an opening, answering that, placing people and ending it."""

from __future__ import annotations

from ldtrack.assignments.domain import EndPlacement, Place
from ldtrack.ui.fields import DayField, TextField, TickField
from ldtrack.ui.forms import Form


class ApplyForm(Form):
    """Why somebody wants the assignment."""

    motive = TextField("Why you, and why now", max_chars=2000, rows=4)


class DeclineForm(Form):
    """Why an application is not accepted."""

    reason = TextField(
        "Reason",
        max_chars=2000,
        rows=3,
        required="Say why, in a sentence; the person will read it.",
    )


class PlaceForm(Form):
    """From when to when somebody is placed."""

    starts_on = DayField("First day", required="Give the first day.")
    ends_on = DayField("Last day", required="Give the last day.")

    def command(self, posting_id: int, person_id: int) -> Place:
        """What was typed, for this opening and person."""
        return Place(
            posting_id=posting_id,
            person_id=person_id,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )


class EndForm(Form):
    """When a placement ended, and whether that was before its time."""

    ended_on = DayField("Last day", required="Give the last day.")
    early = TickField("It ended early")
    reason = TextField("Why it ended early", max_chars=2000, rows=3)

    def command(self) -> EndPlacement:
        """What was typed."""
        return EndPlacement(
            ended_on=self.ended_on.data, early=self.early.data, reason=self.reason.data
        )
