"""The forms of applying for an opening, answering that, placing people and ending it."""

from __future__ import annotations

from ldtrack.assignments.domain import EndPlacement, Offer, Place, Support
from ldtrack.ui.fields import ChoiceField, DayField, Option, TextField, TickField
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


class OfferForm(Form):
    """Why a place is offered although the line manager's support is missing."""

    without_support = TextField("Why without the line manager’s support", max_chars=2000, rows=3)

    def command(self) -> Offer:
        """What was typed."""
        return Offer(without_support=self.without_support.data)


class WordForm(Form):
    """A word on what somebody does."""

    word = TextField("Why", max_chars=2000, rows=3)


class SupportForm(Form):
    """A line manager's yes or no, and why."""

    answer = ChoiceField(
        "Do you support it?",
        radios=True,
        options=[
            Option(id="yes", label="Yes", note="They can be spared, and it would do them good."),
            Option(id="no", label="No", note="Say why; those who answer for it still decide."),
        ],
        required="Choose yes or no.",
    )
    word = TextField("A word on it", max_chars=2000, rows=3)

    def command(self) -> Support:
        """What was chosen and typed."""
        return Support(supports=self.answer.data == "yes", word=self.word.data)


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
