"""The mails about reviews; nothing of what a review says is ever in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.reviews.domain.kinds import Audience
from ldtrack.reviews.domain.say import long_day


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail's subject and body."""

    subject: str
    body: str


def shared_letter(sponsor: str, leader: str, address: str, until: date) -> Letter:
    """To the sponsor, once the leader said yes."""
    return Letter(
        subject=f"{leader} shares a report with you",
        body=(
            f"Dear {sponsor},\n\n"
            f"{leader} has read a report on their development and agreed that you have it.\n\n"
            f"{address}\n\n"
            f"The link is for you alone and works until {long_day(until)}. {leader} can see that "
            "it was opened, and can take the report back.\n"
        ),
    )


def ready_letter(leader: str, audience: Audience, page: str) -> Letter:
    """To the leader, once there is something to read."""
    if audience is Audience.SPONSOR:
        subject = "A report for your sponsor waits for your answer"
        what = (
            "A report for your sponsor has been made. You are the first to read it, and nobody "
            "else does unless you say yes."
        )
    else:
        subject = "Your review is ready"
        what = "Your review is ready to be read, printed and talked about."
    return Letter(subject=subject, body=f"Dear {leader},\n\n{what}\n\n{page}\n")
