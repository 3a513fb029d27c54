"""The form of a note for oneself."""

from __future__ import annotations

from ldtrack.coaching.domain.rules import MOST_NOTE
from ldtrack.ui.fields import TextField
from ldtrack.ui.forms import Form


class OwnNoteForm(Form):
    """One box; left empty there is no note."""

    body = TextField("Your private note", max_chars=MOST_NOTE, rows=8)
