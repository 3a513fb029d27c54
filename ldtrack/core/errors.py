"""The few ways in which a request can go wrong; each is mapped to an answer once, in the app.

The message is always a sentence for the person at the screen.
"""

from __future__ import annotations


class LdtrackError(Exception):
    """Something the person at the screen can be told."""

    message = "Something went wrong."

    def __init__(self, message: str | None = None) -> None:
        self.message = message or self.message
        super().__init__(self.message)


class NotVisible(LdtrackError):
    """The thing does not exist, or this actor may not know that it does (404)."""

    message = "There is nothing here that you can see."


class NotSignedIn(LdtrackError):
    """The page asked by itself, by script, after its person was signed out (401)."""

    message = "You are signed out."


class NotAllowed(LdtrackError):
    """The actor sees the thing but may not do this with it (403)."""

    message = "You may not do this."


class Conflict(LdtrackError):
    """The thing has moved on since the page was made (409)."""

    message = "This has changed since you opened the page."


class SealedShut(LdtrackError):
    """It is sealed, and the key that opens it is not at hand (503)."""

    message = (
        "Private notes are sealed, and the key that opens them is not here. "
        "Nothing is lost: whoever runs ldtrack can bring the key back."
    )


class RuleBroken(LdtrackError):
    """What was typed breaks a rule; `field` names where (422)."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)
