"""The form of a debrief, and of asking a peer for one."""

from __future__ import annotations

from ldtrack.assignments.domain import DebriefRow, WriteDebrief
from ldtrack.ui.fields import LineField, TextField
from ldtrack.ui.forms import Form

_MISSING = {
    "outcome": "Say what came of it.",
    "learned": "Name one thing that was learned.",
    "next_action": "Name one next action.",
}


class DebriefForm(Form):
    """What came of it, one thing learned, one next action; a draft may lack any of them."""

    outcome = TextField("What came of it", max_chars=4000, rows=4)
    learned = TextField("One thing learned", max_chars=4000, rows=4)
    next_action = TextField("One next action", max_chars=4000, rows=3)

    def missing(self) -> bool:
        """Refuse each part that is empty; whether there was one."""
        empty = [name for name in _MISSING if not self[name].data]
        for name in empty:
            self.refuse(name, _MISSING[name])
        return bool(empty)

    def command(self, *, hand_in: bool) -> WriteDebrief:
        """What was typed."""
        return WriteDebrief(
            outcome=self.outcome.data,
            learned=self.learned.data,
            next_action=self.next_action.data,
            hand_in=hand_in,
        )


def debrief_form(before: DebriefRow | None) -> DebriefForm:
    """The form, filled with what its author wrote before."""
    if before is None:
        return DebriefForm()
    return DebriefForm(
        data={
            "outcome": before.outcome,
            "learned": before.learned,
            "next_action": before.next_action,
        }
    )


class PeerForm(Form):
    """Whom the leader asks to look back too."""

    peer = LineField(
        "Their mail address or staff id",
        max_chars=320,
        required="Give the mail address of somebody you worked with.",
    )
