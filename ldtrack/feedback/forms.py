"""Forms of 360 cycles for HR, and of the questionnaire for raters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ldtrack.core import ids
from ldtrack.feedback.domain.anonymity import LARGEST_K, SMALLEST_K
from ldtrack.feedback.domain.answers import RaterGroup
from ldtrack.feedback.domain.commands import (
    AskRater,
    BuildQuestionnaire,
    NewCycle,
    WrittenComment,
)
from ldtrack.feedback.domain.rows import ItemRow, QuestionnaireRow, QuestionRow
from ldtrack.ui.fields import (
    ChoiceField,
    DayField,
    EmailField,
    LineField,
    Option,
    PickManyField,
    TextField,
    TickField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form

MOST_CHARS = 4_000
NOT_OBSERVED = "no"
_PLAIN = "plain"


class NewCycleForm(Form):
    """A cycle with its questionnaire."""

    name = LineField("Name", max_chars=120, required="Give the cycle a name.")
    opens_on = DayField("Planned to open", required="Say when it should open.")
    closes_on = DayField("Last day for answers", required="Say until when people can answer.")
    competencies = PickManyField(
        "Competencies to ask about", required="Choose at least one competency."
    )
    level = ChoiceField("Level of the statements", blank="The middle of the scale")
    per_competency = WholeNumberField(
        "Statements for each competency", lowest=1, highest=6, default=3
    )
    scale = ChoiceField(
        "Answers are given",
        radios=True,
        default="levels",
        options=[
            Option(id="levels", label="In the framework’s levels"),
            Option(id=_PLAIN, label="From “hardly ever” to “almost always”"),
        ],
    )
    k = WholeNumberField(
        "Fewest raters shown together",
        lowest=SMALLEST_K,
        highest=LARGEST_K,
        hint="Your organisation’s floor can be raised here, never lowered.",
    )

    def command(self, framework_version_id: int) -> NewCycle:
        """What was chosen."""
        return NewCycle(
            name=self.name.data,
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            k=self.k.data,
            questionnaire=BuildQuestionnaire(
                framework_version_id=framework_version_id,
                competency_ids=tuple(self.competencies.data),
                level=int(self.level.data) if self.level.data else None,
                per_competency=self.per_competency.data or 1,
                plain_scale=self.scale.data == _PLAIN,
            ),
        )


class AddSubjectsForm(Form):
    """People to receive feedback, from a search."""

    people = PickManyField("People", required="Tick at least one person.")


class AskKnownForm(Form):
    """People of the organisation to be asked, from a search."""

    people = PickManyField("People", required="Tick at least one person.")
    group = ChoiceField("As", required="Say in which group they answer.")

    def commands(self) -> list[AskRater]:
        """One for each person."""
        return [AskRater(group_key=self.group.data, person_id=id_) for id_ in self.people.data]


class AskOutsideForm(Form):
    """Somebody from outside the organisation."""

    name = LineField("Name", required="Give their name.")
    email = EmailField("E-mail address", required="Give their e-mail address.")
    group = ChoiceField("As", required="Say in which group they answer.")

    def command(self) -> AskRater:
        """Who was typed in."""
        return AskRater(group_key=self.group.data, name=self.name.data, email=self.email.data)


class LastDayForm(Form):
    """Another last day."""

    closes_on = DayField("Last day for answers", required="Say until when people can answer.")


class TracelessForm(Form):
    """A rater's form.

    It carries no key against double submits: that key would be stored with the time at which it
    was used. Saving the same answers twice leaves them the same.
    """

    idempotency_key = None  # type: ignore[assignment]  # the form base has one


class ScoresForm(TracelessForm):
    """The items of one competency; the fields are added for each questionnaire."""

    def scores(self, items: Sequence[ItemRow]) -> dict[int, int | None]:
        """What was chosen: a score, or None for "not able to observe"; blanks are left out."""
        chosen = {item.id: self[field_name(item)].data for item in items}
        return {
            item_id: None if choice == NOT_OBSERVED else int(choice)
            for item_id, choice in chosen.items()
            if choice is not None
        }


class CommentsForm(TracelessForm):
    """The open questions; the fields are added for each questionnaire."""

    def comments(self, questions: Sequence[QuestionRow]) -> dict[str, WrittenComment]:
        """What was written, and to whom it may go."""
        return {
            question.key: WrittenComment(
                text=self[f"q_{question.key}"].data,
                coach_only=bool(
                    f"coach_{question.key}" in self and self[f"coach_{question.key}"].data
                ),
            )
            for question in questions
        }


def field_name(item: ItemRow) -> str:
    """The name of an item's field."""
    return f"i_{ids.encode(item.id)}"


def scores_form(
    form: QuestionnaireRow, items: Sequence[ItemRow], given: Mapping[int, int | None]
) -> ScoresForm:
    """A form with one scale for each item, filled with what was given before."""
    words = form.words or ("",) * (form.hi - form.lo + 1)
    options = [
        Option(id=str(score), label=str(score), note=word)
        for score, word in zip(range(form.lo, form.hi + 1), words, strict=True)
    ] + [Option(id=NOT_OBSERVED, label="Not able to observe")]
    fields: dict[str, Any] = {
        field_name(item): ChoiceField(item.text, radios=True, options=options) for item in items
    }
    kind: type[ScoresForm] = type("ItemsForm", (ScoresForm,), fields)
    return kind(
        data={
            field_name(item): NOT_OBSERVED if given[item.id] is None else str(given[item.id])
            for item in items
            if item.id in given
        }
    )


def comments_form(
    questions: Sequence[QuestionRow], given: Mapping[str, WrittenComment], *, has_coach: bool
) -> CommentsForm:
    """A form with a box for each question, and who may read it if there is a coach."""
    fields: dict[str, Any] = {}
    for question in questions:
        fields[f"q_{question.key}"] = TextField(
            question.text, hint=question.hint, max_chars=MOST_CHARS, rows=4
        )
        if has_coach:
            fields[f"coach_{question.key}"] = TickField(
                "Only the coach may read this and sum it up"
            )
    kind: type[CommentsForm] = type("WordsForm", (CommentsForm,), fields)
    filled: dict[str, Any] = {}
    for key, comment in given.items():
        filled |= {f"q_{key}": comment.text, f"coach_{key}": comment.coach_only}
    return kind(data=filled)


def group_options(groups: Sequence[RaterGroup]) -> list[Option]:
    """The rater groups to choose from."""
    return [Option(id=group.key, label=group.name) for group in groups]
