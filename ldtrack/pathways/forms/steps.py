"""The form of a step: the same for every kind, but for what the kind has to name."""

from __future__ import annotations

from collections.abc import Sequence

from ldtrack.pathways.domain import HEAVIEST, LONGEST_DAYS, StepKind
from ldtrack.pathways.domain.commands import WriteStep
from ldtrack.ui.fields import (
    ChoiceField,
    LineField,
    Option,
    PickField,
    PickManyField,
    TextField,
    TickField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form

_NAMES: dict[StepKind, tuple[str, ...]] = {
    StepKind.COURSE: ("course_id",),
    StepKind.MILESTONE: ("competency_id", "level"),
    StepKind.ASSIGNMENT: ("competency_id", "posting_id"),
    StepKind.FEEDBACK: (),
    StepKind.REFLECTION: (),
}
"""What each kind names; the other fields of the form are taken out."""


class StepForm(Form):
    """One step. Made by `step_form`, which leaves the fields that the kind needs."""

    course_id = PickField("Course")
    competency_id = PickField("Competency")
    level = ChoiceField("Level")
    posting_id = PickField("A particular posting", blank="Any that develops the competency")
    title = LineField("Title", required="Give the step a title.")
    text = TextField("What it is for", max_chars=4000, rows=3)
    required = TickField("Required to close the stage", default=True)
    weight = WholeNumberField(
        "Weight", lowest=1, highest=HEAVIEST, default=1, required="Give a weight."
    )
    due_days = WholeNumberField("Due, in days after enrolment", lowest=0, highest=LONGEST_DAYS)
    requires = PickManyField("Comes after")

    kind: StepKind

    def command(self) -> WriteStep:
        """What was typed."""
        named = {name: self[name].data for name in _NAMES[self.kind]}
        if "level" in named:
            named["level"] = int(named["level"]) if named["level"] else None
        return WriteStep(
            kind=self.kind,
            title=self.title.data,
            required=self.required.data,
            weight=self.weight.data,
            text=self.text.data,
            due_days=self.due_days.data,
            requires=tuple(self.requires.data) if "requires" in self else (),
            **named,
        )


def step_form(
    kind: StepKind,
    *,
    options: dict[str, Sequence[Option]],
    before: Sequence[Option],
    data: dict[str, object] | None = None,
) -> StepForm:
    """The form for a kind; `options` are choices by field, `before` the steps to come after."""
    form = StepForm(data=data)
    form.kind = kind
    for name in ("course_id", "competency_id", "level", "posting_id"):
        if name in _NAMES[kind]:
            form[name].options = options.get(name, ())
        else:
            del form[name]
    if before:
        form.requires.options = before
    else:
        del form.requires
    if kind is StepKind.REFLECTION:
        form.text.label.text = "Prompt"
    return form
