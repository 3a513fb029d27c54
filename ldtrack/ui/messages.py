"""Says to a person, on the next page they see, what has just happened."""

from __future__ import annotations

from typing import Any, Literal

from flask import flash

Kind = Literal["done", "note", "problem"]


def tell(text: str, *, kind: Kind = "done", undo_url: str = "") -> None:
    """Show ``text`` once; with ``undo_url``, beside a button that takes the act back by POST."""
    message: Any = {"text": text, "undo_url": undo_url} if undo_url else text
    flash(message, kind)
