"""Forms that ask once whether something was meant; sent again unchanged, it was."""

from __future__ import annotations

from wtforms import HiddenField

from ldtrack.ui.cleaning import clean_line
from ldtrack.ui.forms import Form

_LONGEST = 200


class MeantField(HiddenField):
    """Holds the answer that was asked about; whatever else is sent counts as nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = str(valuelist[0]) if valuelist else ""
        self.data = clean_line(typed) if len(typed) <= _LONGEST else ""


class AskingForm(Form):
    """A form that may ask about an answer before it takes it."""

    meant = MeantField()

    def is_doubted(self, field: str, near: str | None) -> bool:
        """Ask beside the field whether ``near`` was meant, unless that was asked already."""
        typed = self[field].data
        if near is None or self.meant.data == typed:
            return False
        self.refuse(field, f"Did you mean “{near}”? If not, send the form again as it is.")
        self.meant.data = typed
        return True
