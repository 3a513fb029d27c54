"""Forms of dated runs and of the places in them."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import FieldList, FormField
from wtforms import Form as Part

from ldtrack.core import ids
from ldtrack.core.errors import RuleBroken
from ldtrack.courses.domain import AddOffering, Attendance, Attended, OfferingRow
from ldtrack.ui.fields import (
    DayField,
    EnumField,
    HiddenLineField,
    LineField,
    TickField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form

MOST_ON_A_PAGE = 500
"""People whose attendance is recorded on one page; no room holds more."""


class OfferingForm(Form):
    """A dated run of a course."""

    starts_on = DayField("First day", required="Say on which day it starts.")
    ends_on = DayField("Last day", hint="Leave it empty for a single day.")
    place = LineField("Place or link")
    places = WholeNumberField(
        "Places",
        lowest=1,
        highest=MOST_ON_A_PAGE,
        hint="Leave it empty if there is room for everybody.",
    )

    def command(self) -> AddOffering:
        """What was typed."""
        return AddOffering(
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            place=self.place.data,
            places=self.places.data,
        )


def offering_form(run: OfferingRow | None) -> OfferingForm:
    """The form, filled with a run that is there already."""
    if run is None:
        return OfferingForm()
    return OfferingForm(
        data={
            "starts_on": run.starts_on,
            "ends_on": run.ends_on,
            "place": run.place,
            "places": run.places,
        }
    )


class CancelForm(Form):
    """Why a run does not take place."""

    reason = LineField(
        "Reason",
        max_chars=300,
        required="Say why, for those who wanted to come.",
        hint="It stands in the mail to everybody on the list.",
    )


class BookForm(Form):
    """Somebody who is to have a place."""

    who = LineField(
        "Who",
        max_chars=320,
        required="Say who comes.",
        hint="Their mail address or external id.",
    )


class SeenPart(Part):
    """Whether one person was there; the field's label is their name."""

    booking = HiddenLineField()
    attendance = EnumField(
        "Attendance", Attendance, words={one: one.label for one in Attendance}, blank="Not said"
    )


class AttendanceForm(Form):
    """Who of the whole list was there."""

    seen = FieldList(FormField(SeenPart), max_entries=MOST_ON_A_PAGE)
    complete = TickField(
        "Record a completion for everybody who attended",
        hint="On the last day, without a result. Leave it if a test or a file tells the result.",
    )

    def command(self) -> tuple[Attended, ...]:
        """What was chosen; `RuleBroken` if a line is about nobody."""
        return tuple(
            Attended(booking_id=_booking(line.booking.data), attendance=line.attendance.data)
            for line in self.seen
        )


def attendance_form(listed: Mapping[int, tuple[str, Attendance | None]]) -> AttendanceForm:
    """The form with a line for everybody who has a place, by booking: their name, what was said."""
    form = AttendanceForm(
        data={
            "seen": [
                {"booking": ids.encode(booking_id), "attendance": attendance}
                for booking_id, (_, attendance) in listed.items()
            ]
        }
    )
    names = {ids.encode(booking_id): name for booking_id, (name, _) in listed.items()}
    for line in form.seen:
        line.attendance.label.text = names.get(line.booking.data, "Somebody who withdrew")
    return form


def _booking(typed: str) -> int:
    try:
        return ids.decode(typed)
    except ValueError:
        raise RuleBroken("booking", "This list has changed. Please open it again.") from None
