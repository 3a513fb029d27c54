"""Forms by which HR writes questionnaires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ldtrack.core import ids
from ldtrack.feedback.domain.asked import (
    LARGEST_WEIGHT,
    MOST_IMPORTANT,
    ItemRow,
    QuestionnaireRow,
    QuestionRow,
)
from ldtrack.feedback.domain.commands import (
    BuildQuestionnaire,
    QuestionnaireSettings,
    Statement,
)
from ldtrack.feedback.domain.editing import (
    LONGEST_QUESTION,
    LONGEST_STATEMENT,
    new_question_key,
)
from ldtrack.feedback.domain.languages import NAMES
from ldtrack.ui.fields import (
    ChoiceField,
    LineField,
    Option,
    PickManyField,
    TextField,
    TickField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form

NEW_ROWS = ("new_1", "new_2")
_PLAIN = "plain"
_LOOK_BACK = {3: "three months", 6: "six months", 12: "a year", 24: "two years"}
_LANGUAGES = [Option(id=code, label=name) for code, name in NAMES.items()]


class BuildForm(Form):
    """A questionnaire from a framework version."""

    title = LineField("Title", max_chars=120, required="Give the questionnaire a title.")
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

    def command(self, framework_version_id: int) -> BuildQuestionnaire:
        """What was chosen."""
        return BuildQuestionnaire(
            framework_version_id=framework_version_id,
            competency_ids=tuple(self.competencies.data),
            level=int(self.level.data) if self.level.data else None,
            per_competency=self.per_competency.data or 1,
            plain_scale=self.scale.data == _PLAIN,
        )


class AddSectionsForm(Form):
    """More competencies to ask about."""

    competencies = PickManyField("Competencies to add", required="Choose at least one competency.")
    per_competency = WholeNumberField("Statements for each of them", lowest=1, highest=6, default=3)


class SettingsForm(Form):
    """What holds for a whole questionnaire; a field for each step is added."""

    title = LineField("Title", max_chars=120, required="Give the questionnaire a title.")
    language = ChoiceField("Written in", options=_LANGUAGES, required=True)
    most_important = WholeNumberField(
        "How many competencies they choose", lowest=1, highest=MOST_IMPORTANT
    )
    then_months = ChoiceField(
        "How far leaders look back",
        blank="They are not asked",
        options=[Option(id=str(n), label=words) for n, words in _LOOK_BACK.items()],
    )

    def command(self, steps: range) -> QuestionnaireSettings:
        """What was chosen; steps without words have none at all."""
        words = tuple(self[f"word_{step}"].data for step in steps)
        return QuestionnaireSettings(
            title=self.title.data,
            language=self.language.data,
            words=words if any(words) else (),
            most_important=self.most_important.data,
            then_months=int(self.then_months.data) if self.then_months.data else None,
        )


class SectionForm(Form):
    """The statements of one competency, or the derailers; fields are added for each."""

    indicators = PickManyField("From the framework")

    def statements(
        self, items: Sequence[ItemRow], offered: Mapping[int, str]
    ) -> tuple[Statement, ...]:
        """The statements in their order, without those taken out; new ones come last."""
        kept: list[Statement] = []
        for item in items:
            key = ids.encode(item.id)
            if not self[f"gone_{key}"].data:
                kept.append(
                    Statement(
                        text=self[f"text_{key}"].data,
                        weight=self._weight(key),
                        item_id=item.id,
                        indicator_id=item.indicator_id,
                    )
                )
        new = [
            Statement(text=self[f"text_{row}"].data, weight=self._weight(row))
            for row in NEW_ROWS
            if self[f"text_{row}"].data
        ]
        chosen = [Statement(text=offered[id_], indicator_id=id_) for id_ in self.indicators.data]
        return (*kept, *new, *chosen)

    def _weight(self, key: str) -> int:
        name = f"weight_{key}"
        return (self[name].data or 1) if name in self else 1


class QuestionsForm(Form):
    """The open questions; fields are added for each."""

    text_new = LineField("Another question", max_chars=LONGEST_QUESTION)
    hint_new = LineField("Its hint", max_chars=LONGEST_QUESTION)

    def questions(self, questions: Sequence[QuestionRow]) -> tuple[QuestionRow, ...]:
        """The questions in their order, without those taken out; a new one comes last."""
        kept = [
            QuestionRow(key=q.key, text=self[f"text_{q.key}"].data, hint=self[f"hint_{q.key}"].data)
            for q in questions
            if not self[f"gone_{q.key}"].data
        ]
        if self.text_new.data:
            key = new_question_key([question.key for question in questions])
            kept.append(QuestionRow(key=key, text=self.text_new.data, hint=self.hint_new.data))
        return tuple(kept)


def settings_form(form: QuestionnaireRow) -> SettingsForm:
    """The form, filled with what holds now."""
    steps = range(form.lo, form.hi + 1)
    words = form.words or ("",) * len(steps)
    fields: dict[str, Any] = {
        f"word_{step}": LineField(f"Word of step {step}", max_chars=60) for step in steps
    }
    kind: type[SettingsForm] = type("WordedSettingsForm", (SettingsForm,), fields)
    return kind(
        data={
            "title": form.title,
            "language": form.language,
            "most_important": form.most_important,
            "then_months": str(form.then_months) if form.then_months else None,
            **{f"word_{step}": word for step, word in zip(steps, words, strict=True)},
        }
    )


def section_form(items: Sequence[ItemRow], *, weighted: bool) -> SectionForm:
    """A row for each statement and a few empty ones."""
    fields: dict[str, Any] = {}
    filled: dict[str, Any] = {}
    rows = [*((ids.encode(item.id), f"Statement {n}") for n, item in enumerate(items, start=1))]
    for key, label in [*rows, *((row, "Another statement") for row in NEW_ROWS)]:
        fields[f"text_{key}"] = TextField(label, max_chars=LONGEST_STATEMENT, rows=2)
        if weighted:
            fields[f"weight_{key}"] = WholeNumberField(
                "Weight", lowest=1, highest=LARGEST_WEIGHT, default=1
            )
    for key, label in rows:
        fields[f"gone_{key}"] = TickField(f"Take {label.lower()} out")
    for item in items:
        key = ids.encode(item.id)
        filled |= {f"text_{key}": item.text, f"weight_{key}": item.weight}
    kind: type[SectionForm] = type("StatementsForm", (SectionForm,), fields)
    return kind(data=filled)


def questions_form(questions: Sequence[QuestionRow]) -> QuestionsForm:
    """A row for each question and an empty one."""
    fields: dict[str, Any] = {}
    filled: dict[str, Any] = {}
    for number, question in enumerate(questions, start=1):
        key = question.key
        fields[f"text_{key}"] = LineField(f"Question {number}", max_chars=LONGEST_QUESTION)
        fields[f"hint_{key}"] = LineField("Hint", max_chars=LONGEST_QUESTION)
        fields[f"gone_{key}"] = TickField(f"Take question {number} out")
        filled |= {f"text_{key}": question.text, f"hint_{key}": question.hint}
    kind: type[QuestionsForm] = type("FilledQuestionsForm", (QuestionsForm,), fields)
    return kind(data=filled)
