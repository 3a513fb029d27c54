"""The forms of agreements: what a version says, a signature, and words on why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import FieldList, FormField
from wtforms import Form as PlainForm

from ldtrack.coaching.domain import SponsorSees
from ldtrack.coaching.domain.agreements import MOST_GOALS, Goal, WriteAgreement
from ldtrack.ui.fields import (
    ChoiceField,
    EnumManyField,
    LineField,
    Option,
    PickField,
    TextField,
    TickField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form


class GoalForm(PlainForm):
    """One goal; without a competency it is none."""

    competency = PickField("Competency", blank="None")
    level = ChoiceField("Target level", blank="Choose a level")
    words = LineField("How it will show")


class VersionForm(Form):
    """What a version of the agreement says."""

    purpose = TextField(
        "What the coaching is for",
        max_chars=4000,
        rows=4,
        required="Say what the coaching is for, in the leader’s own words.",
    )
    goals = FieldList(
        FormField(GoalForm, label=""),
        label="Goals",
        min_entries=MOST_GOALS,
        max_entries=MOST_GOALS,
    )
    sessions_agreed = WholeNumberField(
        "Sessions agreed", lowest=1, highest=100, required="Say how many sessions are agreed."
    )
    sponsor_sees = EnumManyField(
        "What the sponsor may see",
        SponsorSees,
        words={word: word.label for word in SponsorSees},
    )
    with_manager = TickField("The line manager reads and signs it too")

    def offer(self, competencies: list[Option], levels: list[Option]) -> None:
        """What a goal can be about, and the levels it can aim at."""
        for line in self.goals:
            line.competency.options, line.level.options = competencies, levels

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself; and a goal says what it is about and how far it goes."""
        fine = bool(super().validate(extra_validators))
        for line in self.goals:
            if line.competency.data is not None and line.level.data is None and not line.errors:
                line.level.errors = ["Choose the level that it aims at."]
                fine = False
            elif line.competency.data is None and (line.level.data or line.words.data):
                line.competency.errors = ["Choose the competency that it is about."]
                fine = False
        return fine

    def command(self) -> WriteAgreement:
        """What was typed."""
        return WriteAgreement(
            purpose=self.purpose.data,
            sponsor_sees=frozenset(self.sponsor_sees.data),
            sessions_agreed=self.sessions_agreed.data,
            goals=tuple(_aimed(self.goals)),
            with_manager=self.with_manager.data,
        )


class SignatureForm(Form):
    """A name under the agreement."""

    name = LineField("Your full name", max_chars=200, required="Type your name to sign.")
    read = TickField("I have read it and agree", required="Tick that you have read it and agree.")


class RefusalForm(Form):
    """Why somebody does not sign."""

    word = LineField(
        "What should be different",
        required="Say in a few words what should be different.",
    )


class WithdrawalForm(Form):
    """Why it is taken back."""

    word = LineField("Why", required="Say in a few words why.")


def _aimed(lines: Iterable[Any]) -> Iterable[Goal]:
    for line in lines:
        if line.competency.data is not None:
            yield Goal(
                competency_id=line.competency.data,
                level=int(line.level.data),
                words=line.words.data,
            )
