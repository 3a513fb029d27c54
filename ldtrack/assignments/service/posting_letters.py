"""The mails that follow from what is done with an opening itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.assignments.domain import Answer, CloseOpening
from ldtrack.assignments.models import Posting
from ldtrack.assignments.service.letters import write


def tell_changes(
    session: Session,
    posting: Posting,
    people: Iterable[int],
    changes: Sequence[str],
    now: datetime,
) -> None:
    """Tell those who applied or are placed what an opening says now, and what it said before."""
    listed = "\n".join(changes)
    write(
        session,
        people,
        f"Changed: {posting.title}",
        f"“{posting.title}” was changed since you applied for it or were placed in it.\n\n"
        f"{listed}\n\n"
        "The whole of it is under Assignments. If it no longer suits you, you can withdraw there.",
        now,
    )


def tell_answer(session: Session, posting: Posting, answer: Answer, now: datetime) -> None:
    """Tell whoever proposed an opening, and whoever answers for it, what HR says."""
    people = {one for one in (posting.author_id, posting.owner_id) if one is not None}
    said = f"\n\n{answer.word}" if answer.word else ""
    if answer.publish:
        subject = f"Published: {posting.title}"
        body = f"“{posting.title}” is published. Leaders can apply for it now.{said}"
    else:
        subject = f"Sent back: {posting.title}"
        body = (
            f"HR asks for another look at “{posting.title}” before it is published.{said}\n\n"
            "It is a draft again, under Assignments, and can be proposed once more."
        )
    write(session, sorted(people), subject, body, now)


def tell_closed(
    session: Session,
    posting: Posting,
    waiting: Collection[int],
    command: CloseOpening,
    now: datetime,
) -> None:
    """Tell those who wait that no more applications are taken, why, and what becomes of theirs."""
    theirs = (
        "So yours was not accepted this time. Thank you for having applied; "
        "what else is open is under Assignments."
        if command.declines
        else "Yours is with those who answer for it, and you will have an answer."
    )
    write(
        session,
        waiting,
        f"Closed: {posting.title}",
        f"“{posting.title}” takes no more applications.\n\n{command.reason}\n\n{theirs}",
        now,
    )
