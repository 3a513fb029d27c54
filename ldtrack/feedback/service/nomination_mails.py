"""Mails about proposed raters; none of them names a rater in its subject."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.core import ids
from ldtrack.feedback.domain import letters
from ldtrack.feedback.domain.nominating import Approves
from ldtrack.feedback.models import Cycle, Subject
from ldtrack.outbox.service import post
from ldtrack.people.queries import people_named


def tell_approver(
    session: Session, cycle: Cycle, subject: Subject, *, now: datetime, base_url: str | None
) -> None:
    """Ask the line manager or the coach to look at the proposals; HR see them on their page."""
    approver = _approver_of(session, cycle, subject, now)
    if approver is None:
        return
    leader = people_named(session, [subject.person_id])[subject.person_id]
    name = people_named(session, [approver])[approver].name
    letter = letters.agree_to_raters(
        name,
        leader.name,
        cycle.name,
        cycle.nominate_until,
        _address(base_url, "/feedback/nominations/{id}/agree", subject),
    )
    _post(session, approver, letter, now, base_url)


def tell_returned(
    session: Session, cycle: Cycle, subject: Subject, *, now: datetime, base_url: str | None
) -> None:
    """Tell the leader that proposals came back, with the word that came with them."""
    leader = people_named(session, [subject.person_id])[subject.person_id]
    letter = letters.raters_returned(
        leader.name,
        cycle.name,
        subject.returned_with,
        _address(base_url, "/feedback/nominations/{id}", subject),
    )
    _post(session, subject.person_id, letter, now, base_url)


def tell_declined(
    session: Session,
    cycle: Cycle,
    subject: Subject,
    rater: str,
    *,
    now: datetime,
    base_url: str | None,
) -> None:
    """Tell the leader that somebody will not answer, so that another can be asked."""
    leader = people_named(session, [subject.person_id])[subject.person_id]
    letter = letters.rater_declined(
        leader.name,
        rater,
        cycle.name,
        _address(base_url, "/feedback/nominations/{id}", subject),
    )
    _post(session, subject.person_id, letter, now, base_url)


def _approver_of(session: Session, cycle: Cycle, subject: Subject, now: datetime) -> int | None:
    kinds = {
        Approves.MANAGER: RelationshipKind.MANAGER,
        Approves.COACH: RelationshipKind.COACH,
    }
    kind = kinds.get(Approves(cycle.approves))
    if kind is None:
        return None
    return holders_of(session, [subject.person_id], kind, now.date()).get(subject.person_id)


def _address(base_url: str | None, path: str, subject: Subject) -> str:
    return (base_url or "").rstrip("/") + path.format(id=ids.encode(subject.id))


def _post(
    session: Session, person_id: int, letter: letters.Letter, now: datetime, base_url: str | None
) -> None:
    person = people_named(session, [person_id])[person_id]
    if base_url is not None and person.email:
        post(
            session,
            to_address=person.email,
            to_name=person.name,
            subject=letter.subject,
            body=letter.body,
            due_at=letters.sending_hour(now),
        )
