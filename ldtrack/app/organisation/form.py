"""What the page of the organisation asks, with the choice of a time zone that setting up offers."""

from __future__ import annotations

from ldtrack.core.zones import zone_names
from ldtrack.ui.fields import ChoiceField, LineField, Option
from ldtrack.ui.forms import Form


def zone_field() -> ChoiceField:
    """One of the world's time zones, by continent."""
    return ChoiceField(
        "Time zone",
        required="Choose where the organisation’s clocks hang.",
        options=[
            Option(id=name, label=place.replace("_", " ") or name, group=region if place else "")
            for name in zone_names()
            for region, _, place in [name.partition("/")]
        ],
    )


class OrganisationForm(Form):
    """Its name, and where its clocks hang."""

    name = LineField("Name of the organisation", required="Enter its name.")
    time_zone = zone_field()
