"""Forms around a report: why a comment is held back, and what the leader heard."""

from __future__ import annotations

from ldtrack.feedback.domain.heard import MOST_CHARS
from ldtrack.feedback.domain.moderation import HidingReason
from ldtrack.ui.fields import EnumField, LineField, TextField, TickField
from ldtrack.ui.forms import Form


class HideForm(Form):
    """Why a comment is held back."""

    reason = EnumField(
        "Reason",
        HidingReason,
        words={reason: reason.label for reason in HidingReason},
        required="Say why the comment is held back.",
    )


class HeardForm(Form):
    """What I heard, what I will do."""

    body = TextField(
        "What I heard, what I will do",
        max_chars=MOST_CHARS,
        rows=12,
        required="Write what you heard, and what you will do.",
    )
    shared = TickField("Let my coach read it")


class SendHeardForm(Form):
    """The yes to sending, with the mark of the words that were looked at."""

    looked_at = LineField("Looked at", max_chars=40)
