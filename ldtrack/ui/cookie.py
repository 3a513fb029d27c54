"""The cookie of a sign-in: a random word and nothing else."""

from __future__ import annotations

from flask import session


def enter(token: str) -> None:
    """Put a sign-in's word into a fresh cookie, under the names that Flask-Login reads."""
    session.clear()
    session["_user_id"] = token
    session["_fresh"] = True
    session.permanent = True
