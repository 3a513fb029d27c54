"""The forms of a change of coach: who follows, and what the leader hands over."""

from __future__ import annotations

from ldtrack.coaching.domain.handover import ChangeCoach, Handed
from ldtrack.ui.fields import EnumManyField, PickField, WholeNumberField
from ldtrack.ui.forms import Form


class ChangeCoachForm(Form):
    """Who coaches from now on, and how many sessions are agreed with them."""

    coach_id = PickField("Coach", radios=True, required="Choose a coach.")
    sessions_agreed = WholeNumberField(
        "Sessions agreed with them",
        lowest=1,
        highest=100,
        required="Say how many sessions are agreed.",
    )

    def command(self) -> ChangeCoach:
        """What was typed."""
        return ChangeCoach(coach_id=self.coach_id.data, sessions_agreed=self.sessions_agreed.data)


class HandoverForm(Form):
    """What the leader hands over; with no tick nothing."""

    parts = EnumManyField("What they see", Handed, words={part: part.label for part in Handed})
