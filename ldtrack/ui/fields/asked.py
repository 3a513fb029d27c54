"""What every field of ours shares: a label, a hint, and a sentence for when it is left empty."""

from __future__ import annotations

from typing import Any

from wtforms import Field, widgets
from wtforms.validators import ValidationError


class AskedField(Field):
    """A field that keeps what was typed and refuses with a sentence.

    ``required`` may be the sentence to show when nothing was given. ``shape`` tells the page how to
    draw the field: line, text, select, radios, ticks, tick, file or hidden.
    """

    data: Any
    render_kw: dict[str, Any] | None
    shape = "line"
    missing = "Please fill in “{label}”."

    def __init__(
        self, label: str, *, required: bool | str = False, hint: str = "", **rest: Any
    ) -> None:
        super().__init__(label, description=hint, **rest)
        self.required = bool(required)
        self.missing_sentence = (
            required if isinstance(required, str) else self.missing.format(label=label)
        )
        if self.required:
            self.flags.required = True

    @property
    def first_id(self) -> str:
        """Id of the element that takes the focus."""
        return f"{self.id}-0" if self.shape in {"radios", "ticks"} else str(self.id)

    def is_empty(self) -> bool:
        """Whether nothing was given."""
        return self.data is None or self.data == "" or self.data == []

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            return
        if not self.is_empty():
            self.check()
        elif self.required:
            raise ValidationError(self.missing_sentence)

    def check(self) -> None:
        """Refuse a value that was understood but cannot be taken."""


class TypedField(AskedField):
    """A field whose text is read into a value; text that cannot be read is shown again as typed."""

    def process(self, *sent: Any, **settings: Any) -> None:
        super().process(*sent, **settings)
        if self.process_errors:
            # Inputs for days and numbers drop what they cannot read.
            self.widget = widgets.TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        typed = str(valuelist[0])
        self.data = None
        self.data = self.read(typed)

    def read(self, typed: str) -> Any:
        """The value that ``typed`` stands for; ValueError holds the sentence when there is none."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The text that stands for ``value``."""
        return str(value)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)
