"""What saying that somebody leaves asks."""

from __future__ import annotations

from ldtrack.people.domain.changes import LEAVE_WORDS, Leave, LeaveReason
from ldtrack.ui.fields import DayField, EnumField
from ldtrack.ui.forms import Form


class LeaveForm(Form):
    """From which day on somebody is not here any more, and why."""

    on = DayField(
        "Gone from",
        required="Say from which day on they are not here.",
        hint="The first day on which they cannot sign in. It may lie ahead, or behind.",
    )
    reason = EnumField("Why", LeaveReason, words=LEAVE_WORDS, required="Say why.", radios=True)

    def command(self) -> Leave:
        """What was typed."""
        return Leave(on=self.on.data, reason=self.reason.data)
