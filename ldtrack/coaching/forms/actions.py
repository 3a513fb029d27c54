"""The form that says what became of an action."""

from __future__ import annotations

from ldtrack.coaching.domain import ActionState, SettleAction
from ldtrack.ui.fields import EnumField, LineField
from ldtrack.ui.forms import Form


class ActionForm(Form):
    """One of five states, and a word on it."""

    state = EnumField(
        "What became of it",
        ActionState,
        words={state: state.label for state in ActionState},
        radios=True,
        required="Choose what became of it.",
    )
    word = LineField("What happened", hint="A few words; needed when it was changed or dropped.")

    def command(self) -> SettleAction:
        """What was chosen."""
        return SettleAction(state=self.state.data, word=self.word.data)
