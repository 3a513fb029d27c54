"""Forms of pulses: setting one up, asking a follow-up question, and answering."""

from __future__ import annotations

from typing import Any

from ldtrack.feedback.domain.phrases import ENGLISH, Phrases
from ldtrack.feedback.domain.pulses.commands import AskFollowUp, WritePulse
from ldtrack.feedback.domain.pulses.rows import Given, PulseRow, Statement
from ldtrack.feedback.domain.pulses.wording import CANNOT_SAY, MOST_CHARS, SCALE, STEPS
from ldtrack.feedback.forms.answering import TracelessForm
from ldtrack.ui.fields import (
    ChoiceField,
    DayField,
    EmailField,
    HiddenLineField,
    LineField,
    Option,
    PickManyField,
    TextField,
    TickField,
)
from ldtrack.ui.forms import Form

_CANNOT_SAY = "no"
_SEEN = "seen"


class WritePulseForm(Form):
    """A trust pulse: what it asks, until when, and whether HR sees who has answered."""

    name = LineField("Name", max_chars=120, required="Give the pulse a name.")
    closes_on = DayField("Last day for answers", required="Say until when people can answer.")
    statements = TextField(
        "Statements, one on each line",
        max_chars=3_000,
        rows=8,
        required="Write at least one statement.",
    )
    question = LineField("A question to answer in words", max_chars=300)
    shows_names = TickField("HR sees who has answered")

    def command(self) -> WritePulse:
        """What was written."""
        lines = (line.strip() for line in self.statements.data.splitlines())
        return WritePulse(
            name=self.name.data,
            closes_on=self.closes_on.data,
            statements=tuple(line for line in lines if line),
            question=self.question.data,
            shows_names=bool(self.shows_names.data),
        )


class PulsePeopleForm(Form):
    """People to be asked, from a search."""

    people = PickManyField("People", required="Tick at least one person.")


class PulseOutsiderForm(Form):
    """Somebody from outside the organisation."""

    name = LineField("Name", required="Give their name.")
    email = EmailField("E-mail address", required="Give their e-mail address.")


class FollowUpForm(Form):
    """One question about one competency or statement of a report."""

    about = ChoiceField("About", required="Choose what it is about.")
    question = TextField(
        "Your question", max_chars=500, rows=3, required="Write what you would like to know."
    )
    closes_on = DayField("Last day for answers", required="Say until when people can answer.")

    def command(self) -> AskFollowUp:
        """What was asked; what it is about is kept in the words that were on offer."""
        about = next(one.label for one in self.about.options if one.id == self.about.data)
        return AskFollowUp(about=about, question=self.question.data, closes_on=self.closes_on.data)


class PulseAnswerForm(TracelessForm):
    """The statements and the open question; the fields are added for each pulse.

    `looked` says that words which may tell who wrote them were pointed out once.
    """

    looked = HiddenLineField("")

    def given(self, pulse: PulseRow) -> Given:
        """What was answered; blanks are left out."""
        chosen = {one.key: self[field_name(one)].data for one in pulse.statements}
        return Given(
            scores={
                key: None if choice == _CANNOT_SAY else int(choice)
                for key, choice in chosen.items()
                if choice is not None
            },
            words=self["q_words"].data if "q_words" in self else "",
        )

    def was_pointed_out(self) -> bool:
        """Whether telling words were pointed out; if not, from now on they were."""
        seen: bool = self.looked.data == _SEEN
        self.looked.data = _SEEN
        return seen


def field_name(statement: Statement) -> str:
    """The name of a statement's field."""
    return f"a_{statement.key}"


def pulse_answer_form(
    pulse: PulseRow, given: Given | None, said: Phrases = ENGLISH
) -> PulseAnswerForm:
    """A form with a scale for each statement, filled with what was given before.

    What comes with ldtrack is asked in the reader's language, what HR worded as they worded it.
    """
    options = [
        Option(id=str(score), label=str(score), note=said.say(word))
        for score, word in zip(range(SCALE.lo, SCALE.hi + 1), STEPS, strict=True)
    ] + [Option(id=_CANNOT_SAY, label=said.say(CANNOT_SAY))]
    fields: dict[str, Any] = {
        field_name(one): ChoiceField(said.say(one.text), radios=True, options=options)
        for one in pulse.statements
    }
    if pulse.question:
        fields["q_words"] = TextField(
            said.say(pulse.question),
            max_chars=MOST_CHARS,
            rows=4,
            required=False if pulse.statements else said.say("Write something before you send."),
        )
    kind: type[PulseAnswerForm] = type("PulseFieldsForm", (PulseAnswerForm,), fields)
    if given is None:
        return kind(said=said)
    filled = {
        f"a_{key}": _CANNOT_SAY if score is None else str(score)
        for key, score in given.scores.items()
    }
    return kind(data={**filled, "q_words": given.words}, said=said)
