"""Fields for choosing among options, one or many; where options come from is the form's affair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import Any

from wtforms import widgets
from wtforms.fields.choices import Choice, SelectFieldBase
from wtforms.validators import ValidationError

from ldtrack.core import ids
from ldtrack.ui.fields.asked import AskedField

GONE = "This choice is not on offer. Please choose again."


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing to choose: what is stored, what is read, a quiet note, a heading it falls under."""

    id: Any
    label: str
    note: str = ""
    group: str = ""


class ChoosingField(AskedField, SelectFieldBase):
    """Offers ``options``; a value that is not among them is refused."""

    widget = widgets.Select()
    shape = "select"
    missing = "Please choose an answer for “{label}”."

    def __init__(self, label: str, *, options: Sequence[Option] = (), **rest: Any) -> None:
        super().__init__(label, **rest)
        self.options = options

    def read(self, sent: str) -> Any:
        """The id that ``sent`` stands for; ValueError when it stands for none."""
        return sent

    def write(self, chosen: Any) -> str:
        """How an id travels in a page."""
        return str(chosen)

    def is_chosen(self, option: Option) -> bool:
        return bool(option.id == self.data)

    def is_offered(self, chosen: Any) -> bool:
        return any(option.id == chosen for option in self.options)

    def note_of(self, sent: str) -> str:
        """The quiet note of the option that travels as ``sent``."""
        return next((o.note for o in self.options if self.write(o.id) == sent), "")

    def iter_choices(self) -> list[Choice]:
        return [self._choice(option) for option in self.options]

    def has_groups(self) -> bool:
        return any(option.group for option in self.options)

    def iter_groups(self) -> Iterator[tuple[str | None, list[Choice]]]:
        for group, options in groupby(self.options, key=lambda option: option.group):
            yield group or None, [self._choice(option) for option in options]

    def _choice(self, option: Option) -> Choice:
        return Choice(self.write(option.id), option.label, self.is_chosen(option), {})

    def _read_or_refuse(self, sent: str) -> Any:
        try:
            return self.read(sent)
        except ValueError:
            raise ValueError(self.gettext(GONE)) from None


class ChoiceField(ChoosingField):
    """One of several texts; ``data`` is the chosen id, or None."""

    def __init__(
        self, label: str, *, radios: bool = False, blank: str = "Choose one", **rest: Any
    ) -> None:
        super().__init__(label, **rest)
        self.blank = blank
        if radios:
            self.shape = "radios"
            self.option_widget = widgets.RadioInput()

    def process_data(self, value: Any) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        sent = valuelist[0] if valuelist else ""
        self.data = None
        self.data = self._read_or_refuse(sent) if sent else None

    def check(self) -> None:
        if not self.is_offered(self.data):
            raise ValidationError(self.gettext(GONE))

    def iter_choices(self) -> list[Choice]:
        return [*self._blank_choice(), *super().iter_choices()]

    def iter_groups(self) -> Iterator[tuple[str | None, list[Choice]]]:
        if blank := self._blank_choice():
            yield None, blank
        yield from super().iter_groups()

    def _blank_choice(self) -> list[Choice]:
        if self.shape == "radios" or (self.required and self.data is not None):
            return []
        return [Choice("", self.blank, self.data is None, {})]


class ChoiceManyField(ChoosingField):
    """Any of several texts, as boxes to tick; ``data`` is a list without repeats."""

    shape = "ticks"
    missing = "Please choose at least one for “{label}”."
    option_widget = widgets.CheckboxInput()

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = []
        self.data = list(dict.fromkeys(self._read_or_refuse(sent) for sent in valuelist))

    def is_chosen(self, option: Option) -> bool:
        return option.id in self.data

    def check(self) -> None:
        if not all(self.is_offered(chosen) for chosen in self.data):
            raise ValidationError(self.gettext(GONE))


class PickField(ChoiceField):
    """One stored thing by its id, which travels encoded; ``data`` is an int, or None."""

    def read(self, sent: str) -> int:
        return ids.decode(sent)

    def write(self, chosen: int) -> str:
        return ids.encode(chosen)


class PickManyField(ChoiceManyField):
    """Stored things by their ids, which travel encoded; ``data`` is a list of int."""

    def read(self, sent: str) -> int:
        return ids.decode(sent)

    def write(self, chosen: int) -> str:
        return ids.encode(chosen)


class EnumField(ChoiceField):
    """One member of an enum; ``data`` is the member, or None."""

    def __init__(
        self, label: str, enum: type[Enum], *, words: Mapping[Any, str], **rest: Any
    ) -> None:
        super().__init__(label, options=_options_of(enum, words), **rest)

    def read(self, sent: str) -> Any:
        return _member(self.options, sent)

    def write(self, chosen: Enum) -> str:
        return str(chosen.value)


class EnumManyField(ChoiceManyField):
    """Any members of an enum, as boxes to tick; ``data`` is a list of members."""

    def __init__(
        self, label: str, enum: type[Enum], *, words: Mapping[Any, str], **rest: Any
    ) -> None:
        super().__init__(label, options=_options_of(enum, words), **rest)

    def read(self, sent: str) -> Any:
        return _member(self.options, sent)

    def write(self, chosen: Enum) -> str:
        return str(chosen.value)


def _options_of(enum: type[Enum], words: Mapping[Any, str]) -> list[Option]:
    return [Option(id=member, label=words[member]) for member in enum if member in words]


def _member(options: Sequence[Option], sent: str) -> Any:
    found = [option.id for option in options if str(option.id.value) == sent]
    if not found:
        raise ValueError(sent)
    return found[0]
