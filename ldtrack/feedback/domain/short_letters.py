"""The mails about short feedback; they say that there is something to read, and nothing of it."""

from __future__ import annotations

from ldtrack.feedback.domain.letters import Letter


def short_feedback_is_there(person: str, author: str, link: str) -> Letter:
    """The mail to the receiver."""
    lines = [f"Dear {person},", f"{author} has left you short feedback.", link]
    return Letter(subject=f"Short feedback from {author}", body="\n\n".join(lines) + "\n")


def short_feedback_is_asked_for(asked: str, person: str, link: str) -> Letter:
    """The mail to somebody who is asked for a word."""
    what = f"{person} asks you for short feedback on one thing."
    lines = [f"Dear {asked},", f"{what} It takes two minutes, and you may say no.", link]
    return Letter(subject=f"{person} asks you for short feedback", body="\n\n".join(lines) + "\n")
