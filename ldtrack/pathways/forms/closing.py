"""The form that closes a pathway."""

from __future__ import annotations

from ldtrack.pathways.domain import ClosePathway
from ldtrack.ui.fields import TextField
from ldtrack.ui.forms import Form


class CloseForm(Form):
    """Why nobody new comes, and what was learnt."""

    reason = TextField("Why it is closed", max_chars=2000, rows=3, required="Say why.")
    learnt = TextField(
        "What was learnt", max_chars=4000, rows=4, required="Say what was learnt, if only a little."
    )

    def command(self) -> ClosePathway:
        """What was typed."""
        return ClosePathway(reason=self.reason.data, learnt=self.learnt.data)
