"""What the address of a list asks for: which page of it, and what was searched for."""

from __future__ import annotations

from flask import request

from ldtrack.ui.cleaning import clean_line

_MOST_SEARCHED = 200
_MOST_DIGITS = 6


def page_number() -> int:
    """Which page; the first one if the address asks for nonsense."""
    typed = request.args.get("page", "")
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS
    return max(int(typed), 1) if is_number else 1


def searched() -> str:
    """What was typed into its search, as one line; '' for nothing."""
    return clean_line(request.args.get("q", "")[:_MOST_SEARCHED])
