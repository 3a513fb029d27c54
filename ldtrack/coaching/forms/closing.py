"""The form of a closing review."""

from __future__ import annotations

from ldtrack.coaching.domain.closing import WriteClosing
from ldtrack.ui.fields import TextField
from ldtrack.ui.forms import Form


class ClosingForm(Form):
    """What was aimed at, what came of it, what is left."""

    aimed = TextField(
        "What you aimed at", max_chars=4000, rows=3, required="Say what you aimed at."
    )
    came = TextField("What came of it", max_chars=4000, rows=4, required="Say what came of it.")
    remains = TextField("What is left to do", max_chars=4000, rows=3)

    def command(self) -> WriteClosing:
        """What was typed."""
        return WriteClosing(aimed=self.aimed.data, came=self.came.data, remains=self.remains.data)
