"""The form in which HR describes a coach."""

from __future__ import annotations

from ldtrack.coaching.domain.coaches import MOST_PLACES, WriteCoach
from ldtrack.ui.fields import DayField, LineField, TextField, WholeNumberField
from ldtrack.ui.forms import Form


class CoachForm(Form):
    """Places, languages, accreditation, and a few words."""

    places = WholeNumberField(
        "Leaders at a time",
        lowest=0,
        highest=MOST_PLACES,
        hint="Left empty there is no limit; 0 takes nobody new.",
    )
    languages = LineField("Languages", hint="Such as English, German, French.")
    body = LineField("Accredited by", hint="The body that accredits, such as ICF or EMCC.")
    level = LineField("Level", hint="Such as ACC, PCC or Senior Practitioner.")
    expires_on = DayField(
        "Accredited until", hint="The last day. Today tells you 60 days before, and afterwards."
    )
    about = TextField("About them", max_chars=1000, rows=4)

    def command(self) -> WriteCoach:
        """What was typed."""
        return WriteCoach(
            places=self.places.data,
            languages=self.languages.data,
            body=self.body.data,
            level=self.level.data,
            expires_on=self.expires_on.data,
            about=self.about.data,
        )
