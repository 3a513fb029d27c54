"""The forms of the journal: an entry, and the rhythm of writing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ldtrack.access.domain import RelationshipKind
from ldtrack.competencies.domain import CompetencyRow
from ldtrack.reflection.domain.journal import (
    MOST_ABOUT,
    MOST_CHARACTERS,
    RHYTHMS,
    Draft,
    Prompt,
    Reader,
    WriteEntry,
)
from ldtrack.ui.fields import (
    ChoiceField,
    HiddenLineField,
    LineField,
    Option,
    PickManyField,
    TextField,
    TickField,
)
from ldtrack.ui.forms import Form

_NEVER = "0"
_WHO = {
    RelationshipKind.COACH: "your coach",
    RelationshipKind.SPONSOR: "your sponsor",
    RelationshipKind.PEER: "in your triad",
}


class EntryForm(Form):
    """One box, what it is about and who may read it; the prompt travels along unseen."""

    body = TextField("Your entry", max_chars=MOST_CHARACTERS, rows=8)
    about = LineField("What it looks back on", max_chars=MOST_ABOUT)
    competencies = PickManyField("Competencies it is about")
    readers = PickManyField("Who else may read it")
    prompt = HiddenLineField(max_chars=20)

    @property
    def chosen(self) -> Prompt:
        """The prompt that the box was begun with; a mangled one is a blank page."""
        return prompt_called(self.prompt.data)

    def draft(self) -> Draft:
        """What was begun."""
        return Draft(body=self.body.data, about=self.about.data, prompt=self.chosen)

    def command(self, *, step_id: int | None = None) -> WriteEntry:
        """What was written."""
        return WriteEntry(
            body=self.body.data,
            prompt=self.chosen,
            about="" if step_id is not None else self.about.data,
            reader_ids=tuple(self.readers.data),
            competency_ids=tuple(self.competencies.data),
            step_id=step_id,
        )


class RhythmForm(Form):
    """How often one wants to write, and whether the coach sees how often one does."""

    weeks = ChoiceField(
        "Remind me",
        radios=True,
        required="Choose one of these.",
        options=[
            Option(id=_NEVER, label="Never"),
            Option(id="1", label="Every week"),
            Option(id="2", label="Every two weeks"),
            Option(id="4", label="Every four weeks"),
        ],
    )
    shown = TickField("My coach may see in how many weeks I wrote")

    def chosen_weeks(self) -> int | None:
        """The weeks between two entries; nothing for never."""
        return next((weeks for weeks in RHYTHMS if str(weeks) == self.weeks.data), None)


def rhythm_data(every: int | None, *, shown: bool) -> dict[str, Any]:
    """What the form of the rhythm begins with."""
    return {"weeks": str(every or _NEVER), "shown": shown}


def prompt_called(word: str) -> Prompt:
    """The prompt of that name; a blank page if there is none."""
    return Prompt(word) if word in list(Prompt) else Prompt.OPEN


def entry_form(
    data: dict[str, Any] | None, readers: Iterable[Reader], competencies: Iterable[CompetencyRow]
) -> EntryForm:
    """The form, with whom the author could let read and the competencies of their role."""
    form = EntryForm(data=data)
    form.readers.options = reader_options(readers)
    form.competencies.options = [Option(id=one.id, label=one.name) for one in competencies]
    return form


def reader_options(readers: Iterable[Reader]) -> list[Option]:
    """Whom an author could let read, to tick."""
    return [Option(id=one.id, label=f"{one.name}, {_WHO[one.kind]}") for one in readers]
