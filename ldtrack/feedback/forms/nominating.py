"""Forms for proposing raters, sending proposals back, and declining."""

from __future__ import annotations

from typing import Any

from ldtrack.feedback.domain.phrases import ENGLISH, Phrases
from ldtrack.feedback.forms.answering import TracelessForm
from ldtrack.ui.fields import TextField
from ldtrack.ui.forms import Form

MOST_CHARS = 1_000


class SendBackForm(Form):
    """A word that goes back with the proposals."""

    word = TextField(
        "What should be different?",
        required="Say in a sentence what should be different.",
        max_chars=MOST_CHARS,
        rows=4,
    )


class DeclineForm(TracelessForm):
    """A rater will not answer."""

    reason = TextField("Why, if you like", max_chars=MOST_CHARS, rows=3)

    def __init__(self, *args: Any, said: Phrases = ENGLISH, **filled: Any) -> None:
        super().__init__(*args, said=said, **filled)
        self.reason.label.text = said.say("Why, if you like")
