"""Fields for numbers, always with bounds, so that no number can be absurd."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from wtforms import widgets
from wtforms.validators import ValidationError

from ldtrack.ui.fields.asked import TypedField

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}([.,][0-9]{0,12})?")
_SPACES = dict.fromkeys(map(ord, " \t\u00a0\u2009\u202f"))
_MINUS = {0x2212: "-"}


class WholeNumberField(TypedField):
    """A whole number from ``lowest`` to ``highest``; ``data`` is an int, or None when blank."""

    def __init__(
        self, label: str, *, lowest: int = 0, highest: int = 1_000_000, **rest: Any
    ) -> None:
        super().__init__(label, **rest)
        self.lowest, self.highest = lowest, highest
        self.widget = widgets.NumberInput(min=lowest, max=highest, step=1)

    def read(self, typed: str) -> int | None:
        text = _plain(typed)
        if text and not _WHOLE.fullmatch(text):
            raise ValueError(
                f"Please give a whole number from {self.lowest} to {self.highest}, in digits."
            )
        return int(text) if text else None

    def check(self) -> None:
        if not self.lowest <= self.data <= self.highest:
            raise ValidationError(f"Please give a number from {self.lowest} to {self.highest}.")


class NumberField(TypedField):
    """A number with at most ``places`` decimals; ``data`` is a Decimal, or None when blank."""

    def __init__(
        self, label: str, *, lowest: int, highest: int, places: int = 2, **rest: Any
    ) -> None:
        super().__init__(label, **rest)
        self.lowest, self.highest, self.places = lowest, highest, places
        # A text input, because number inputs lose "3,5" in browsers of other languages.
        self.widget = widgets.TextInput()
        self.render_kw = {"inputmode": "decimal", **(self.render_kw or {})}

    def read(self, typed: str) -> Any:
        text = _plain(typed)
        if text and not _DECIMAL.fullmatch(text):
            raise ValueError(f"Please give a number from {self.lowest} to {self.highest}.")
        return Decimal(text.replace(",", ".")) if text else None

    def check(self) -> None:
        value = Decimal(str(self.data))
        if not self.lowest <= value <= self.highest:
            raise ValidationError(f"Please give a number from {self.lowest} to {self.highest}.")
        if value != round(value, self.places):
            decimals = "1 decimal" if self.places == 1 else f"{self.places} decimals"
            raise ValidationError(f"Please give at most {decimals}.")


class LevelField(NumberField):
    """A level with one decimal on a scale; ``data`` is a float, or None when blank."""

    def __init__(self, label: str, *, lowest: int = 1, highest: int = 5, **rest: Any) -> None:
        super().__init__(label, lowest=lowest, highest=highest, places=1, **rest)

    def read(self, typed: str) -> float | None:
        value = super().read(typed)
        return None if value is None else float(value)


def _plain(typed: str) -> str:
    return typed.translate(_SPACES).translate(_MINUS)
