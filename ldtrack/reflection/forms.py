"""The form of a journal entry."""

from __future__ import annotations

from typing import Any

from ldtrack.reflection.domain import MOST_CHARACTERS, Prompt, WriteEntry
from ldtrack.ui.fields import HiddenLineField, TextField, TickField
from ldtrack.ui.forms import Form


class EntryForm(Form):
    """One box, and whether the coach may read it; the prompt travels along unseen."""

    body = TextField("Your entry", max_chars=MOST_CHARACTERS, rows=8)
    shared = TickField("Share it")
    prompt = HiddenLineField(max_chars=20)

    @property
    def chosen(self) -> Prompt:
        """The prompt that the box was begun with; a mangled one is a blank page."""
        return prompt_called(self.prompt.data)

    def command(self, *, step_id: int | None = None) -> WriteEntry:
        """What was written."""
        return WriteEntry(
            body=self.body.data,
            prompt=self.chosen,
            shared="shared" in self and self.shared.data,
            step_id=step_id,
        )


def prompt_called(word: str) -> Prompt:
    """The prompt of that name; a blank page if there is none."""
    return Prompt(word) if word in list(Prompt) else Prompt.OPEN


def entry_form(data: dict[str, Any] | None, coach: str | None) -> EntryForm:
    """The form; without a coach there is nobody to share with, so the tick is left out."""
    form = EntryForm(data=data)
    if coach is None:
        del form.shared
    else:
        form.shared.label.text = f"Share this entry with {coach}, your coach"
    return form
