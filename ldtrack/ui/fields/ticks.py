"""A single box to tick."""

from __future__ import annotations

from typing import Any

from wtforms import widgets

from ldtrack.ui.fields.asked import AskedField

_OFF = {"", "0", "false", "off", "no"}


class TickField(AskedField):
    """Yes when ticked, no otherwise; ``required`` means that it must be ticked."""

    widget = widgets.CheckboxInput()
    shape = "tick"
    missing = "Please tick “{label}”."

    def process_data(self, value: Any) -> None:
        self.data = bool(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = bool(valuelist) and valuelist[0].casefold() not in _OFF

    def is_empty(self) -> bool:
        return not self.data

    def _value(self) -> str:
        return "y"
