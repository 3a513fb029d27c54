"""Fields for words: one line, several lines, an e-mail address, a web address, a secret."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from wtforms import widgets
from wtforms.validators import ValidationError

from ldtrack.ui.cleaning import clean_email, clean_line, clean_text
from ldtrack.ui.fields.asked import AskedField

TOO_LONG = "Please shorten this to {most:,} characters; it has {n:,}."
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


class LineField(AskedField):
    """One line of text; ``data`` is never None, and '' when blank."""

    widget = widgets.TextInput()

    def __init__(self, label: str, *, max_chars: int = 200, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.max_chars = max_chars

    def clean(self, typed: str) -> str:
        """The text as it will be stored."""
        return clean_line(typed)

    def process_data(self, value: str | None) -> None:
        self.data = value or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        typed = str(valuelist[0])
        # Normalising a text far over the limit would cost time and change nothing.
        self.data = typed if len(typed) > 4 * self.max_chars else self.clean(typed)

    def check(self) -> None:
        if len(self.data) > self.max_chars:
            raise ValidationError(
                self.gettext(TOO_LONG).format(most=self.max_chars, n=len(self.data))
            )

    def _value(self) -> str:
        return str(self.data or "")


class TextField(LineField):
    """Several lines of text; line breaks arrive as ``\\n``."""

    widget = widgets.TextArea()
    shape = "text"

    def __init__(self, label: str, *, max_chars: int = 20_000, rows: int = 5, **rest: Any) -> None:
        super().__init__(label, max_chars=max_chars, **rest)
        self.rows = rows

    def clean(self, typed: str) -> str:
        return clean_text(typed)


class HiddenLineField(LineField):
    """One line that the page carries without showing it."""

    widget = widgets.HiddenInput()
    shape = "hidden"

    def __init__(self, label: str = "", **rest: Any) -> None:
        super().__init__(label, **rest)


class SecretField(LineField):
    """A password: kept as typed but for NUL, never shown again."""

    widget = widgets.PasswordInput(hide_value=True)

    def __init__(self, label: str, *, max_chars: int = 1024, **rest: Any) -> None:
        super().__init__(label, max_chars=max_chars, **rest)

    def clean(self, typed: str) -> str:
        return typed.replace("\x00", "")


class EmailField(LineField):
    """An e-mail address in the form that addresses are compared in."""

    widget = widgets.EmailInput()

    def __init__(self, label: str, *, max_chars: int = 254, **rest: Any) -> None:
        super().__init__(label, max_chars=max_chars, **rest)

    def clean(self, typed: str) -> str:
        return clean_email(typed)

    def check(self) -> None:
        super().check()
        if not _EMAIL.fullmatch(self.data):
            raise ValidationError("Please give an address such as name@example.org.")


class WebAddressField(LineField):
    """A web address that starts with https:// or http://."""

    widget = widgets.URLInput()

    def __init__(self, label: str, *, max_chars: int = 2000, **rest: Any) -> None:
        super().__init__(label, max_chars=max_chars, **rest)

    def check(self) -> None:
        super().check()
        if not _is_web_address(self.data):
            raise ValidationError("Please give an address such as https://example.org/page.")


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in text
