"""The form of a step: the same for every kind, but for what the kind has to name."""

from __future__ import annotations

from collections.abc import Sequence

from ldtrack.pathways.domain import HEAVIEST, StepKind
from ldtrack.pathways.domain.commands import WriteStep
from ldtrack.pathways.forms.design import DueFields
from ldtrack.ui.fields import (
    ChoiceField,
    LineField,
    Option,
    PickField,
    PickManyField,
    TextField,
    TickField,
    WebAddressField,
    WholeNumberField,
)

_NAMES: dict[StepKind, tuple[str, ...]] = {
    StepKind.COURSE: ("course_id",),
    StepKind.MILESTONE: ("competency_id", "level"),
    StepKind.ASSIGNMENT: ("competency_id", "posting_id"),
    StepKind.FEEDBACK: (),
    StepKind.REFLECTION: (),
    StepKind.READING: ("address",),
    StepKind.COMMUNITY: ("address",),
}
"""What each kind names; the other fields of the form are taken out."""


class StepForm(DueFields):
    """One step. Made by `step_form`, which leaves the fields that the kind needs."""

    course_id = PickField("Course")
    competency_id = PickField("Competency")
    level = ChoiceField("Level")
    posting_id = PickField("A particular posting", blank="Any that develops the competency")
    address = WebAddressField("Web address")
    title = LineField("Title", required="Give the step a title.")
    text = TextField("What it is for", max_chars=4000, rows=3)
    required = TickField("Required to close the stage", default=True)
    weight = WholeNumberField(
        "Weight", lowest=1, highest=HEAVIEST, default=1, required="Give a weight."
    )
    group_id = PickField("One of a choice", blank="On its own")
    requires = PickManyField("Comes after")

    kind: StepKind

    def command(self) -> WriteStep:
        """What was typed."""
        named = {name: self[name].data for name in _NAMES[self.kind]}
        if "address" in named:
            named["address"] = named["address"] or ""
        if "level" in named:
            named["level"] = int(named["level"]) if named["level"] else None
        return WriteStep(
            kind=self.kind,
            title=self.title.data,
            required=self.required.data,
            weight=self.weight.data,
            text=self.text.data,
            group_id=self.group_id.data if "group_id" in self else None,
            due_from=self.reckoned_from,
            due_days=self.due_days.data,
            due_date=self.due_date.data,
            requires=tuple(self.requires.data) if "requires" in self else (),
            **named,
        )


def step_form(
    kind: StepKind,
    *,
    options: dict[str, Sequence[Option]],
    before: Sequence[Option],
    groups: Sequence[Option] = (),
    data: dict[str, object] | None = None,
) -> StepForm:
    """The form for a kind; `options` are choices by field, `before` the steps to come after.

    `groups` are the choices of the stage that it can be one of.
    """
    form = StepForm(data=data)
    form.kind = kind
    for name in ("course_id", "competency_id", "level", "posting_id", "address"):
        if name not in _NAMES[kind]:
            del form[name]
        elif name != "address":
            form[name].options = options.get(name, ())
    if groups:
        form.group_id.options = groups
    else:
        del form.group_id
    if before:
        form.requires.options = before
    else:
        del form.requires
    if kind is StepKind.REFLECTION:
        form.text.label.text = "Prompt"
    return form
