"""Fills a form of ours as a browser would."""

from __future__ import annotations

from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from ldtrack.ui.forms import Form

F = TypeVar("F", bound=Form)


def filled(form: type[F], **typed: Any) -> F:
    """The form as submitted with what was typed, without its CSRF token."""
    sent: list[tuple[str, Any]] = []
    for name, value in typed.items():
        values = value if isinstance(value, list) else [value]
        sent += [(name, each) for each in values]
    return form(formdata=MultiDict(sent), meta={"csrf": False})
