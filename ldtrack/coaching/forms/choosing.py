"""The form in which HR lets a leader choose among coaches."""

from __future__ import annotations

from ldtrack.coaching.domain.choosing import InviteToChoose
from ldtrack.coaching.domain.matching import LookedFor
from ldtrack.ui.fields import DayField, PickManyField, WholeNumberField
from ldtrack.ui.forms import Form


class InviteForm(Form):
    """Among whom a leader may choose, until when, and for how many sessions."""

    coach_ids = PickManyField("Coaches to choose from", required="Choose one coach at least.")
    closes_on = DayField("To be chosen until", required="Give the last day to choose.")
    sessions_agreed = WholeNumberField(
        "Sessions agreed", lowest=1, highest=100, required="Say how many sessions are agreed."
    )

    def command(self, person_id: int, looked_for: LookedFor) -> InviteToChoose:
        """What was typed, for this leader and what they look for."""
        return InviteToChoose(
            person_id=person_id,
            coach_ids=tuple(self.coach_ids.data),
            closes_on=self.closes_on.data,
            sessions_agreed=self.sessions_agreed.data,
            looked_for=looked_for,
        )
