"""Forms of the questionnaire for raters, made for what it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ldtrack.core import ids
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.rows import ItemRow, QuestionnaireRow, QuestionRow
from ldtrack.ui.fields import ChoiceField, Option, TextField, TickField
from ldtrack.ui.forms import Form

MOST_CHARS = 4_000
NOT_OBSERVED = "no"


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
