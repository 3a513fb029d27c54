"""The mail to whoever reads the comments of a cycle before its reports go on."""

from __future__ import annotations

from ldtrack.feedback.domain.letters import Letter


def comments_are_to_be_read(name: str, cycle: str, link: str) -> Letter:
    """It says that there are some, and of which cycle."""
    lines = [
        f"Dear {name},",
        f"The comments of {cycle} are ready for you to read before its reports go on.",
        link,
    ]
    return Letter(subject=f"Comments to read: {cycle}", body="\n\n".join(lines) + "\n")
