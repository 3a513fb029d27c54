"""The forms of triads: beginning one, asking somebody, checking in, telling and noting."""

from __future__ import annotations

from collections.abc import Sequence

from ldtrack.core import ids
from ldtrack.network.domain.triads import (
    MOST_LINE,
    MOST_PURPOSE,
    MOST_TOLD,
    MOST_WORD,
    CheckInNow,
    CommitmentRow,
    CommitmentState,
    NoteKind,
    Report,
    StartTriad,
)
from ldtrack.ui.fields import ChoiceField, DayField, EnumField, LineField, Option, TextField
from ldtrack.ui.forms import Form

_WEEKS = (
    Option(id="1", label="Every week"),
    Option(id="2", label="Every two weeks"),
    Option(id="4", label="Every four weeks"),
)


class StartForm(Form):
    """A purpose, a rhythm and two others."""

    purpose = LineField(
        "What for", max_chars=MOST_PURPOSE, required="Say in a line what you would meet for."
    )
    weeks = ChoiceField(
        "How often you hear of each other",
        radios=True,
        required="Choose one of these.",
        default="2",
        options=list(_WEEKS),
    )
    first = LineField("The second of you", required="Say whom you would ask.")
    second = LineField("The third of you", required="Say whom you would ask.")

    def command(self) -> StartTriad:
        """What was typed."""
        return StartTriad(
            purpose=self.purpose.data,
            weeks=int(self.weeks.data),
            others=(self.first.data, self.second.data),
        )


class InviteForm(Form):
    """Somebody for a free seat."""

    who = LineField("Whom you would ask", required="Say whom you would ask.")


class CheckInForm(Form):
    """What became of what was promised; `reports` are added, a pair of fields for each."""

    word = TextField("A word to the others", max_chars=MOST_WORD, rows=3)
    what = LineField("Something you will do next", max_chars=MOST_LINE)
    until = DayField("Until")

    def validate(self, extra_validators: object = None) -> bool:
        """Also: what was changed or dropped comes with what happened, a promise with its day."""
        fine = bool(super().validate(extra_validators))
        if self.what.data and not self.until.data and not self.until.errors:
            self.until.errors = ["Say until when."]
            return False
        return fine

    def command(self, open_ones: Sequence[CommitmentRow]) -> CheckInNow:
        """What was said."""
        return CheckInNow(
            reports=tuple(
                Report(
                    commitment_id=row.id,
                    state=self[state_name(row)].data,
                    told=self[told_name(row)].data,
                )
                for row in open_ones
            ),
            word=self.word.data,
            what=self.what.data,
            until=self.until.data,
        )


class CommitForm(Form):
    """Something to do until a day."""

    what = LineField(
        "What you will do", max_chars=MOST_LINE, required="Say in a line what you will do."
    )
    until = DayField("Until", required="Say until when.")


class TellForm(Form):
    """An experience."""

    body = TextField(
        "What happened", max_chars=MOST_TOLD, rows=8, required="Tell it in a line at least."
    )


class SayForm(Form):
    """A question or a note."""

    kind = EnumField(
        "What it is",
        NoteKind,
        words={kind: kind.label for kind in NoteKind},
        radios=True,
        default=NoteKind.QUESTION,
        required="Choose one of these.",
    )
    body = TextField("Your words", max_chars=MOST_WORD, rows=3, required="Write a line first.")


def state_name(row: CommitmentRow) -> str:
    """The field of what became of a commitment."""
    return f"state_{ids.encode(row.id)}"


def told_name(row: CommitmentRow) -> str:
    """The field of what happened with it."""
    return f"told_{ids.encode(row.id)}"


def check_in_form(open_ones: Sequence[CommitmentRow]) -> CheckInForm:
    """The form, with a pair of fields for each commitment that is open."""
    fields = {}
    for row in open_ones:
        fields[state_name(row)] = EnumField(
            row.what,
            CommitmentState,
            words={state: state.label for state in CommitmentState},
            radios=True,
            default=CommitmentState.OPEN,
            required="Choose one of these.",
        )
        fields[told_name(row)] = TextField("What happened", max_chars=MOST_WORD, rows=2)
    made: type[CheckInForm] = type("CheckInForm", (CheckInForm,), fields)
    return made()
