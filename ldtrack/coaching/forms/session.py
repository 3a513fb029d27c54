"""The session form: logging one, putting a logged one right, and the lines of its draft."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from wtforms import FieldList, FormField
from wtforms import Form as PlainForm

from ldtrack.coaching.domain import CorrectSession, LogSession, NewAction
from ldtrack.coaching.domain.rules import MOST_DRAFT
from ldtrack.coaching.domain.templates import Template
from ldtrack.ui.cleaning import clean_text
from ldtrack.ui.fields import (
    ChoiceField,
    DayField,
    EnumField,
    LineField,
    Option,
    PickField,
    PickManyField,
)
from ldtrack.ui.fields import TextField as NoteField
from ldtrack.ui.forms import Form

MOST_NEW_ACTIONS = 5
_LENGTHS = (15, 20, 30, 45, 50, 60, 75, 90, 105, 120, 150, 180, 240)
_TEMPLATES = {one: one.label for one in Template}
_IN_A_DRAFT = re.compile(
    r"held_on|minutes|template|follows|competencies|others|shared_note|private_note"
    r"|milestones_(agreed|met|missed)|actions_done|next_on|unsigned_reason"
    r"|new_actions-[0-9]-(text|owner|due_on)"
)


class NewActionForm(PlainForm):
    """One line of the new actions; an empty one is none."""

    text = LineField("What", max_chars=300)
    owner = PickField("Who", blank="Choose who")
    due_on = DayField("By")


class _SessionParts(Form):
    """What every session has."""

    held_on = DayField("Date", required="Give the day of the session.")
    minutes = ChoiceField("Length", required="Say how long it was.")
    template = EnumField("Kind of session", Template, words=_TEMPLATES)
    follows = LineField("Follows up", hint="The course or assignment it took up, if there is one.")
    competencies = PickManyField("Competencies")
    others = PickManyField("Other competencies")
    shared_note = NoteField("Shared note", rows=5)
    private_note = NoteField("Private note", rows=5)
    next_on = DayField("Next session")

    def offer_competencies(self, focus: list[Option], others: list[Option]) -> None:
        """Offer what the role asks for first; what was chosen is ticked wherever it stands."""
        self.competencies.options, self.others.options = focus, others
        if not self.is_submitted():
            chosen = [*(self.competencies.data or ()), *(self.others.data or ())]
            self.competencies.data = self.others.data = chosen

    def offer_lengths(self, present: str | None = None) -> None:
        """The usual lengths, and the one that the session has already."""
        given = str(present or self.minutes.data or "")
        every = {*_LENGTHS, int(given)} if re.fullmatch("[0-9]{1,3}", given) else {*_LENGTHS}
        self.minutes.options = [
            Option(id=str(minutes), label=f"{minutes} minutes")
            for minutes in sorted(every & set(range(5, 481)))
        ]

    def chosen_competencies(self) -> tuple[int, ...]:
        """Both lists as one, without repeats."""
        return tuple(dict.fromkeys([*self.competencies.data, *self.others.data]))


class SessionForm(_SessionParts):
    """A session that was held, and what moved in it."""

    unsigned_reason = LineField("Why it was held before an agreement is signed")
    milestones_agreed = PickManyField("Agree to what is proposed")
    milestones_met = PickManyField("Met")
    milestones_missed = PickManyField("Missed")
    actions_done = PickManyField("Carried over")
    new_actions = FieldList(
        FormField(NewActionForm, label=""),
        label="New actions",
        min_entries=MOST_NEW_ACTIONS,
        max_entries=MOST_NEW_ACTIONS,
    )

    def offer_owners(self, owners: list[Option]) -> None:
        """Who can promise something; unless said otherwise it is the first."""
        for line in self.new_actions:
            line.owner.options = owners
            if line.owner.data is None and not line.owner.raw_data:
                line.owner.data = owners[0].id

    def leave_reason_out(self) -> None:
        """Do not ask why: there is an agreement, or it was said before."""
        del self.unsigned_reason

    def typed_more(self) -> bool:
        """Whether something stands in a line after the first, or is wrong there."""
        return any(line.text.data or line.errors for line in list(self.new_actions)[1:])

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself; and an action with a day says what is to be done."""
        fine = bool(super().validate(extra_validators))
        for line in self.new_actions:
            if line.due_on.data and not line.text.data:
                line.text.errors = [*line.text.errors, "Say what is to be done."]
                fine = False
        return fine

    def command(self) -> LogSession:
        """What was typed."""
        return LogSession(
            held_on=self.held_on.data,
            minutes=int(self.minutes.data),
            template=Template(self.template.data or Template.OPEN),
            competency_ids=self.chosen_competencies(),
            follows=self.follows.data,
            shared_note=self.shared_note.data,
            private_note=self.private_note.data,
            milestones_agreed=tuple(self.milestones_agreed.data),
            milestones_met=tuple(self.milestones_met.data),
            milestones_missed=tuple(self.milestones_missed.data),
            actions_done=tuple(self.actions_done.data),
            new_actions=tuple(_promised(self.new_actions)),
            next_on=self.next_on.data,
            unsigned_reason=self.unsigned_reason.data if "unsigned_reason" in self else "",
        )


class CorrectForm(_SessionParts):
    """A logged session put right."""

    milestones_back = PickManyField("Take back")

    def command(self) -> CorrectSession:
        """What was typed."""
        return CorrectSession(
            held_on=self.held_on.data,
            minutes=int(self.minutes.data),
            template=Template(self.template.data or Template.OPEN),
            competency_ids=self.chosen_competencies(),
            follows=self.follows.data,
            shared_note=self.shared_note.data,
            private_note=self.private_note.data,
            milestones_back=tuple(self.milestones_back.data),
            next_on=self.next_on.data,
        )


def draft_lines(sent: Any) -> dict[str, list[str]]:
    """What a draft keeps of the lines that were sent: the form's own fields, cleaned."""
    return {
        name: [_cleaned(text) for text in sent.getlist(name)]
        for name in sent
        if _IN_A_DRAFT.fullmatch(name)
    }


def _cleaned(text: str) -> str:
    # What is far too long is refused anyway; cleaning it first would only cost time.
    return text if len(text) > MOST_DRAFT else clean_text(text)


def _promised(lines: Iterable[Any]) -> Iterable[NewAction]:
    for line in lines:
        if line.text.data:
            yield NewAction(owner_id=line.owner.data, text=line.text.data, due_on=line.due_on.data)
