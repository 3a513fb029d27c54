"""The forms of planned sessions: when and where, and why one did not come about."""

from __future__ import annotations

from ldtrack.coaching.domain.appointments import PlanAppointment
from ldtrack.coaching.domain.rules import LONGEST, SHORTEST
from ldtrack.ui.fields import DayField, LineField, TimeField, WebAddressField, WholeNumberField
from ldtrack.ui.forms import Form


class AppointmentForm(Form):
    """A day, a time, a length, and where."""

    on = DayField("Day", required="Give the day.")
    at = TimeField("Begins at", required="Give the time at which it begins.")
    minutes = WholeNumberField(
        "Minutes", lowest=SHORTEST, highest=LONGEST, required="Say how long it will be."
    )
    place = LineField("Place", hint="A room, or “by telephone”.")
    link = WebAddressField("Link", hint="Of a video call.")

    def command(self) -> PlanAppointment:
        """What was typed."""
        return PlanAppointment(
            on=self.on.data,
            at=self.at.data,
            minutes=self.minutes.data,
            place=self.place.data,
            link=self.link.data,
        )


class CallOffForm(Form):
    """Why it is off."""

    word = LineField(
        "Why",
        hint="A few words; coach and leader can read them, nobody else.",
        required="Say in a few words why; the other one reads it.",
    )


class MissedForm(Form):
    """What is known of why nobody came."""

    word = LineField("What happened", hint="If you know; coach and leader can read it.")
