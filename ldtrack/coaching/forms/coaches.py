"""The forms in which HR and coaches themselves describe a coach, and that keep people apart."""

from __future__ import annotations

from ldtrack.coaching.domain.coaches import MOST_PLACES, PresentOneself, WriteCoach
from ldtrack.ui.fields import DayField, LineField, PickManyField, TextField, WholeNumberField
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


class PresentForm(Form):
    """What a coach says of themselves."""

    about = TextField(
        "About you as a coach",
        max_chars=1000,
        rows=5,
        hint="How you work, where you come from. HR reads it.",
    )
    languages = LineField("Languages", hint="Such as English, German, French.")
    best_at = PickManyField("What you coach best", hint="Up to five.")

    def command(self) -> PresentOneself:
        """What was typed."""
        return PresentOneself(
            languages=self.languages.data,
            best_at=tuple(self.best_at.data),
            about=self.about.data,
        )


class ApartForm(Form):
    """With whom one wants no coaching."""

    who = LineField("With whom", required="Say with whom.")
