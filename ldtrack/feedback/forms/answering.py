"""Forms of the questionnaire for raters, made for what it asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ldtrack.core import ids
from ldtrack.feedback.domain.asked import ItemRow, QuestionnaireRow, QuestionRow
from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.phrases import ENGLISH, Phrases
from ldtrack.feedback.domain.rows import Sharing
from ldtrack.feedback.domain.wording import NOT_OBSERVED as NOT_OBSERVED_WORDS
from ldtrack.ui.fields import ChoiceField, EnumField, Option, PickManyField, TextField
from ldtrack.ui.forms import Form

MOST_CHARS = 10_000
NOT_OBSERVED = "no"


class TracelessForm(Form):
    """A rater's form.

    It carries no key against double submits: that key would be stored with the time at which it
    was used. Saving the same answers twice leaves them the same.
    """

    idempotency_key = None  # type: ignore[assignment]  # the form base has one

    def __init__(self, *args: Any, said: Phrases = ENGLISH, **filled: Any) -> None:
        self.spoken = Spoken(said)
        super().__init__(*args, **filled)


class Spoken:
    """A rater's phrases as WTForms looks them up."""

    def __init__(self, said: Phrases) -> None:
        self.said = said

    def gettext(self, english: str) -> str:
        """The phrase without values put in."""
        return self.said.say(english)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The phrase for so many, without the number put in."""
        return self.said.say(one if n in self.said.singular else many)


class ScoresForm(TracelessForm):
    """Items to score; the fields are added for each questionnaire."""

    def scores(self, items: Sequence[ItemRow]) -> dict[int, int | None]:
        """What was chosen: a score, or None for "not able to observe"; blanks are left out."""
        chosen = {item.id: self[field_name(item)].data for item in items}
        return {
            item_id: None if choice == NOT_OBSERVED else int(choice)
            for item_id, choice in chosen.items()
            if choice is not None
        }


class MattersMostForm(TracelessForm):
    """The competencies that matter most, at most a few of them."""

    competencies = PickManyField("What matters most")


class CommentsForm(TracelessForm):
    """The open questions; the fields are added for each questionnaire."""

    def comments(self, questions: Sequence[QuestionRow]) -> dict[str, WrittenComment]:
        """What was written, and how it may be used."""
        return {
            question.key: WrittenComment(
                text=self[f"q_{question.key}"].data, sharing=self._sharing(question)
            )
            for question in questions
        }

    def _sharing(self, question: QuestionRow) -> Sharing:
        name = f"share_{question.key}"
        chosen = self[name].data if name in self else None
        return Sharing(chosen or Sharing.AS_WRITTEN)


def field_name(item: ItemRow) -> str:
    """The name of an item's field."""
    return f"i_{ids.encode(item.id)}"


def scores_form(
    form: QuestionnaireRow,
    items: Sequence[ItemRow],
    given: Mapping[int, int | None],
    *,
    words: Sequence[str] = (),
    not_observed: str = NOT_OBSERVED_WORDS,
    said: Phrases = ENGLISH,
) -> ScoresForm:
    """A form with one scale for each item, filled with what was given before.

    The steps have the questionnaire's words, or others.
    """
    words = words or form.words or ("",) * (form.hi - form.lo + 1)
    options = [
        Option(id=str(score), label=str(score), note=word)
        for score, word in zip(range(form.lo, form.hi + 1), words, strict=True)
    ] + [Option(id=NOT_OBSERVED, label=not_observed)]
    fields: dict[str, Any] = {
        field_name(item): ChoiceField(item.text, radios=True, options=options) for item in items
    }
    kind: type[ScoresForm] = type("ItemsForm", (ScoresForm,), fields)
    return kind(
        said=said,
        data={
            field_name(item): NOT_OBSERVED if given[item.id] is None else str(given[item.id])
            for item in items
            if item.id in given
        },
    )


def matters_most_form(
    options: Sequence[Option], chosen: Collection[int], *, said: Phrases = ENGLISH
) -> MattersMostForm:
    """A form with a box for each competency, ticked as before."""
    form = MattersMostForm(data={"competencies": sorted(chosen)}, said=said)
    form.competencies.label.text = said.say("What matters most")
    form.competencies.options = options
    return form


def comments_form(
    questions: Sequence[QuestionRow],
    given: Mapping[str, WrittenComment],
    *,
    may_choose: bool,
    said: Phrases = ENGLISH,
) -> CommentsForm:
    """A form with a box for each question, and how it may be shared if that can be chosen."""
    fields: dict[str, Any] = {}
    for question in questions:
        fields[f"q_{question.key}"] = TextField(
            question.text, hint=question.hint, max_chars=MOST_CHARS, rows=4
        )
        if may_choose:
            fields[f"share_{question.key}"] = EnumField(
                said.say("How it may be shared"),
                Sharing,
                words={
                    Sharing.AS_WRITTEN: said.say("As written"),
                    Sharing.SUMMED_UP: said.say("Summed up only"),
                    Sharing.COACH_ONLY: said.say("Coach only"),
                },
                radios=True,
                default=Sharing.AS_WRITTEN,
            )
    kind: type[CommentsForm] = type("WordsForm", (CommentsForm,), fields)
    filled: dict[str, Any] = {}
    for key, comment in given.items():
        filled |= {f"q_{key}": comment.text, f"share_{key}": comment.sharing}
    return kind(data=filled, said=said)
