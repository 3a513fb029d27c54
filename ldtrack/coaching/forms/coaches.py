"""The forms in which coaches are described and looked for, and that keep people apart."""

from __future__ import annotations

from typing import Any

from ldtrack.coaching.domain.coaches import MOST_PLACES, PresentOneself, WriteCoach
from ldtrack.coaching.domain.matching import MOST_FOCUS, LookedFor
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


class SoughtForm(Form):
    """What a leader looks for in a coach; it changes nothing, so it is asked for by an address."""

    focus = PickManyField("What the coaching is to help with", hint="Up to five.")
    language = LineField("Language of the coaching", hint="Such as English.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself; and so few competencies that they tell coaches apart."""
        fine = bool(super().validate(extra_validators))
        if len(self.focus.data) > MOST_FOCUS:
            self.refuse("focus", f"Choose {MOST_FOCUS} at most, so that they tell coaches apart.")
            fine = False
        return fine

    def looked_for(self) -> LookedFor:
        """What was typed."""
        return LookedFor(focus=tuple(self.focus.data), language=self.language.data)


class ApartForm(Form):
    """With whom one wants no coaching."""

    who = LineField("With whom", required="Say with whom.")
