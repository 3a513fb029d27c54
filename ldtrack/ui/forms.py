"""The form that every form extends; fields live in ``ldtrack.ui.fields``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast
from uuid import uuid4

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.widgets import HiddenInput

_KEY = re.compile(r"[0-9a-f]{32}")


def fresh_key() -> str:
    """A new idempotency key: 32 hexadecimal digits."""
    return uuid4().hex


class KeyField(HiddenField):
    """Holds the key by which a repeated submit is recognised; a mangled key is replaced."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist and _KEY.fullmatch(valuelist[0]):
            self.data = valuelist[0]


class Form(FlaskForm):
    """Carries the CSRF token and one idempotency key, which outlives a re-render.

    A room's form adds fields and a ``command()`` that returns a frozen dataclass.
    """

    idempotency_key = KeyField(default=fresh_key)

    spoken: Any = None
    """What leads from English phrases to those of the reader, by `gettext`; None for English."""

    class Meta(FlaskForm.Meta):
        """Lets fields look their phrases up where the form does."""

        def get_translations(self, form: Any) -> Any:
            return form.spoken

    def gettext(self, english: str) -> str:
        """What the form says by itself, in the reader's language."""
        return english if self.spoken is None else str(self.spoken.gettext(english))

    def refuse(self, field: str | None, sentence: str) -> None:
        """Show ``sentence`` beside ``field``, or above the form when there is no such field."""
        if field is not None and field in self:
            self[field].errors = [*self[field].errors, sentence]
        else:
            self.form_errors.append(sentence)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Every refusal as (id of the element to go to, sentence); no id for the whole form."""
        whole = [("", str(sentence)) for sentence in self.form_errors]
        return [*whole, *(found for field in self for found in _problems_of(field))]


def _problems_of(field: Any) -> Iterator[tuple[str, str]]:
    label = field.label.text
    # A field of several parts has their errors by their names; the parts speak for themselves.
    for error in () if isinstance(field.errors, Mapping) else field.errors:
        if isinstance(error, str):
            # Away from its field, "Please shorten this" would not say what.
            named = error if label in error or not label else f"{label}: {error}"
            yield _element_of(field), named
    for part in getattr(field, "form", None) or getattr(field, "entries", None) or ():
        yield from _problems_of(part)


def _element_of(field: Any) -> str:
    if isinstance(field.widget, HiddenInput):
        return ""
    return cast(str, getattr(field, "first_id", field.id))
