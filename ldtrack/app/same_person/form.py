"""What making two records one asks: the other record, and a confirmation that is typed."""

from __future__ import annotations

from ldtrack.ui.fields import LineField
from ldtrack.ui.forms import Form


class OtherRecordForm(Form):
    """The other record of the same person."""

    who = LineField(
        "The other record",
        max_chars=320,
        required="Say which other record is the same person’s.",
        hint="Its mail address or external id.",
    )


class JoinForm(Form):
    """Why, and the external id of the record that goes, so that it is not done by a slip."""

    reason = LineField(
        "How you know that they are one person",
        max_chars=300,
        required="Say how you know. It is kept in the log.",
    )
    typed = LineField(
        "External id of the record that goes",
        max_chars=100,
        required="Type the external id of the record that goes.",
    )
