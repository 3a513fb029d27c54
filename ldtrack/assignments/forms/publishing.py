"""The forms around an opening: answer a proposal, close one, name a template, be open to some."""

from __future__ import annotations

from ldtrack.assignments.domain import Answer, CloseOpening, PostingKind
from ldtrack.ui.fields import ChoiceField, EnumManyField, LineField, Option, TextField
from ldtrack.ui.forms import Form


class AnswerForm(Form):
    """HR's word on a proposal."""

    answer = ChoiceField(
        "Your answer",
        radios=True,
        options=[
            Option(id="publish", label="Publish it", note="Leaders see it and can apply."),
            Option(id="back", label="Send it back", note="Say what it lacks; they change it."),
        ],
        required="Choose whether it is published or goes back.",
    )
    word = TextField("A word on it", max_chars=2000, rows=3)

    def command(self) -> Answer:
        """What was chosen and typed."""
        return Answer(publish=self.answer.data == "publish", word=self.word.data)


class CloseForm(Form):
    """Why an opening takes no more applications, and what becomes of those that wait."""

    reason = TextField(
        "Why it closes",
        max_chars=2000,
        rows=3,
        required="Say why, in a sentence; those who applied will read it.",
    )
    waiting = ChoiceField(
        "Applications that wait",
        radios=True,
        default="kept",
        options=[
            Option(id="kept", label="They still get an answer each"),
            Option(id="declined", label="All are declined with this reason"),
        ],
        required="Choose what becomes of those who applied.",
    )

    def command(self) -> CloseOpening:
        """What was typed and chosen; where nobody waits, that is not asked."""
        declines = "waiting" in self and self.waiting.data == "declined"
        return CloseOpening(reason=self.reason.data, declines=declines)


class TemplateForm(Form):
    """What the template of an opening is called."""

    title = LineField("Name of the template", required="Give the template a name.")


class OpenToForm(Form):
    """For which kinds of openings somebody is open to offers."""

    kinds = EnumManyField("Kinds", PostingKind, words={kind: kind.label for kind in PostingKind})

    def command(self) -> frozenset[PostingKind]:
        """What was ticked."""
        return frozenset(self.kinds.data)
