"""The mails about agreements: to those who are asked to sign, and about what became of one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.coaching.domain.agreements import PartyRow, VersionRow
from ldtrack.core.ids import encode
from ldtrack.outbox.service import Mail, post_all
from ldtrack.people.queries import people_named

_ASKED = """Hello {name},

{leader} and {coach} begin or go on with coaching. What it is for, and what a sponsor may see of it,
is written in an agreement that {n} people sign, you among them. Please read it, and sign it or say
what should be different:

{address}
"""
_AGAIN = """Hello {name},

the agreement on the coaching of {leader} still waits for your signature. It takes two minutes:

{address}
"""
_BECAME = {
    "in force": (
        "Signed by all: the agreement on the coaching of {leader}",
        "everybody has signed the agreement on the coaching of {leader}. It is in force.",
    ),
    "refused": (
        "Not signed: the agreement on the coaching of {leader}",
        "somebody did not sign the agreement on the coaching of {leader}. Why is on its page.",
    ),
    "withdrawn": (
        "Withdrawn: the agreement on the coaching of {leader}",
        "the agreement on the coaching of {leader} was withdrawn. Why is on its page.",
    ),
}


def ask_to_sign(
    session: Session, version: VersionRow, *, now: datetime, base_url: str, again: bool = False
) -> None:
    """Ask those who have not signed, or remind them."""
    head = "Still to be signed" if again else "Please sign"
    _post(
        session,
        version,
        version.waits_for,
        f"{head}: the agreement on the coaching of {version.person}",
        _AGAIN if again else _ASKED,
        now=now,
        base_url=base_url,
    )


def tell_all(
    session: Session, version: VersionRow, what: str, *, now: datetime, base_url: str
) -> None:
    """Tell everybody who was asked what became of it."""
    subject, words = _BECAME[what]
    _post(
        session,
        version,
        version.parties,
        subject.format(leader=version.person),
        f"Hello {{name}},\n\n{words}\n\n{{address}}\n",
        now=now,
        base_url=base_url,
    )


def _post(
    session: Session,
    version: VersionRow,
    parties: tuple[PartyRow, ...],
    subject: str,
    words: str,
    *,
    now: datetime,
    base_url: str,
) -> None:
    people = people_named(session, {one.person_id for one in parties if one.person_id})
    mails = [
        Mail(
            to_address=who.email,
            to_name=who.name,
            subject=subject,
            body=words.format(
                name=who.first_name,
                leader=version.person,
                coach=version.coach,
                n=len(version.parties),
                address=f"{base_url}/coaching/agreements/{encode(version.id)}",
            ),
        )
        for _, who in sorted(people.items())
        if who.email and who.active
    ]
    post_all(session, mails, due_at=now)
