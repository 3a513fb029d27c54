"""The fields that forms are made of, each with its bounds and sentences; no form lives here."""

from ldtrack.ui.fields.days import DayField, TimeField
from ldtrack.ui.fields.numbers import LevelField, NumberField, WholeNumberField
from ldtrack.ui.fields.picks import (
    ChoiceField,
    ChoiceManyField,
    EnumField,
    EnumManyField,
    Option,
    PickField,
    PickManyField,
)
from ldtrack.ui.fields.text import (
    EmailField,
    HiddenLineField,
    LineField,
    SecretField,
    TextField,
    WebAddressField,
)
from ldtrack.ui.fields.ticks import TickField
from ldtrack.ui.fields.uploads import UploadField

__all__ = [
    "ChoiceField",
    "ChoiceManyField",
    "DayField",
    "EmailField",
    "EnumField",
    "EnumManyField",
    "HiddenLineField",
    "LevelField",
    "LineField",
    "NumberField",
    "Option",
    "PickField",
    "PickManyField",
    "SecretField",
    "TextField",
    "TickField",
    "TimeField",
    "UploadField",
    "WebAddressField",
    "WholeNumberField",
]
