"""Forms for a questionnaire's texts in another language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ldtrack.feedback.domain.wording import Text
from ldtrack.ui.fields import ChoiceField, TextField
from ldtrack.ui.forms import Form

LONGEST_TEXT = 1_000


class NewLanguageForm(Form):
    """A language to translate into."""

    language = ChoiceField("Another language", required="Choose a language.")


class TextsForm(Form):
    """A box for each text; the fields are added for each questionnaire."""

    def written(self, texts: Sequence[Text]) -> dict[str, str]:
        """The translations by key; an empty one takes the translation away."""
        return {text.key: self[field_of(text)].data for text in texts}


def field_of(text: Text) -> str:
    """The name of a text's field."""
    return "t_" + text.key.replace(":", "_")


def texts_form(texts: Sequence[Text]) -> TextsForm:
    """The form with the translations there are."""
    fields: dict[str, Any] = {
        field_of(text): TextField(text.original, max_chars=LONGEST_TEXT, rows=2) for text in texts
    }
    kind: type[TextsForm] = type("FilledTextsForm", (TextsForm,), fields)
    return kind(data={field_of(text): text.translation for text in texts})
