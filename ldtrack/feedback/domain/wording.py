"""A questionnaire's texts and how they read in another language; where they lie is not here.

Every text has a key: `item:` and `question:` and so on with what it belongs to. A translation is
kept with the original it was made from. One that is missing, or whose original has changed since,
is not shown: raters see the original, and HR sees what is left to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ldtrack.competencies.domain import CompetencyRow
from ldtrack.core import ids
from ldtrack.feedback.domain.asked import ItemRow, QuestionnaireRow, QuestionRow
from ldtrack.feedback.domain.phrases import Phrases
from ldtrack.feedback.domain.questions import habit_words

NOT_OBSERVED = "Not able to observe"
_NOT_OBSERVED_KEY = "word:no"


@dataclass(frozen=True, kw_only=True)
class Translated:
    """How a text reads in the other language, and the original it was made from."""

    of: str
    text: str


Texts = Mapping[str, Translated]
"""The translations into one language by their keys."""


class TextState(StrEnum):
    """Whether raters see a text in their language."""

    DONE = "done"
    MISSING = "missing"
    OUTDATED = "outdated"


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text to be translated: where it stands, the original, and the translation so far."""

    key: str
    place: str
    original: str
    translation: str
    state: TextState


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A questionnaire in one language, with the words of its competencies.

    `habit_words` are those of the steps on which derailers are scored.
    """

    language: str
    form: QuestionnaireRow
    competencies: tuple[CompetencyRow, ...]
    habit_words: tuple[str, ...] = ()
    not_observed: str = NOT_OBSERVED

    @property
    def apart_in(self) -> str:
        """The language of what stands beside the steps, where nobody has translated that."""
        return "en" if self.not_observed == NOT_OBSERVED else self.language


def originals(
    form: QuestionnaireRow, competencies: Iterable[CompetencyRow]
) -> dict[str, tuple[str, str]]:
    """Every text by its key, with the place where it stands; in the order of the questionnaire."""
    found: dict[str, tuple[str, str]] = {}
    for competency in competencies:
        key = ids.encode(competency.id)
        found[f"competency:{key}"] = ("Competency", competency.name)
        found[f"definition:{key}"] = (competency.name, competency.definition)
        for item in form.items_of(competency.id):
            found[_item(item)] = (competency.name, item.text)
    for item in form.derailers:
        found[_item(item)] = ("Derailer", item.text)
    for question in form.questions:
        found[f"question:{question.key}"] = ("Question", question.text)
        found[f"hint:{question.key}"] = ("Hint", question.hint)
    for step, word in zip(range(form.lo, form.hi + 1), form.words, strict=False):
        found[f"word:{step}"] = (f"Step {step}", word)
    if form.derailers:
        for step, word in zip(range(form.lo, form.hi + 1), _habits(form), strict=True):
            found[f"habit:{step}"] = (f"Step {step} of derailers", word)
    found[_NOT_OBSERVED_KEY] = ("Beside the steps", NOT_OBSERVED)
    return {key: (place, text) for key, (place, text) in found.items() if text.strip()}


def texts_of(wording: Wording, texts: Texts) -> tuple[Text, ...]:
    """Every text with its translation; `wording` is the original."""
    return tuple(
        Text(
            key=key,
            place=place,
            original=original,
            translation=texts[key].text if key in texts else "",
            state=_state(original, texts.get(key)),
        )
        for key, (place, original) in originals(wording.form, wording.competencies).items()
    )


def in_language(wording: Wording, language: str, texts: Texts) -> Wording:
    """The same in another language, as far as its translations are up to date."""

    def said(key: str, original: str) -> str:
        found = texts.get(key)
        return found.text if found and _state(original, found) is TextState.DONE else original

    def named(row: CompetencyRow) -> CompetencyRow:
        key = ids.encode(row.id)
        return replace(
            row,
            name=said(f"competency:{key}", row.name),
            definition=said(f"definition:{key}", row.definition),
        )

    form = wording.form
    steps = range(form.lo, form.hi + 1)
    return Wording(
        language=language,
        competencies=tuple(named(row) for row in wording.competencies),
        habit_words=tuple(
            said(f"habit:{step}", word)
            for step, word in zip(steps, wording.habit_words, strict=False)
        ),
        not_observed=said(_NOT_OBSERVED_KEY, wording.not_observed),
        form=replace(
            form,
            items=tuple(replace(i, text=said(_item(i), i.text)) for i in form.items),
            questions=tuple(
                QuestionRow(
                    key=q.key,
                    text=said(f"question:{q.key}", q.text),
                    hint=said(f"hint:{q.key}", q.hint),
                )
                for q in form.questions
            ),
            words=tuple(
                said(f"word:{step}", word) for step, word in zip(steps, form.words, strict=False)
            ),
        ),
    )


def worded(wording: Wording, said: Phrases) -> Wording:
    """The same with the words that no organisation chose: what is not translated is looked up."""
    return replace(
        wording,
        not_observed=said.say(wording.not_observed),
        habit_words=tuple(map(said.say, wording.habit_words)),
    )


def rekeyed(texts: Texts, items: Mapping[int, int]) -> dict[str, Translated]:
    """The same texts for a copy whose items have other ids; `items` leads from old to new."""
    keys = {f"item:{ids.encode(old)}": f"item:{ids.encode(new)}" for old, new in items.items()}
    return {keys.get(key, key): text for key, text in texts.items()}


def texts_from(stored: Mapping[str, Any]) -> dict[str, Translated]:
    """What was stored, as values."""
    return {key: Translated(of=pair[0], text=pair[1]) for key, pair in stored.items()}


def texts_to(texts: Texts) -> dict[str, Any]:
    """The same, to be stored."""
    return {key: [text.of, text.text] for key, text in texts.items()}


def written(form: QuestionnaireRow, competencies: Iterable[CompetencyRow]) -> Wording:
    """The questionnaire as it was written."""
    return Wording(
        language=form.language,
        form=form,
        competencies=tuple(competencies),
        habit_words=_habits(form),
    )


def _habits(form: QuestionnaireRow) -> tuple[str, ...]:
    return habit_words(form.lo, form.hi)


def _item(item: ItemRow) -> str:
    return f"item:{ids.encode(item.id)}"


def _state(original: str, found: Translated | None) -> TextState:
    if found is None or not found.text:
        return TextState.MISSING
    return TextState.DONE if found.of == original else TextState.OUTDATED
