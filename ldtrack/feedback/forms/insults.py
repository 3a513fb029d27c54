"""The form of words that may insult: a box of lines for each language."""

from __future__ import annotations

from typing import Any

from ldtrack.feedback.domain.insults import LONGEST_LINE, MOST_LINES, SHIPPED
from ldtrack.feedback.domain.languages import name_of
from ldtrack.ui.fields import TextField
from ldtrack.ui.forms import Form


class InsultsForm(Form):
    """The fields are added for the languages."""

    def written(self) -> dict[str, str]:
        """What was typed, by language."""
        return {language: self[f"words_{language}"].data for language in SHIPPED}


def insults_form(lines: dict[str, tuple[str, ...]]) -> InsultsForm:
    """The form, filled with the lines in force."""
    fields: dict[str, Any] = {
        f"words_{language}": TextField(
            name_of(language), rows=12, max_chars=MOST_LINES * (LONGEST_LINE + 1)
        )
        for language in SHIPPED
    }
    kind: type[InsultsForm] = type("InsultsForm", (InsultsForm,), fields)
    return kind(data={f"words_{key}": "\n".join(found) for key, found in lines.items()})
