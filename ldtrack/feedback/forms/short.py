"""Forms of short feedback: giving some, and asking for some."""

from __future__ import annotations

from collections.abc import Sequence

from ldtrack.core import ids
from ldtrack.feedback.domain.short import (
    MOST_CHARS,
    MOST_QUESTION,
    AskForShort,
    Behaviour,
    GiveShort,
    ShortKind,
)
from ldtrack.ui.fields import ChoiceField, EnumField, LineField, Option, TextField
from ldtrack.ui.forms import Form

WHOLE = "whole"
"""Chosen where the words are about the competency and not about one of its behaviours."""


class AnswerShortForm(Form):
    """What somebody saw, and what they wish for."""

    kind = EnumField(
        "What do you wish for?",
        ShortKind,
        words={kind: kind.label for kind in ShortKind},
        radios=True,
        required="Say whether it should stay or change.",
    )
    body = TextField(
        "What did you see, and what did it lead to?",
        max_chars=MOST_CHARS,
        rows=5,
        required="Say what you saw, and what it led to.",
    )


class _AboutForm(Form):
    """What it is about: one behaviour, or the competency as a whole."""

    behaviour = ChoiceField("What is it about?", radios=True, default=WHOLE)

    def offer(self, behaviours: Sequence[Option]) -> None:
        """The behaviours of the competency, by level."""
        self.behaviour.options = behaviours

    def about(self, competency_id: int) -> Behaviour:
        """What was chosen."""
        chosen = self.behaviour.data or WHOLE
        return Behaviour(
            competency_id=competency_id,
            indicator_id=None if chosen == WHOLE else ids.decode(chosen),
        )


class GiveShortForm(_AboutForm, AnswerShortForm):
    """Short feedback of one's own accord."""

    def command(self, person_id: int, competency_id: int) -> GiveShort:
        """What was written, for this colleague."""
        return GiveShort(
            person_id=person_id,
            about=self.about(competency_id),
            kind=self.kind.data,
            body=self.body.data,
        )


class AskForShortForm(_AboutForm):
    """A request for short feedback."""

    question = LineField("A word to them", max_chars=MOST_QUESTION)

    def command(self, asked_id: int, competency_id: int) -> AskForShort:
        """What was asked, of this colleague."""
        return AskForShort(
            asked_id=asked_id,
            about=self.about(competency_id),
            question=self.question.data,
        )
