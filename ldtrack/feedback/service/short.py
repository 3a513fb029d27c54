"""Giving short feedback and taking it back; thanking for it, hiding it, sharing it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.competencies.queries import competency, indicators
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.feedback.domain.short import (
    TAKE_BACK_WINDOW,
    Behaviour,
    GiveShort,
    can_be_taken_back,
    check_words,
)
from ldtrack.feedback.domain.short_letters import short_feedback_is_there
from ldtrack.feedback.models import ShortFeedback
from ldtrack.outbox.service import post, take_one_back
from ldtrack.people.queries import people_named, with_account


def give(
    session: Session, actor: Actor, command: GiveShort, *, now: datetime, base_url: str
) -> int:
    """Let a colleague read it at once; the mail leaves when it can no longer be taken back.

    Returns its id.
    """
    author_id = actor.person_id or 0
    policy.require(
        actor,
        Action.GIVE_SHORT,
        Facts(
            organisation_id=actor.organisation_id,
            person_id=command.person_id,
            author_id=actor.person_id,
        ),
    )
    check_reachable(session, author_id, command.person_id)
    check_words(command.body)
    behaviour = words_of(session, command.about)
    people = people_named(session, [author_id, command.person_id])
    receiver = people[command.person_id]
    letter = short_feedback_is_there(receiver.name, people[author_id].name, page_of(base_url))
    given = ShortFeedback(
        person_id=command.person_id,
        author_id=author_id,
        competency_id=command.about.competency_id,
        indicator_id=command.about.indicator_id,
        behaviour=behaviour,
        kind=command.kind,
        body=command.body,
        given_at=now,
        is_hidden=False,
        notice_id=post(
            session,
            to_address=receiver.email,
            to_name=receiver.name,
            subject=letter.subject,
            body=letter.body,
            due_at=now + TAKE_BACK_WINDOW,
        )
        if receiver.email
        else None,
    )
    session.add(given)
    session.flush()
    return given.id


def take_back_short(session: Session, actor: Actor, short_id: int, *, now: datetime) -> None:
    """Undo what the actor gave, shortly after; nobody is told. Later it is a `Conflict`."""
    given = _one(session, actor, Action.GIVE_SHORT, short_id)
    if not can_be_taken_back(given.given_at, now):
        raise Conflict("It is more than ten minutes ago, so it stays.")
    notice_id = given.notice_id
    session.delete(given)
    session.flush()
    if notice_id is not None:
        take_one_back(session, notice_id)


def thank(session: Session, actor: Actor, short_id: int, *, now: datetime) -> None:
    """Let the giver know that it was read gladly."""
    received = _one(session, actor, Action.KEEP_SHORT, short_id)
    received.thanked_on = received.thanked_on or now.date()
    session.flush()


def hide_short(session: Session, actor: Actor, short_id: int) -> None:
    """Put it out of one's sight and out of the coach's; the giver is not told."""
    received = _one(session, actor, Action.KEEP_SHORT, short_id)
    received.is_hidden, received.shared_with_id = True, None
    session.flush()


def show_short_again(session: Session, actor: Actor, short_id: int) -> None:
    """Take what was hidden up again."""
    _one(session, actor, Action.KEEP_SHORT, short_id).is_hidden = False
    session.flush()


def share_short(session: Session, actor: Actor, short_id: int, *, today: date) -> None:
    """Let one's coach of today read it."""
    received = _one(session, actor, Action.KEEP_SHORT, short_id)
    coaches = holders_of(session, [received.person_id], RelationshipKind.COACH, today)
    if received.person_id not in coaches:
        raise Conflict("You have no coach at present whom you could share it with.")
    received.is_hidden, received.shared_with_id = False, coaches[received.person_id]
    session.flush()


def stop_sharing_short(session: Session, actor: Actor, short_id: int) -> None:
    """Take it back from the coach."""
    _one(session, actor, Action.KEEP_SHORT, short_id).shared_with_id = None
    session.flush()


def check_reachable(session: Session, one_id: int, other_id: int) -> None:
    """Raise unless the other is a colleague who can sign in and read it."""
    if other_id == one_id:
        raise RuleBroken("person_id", "Choose somebody else than yourself.")
    if other_id not in with_account(session, [other_id]):
        raise NotVisible


def words_of(session: Session, about: Behaviour) -> str:
    """The indicator's words; '' for the whole competency. It must be one of the competency's."""
    competency(session, about.competency_id)
    if about.indicator_id is None:
        return ""
    for row in indicators(session, [about.competency_id]):
        if row.id == about.indicator_id:
            return row.effective
    raise RuleBroken("behaviour", "Choose one of these behaviours, or the competency as a whole.")


def page_of(base_url: str) -> str:
    """The address of the page in a mail."""
    return f"{base_url.rstrip('/')}/short-feedback"


def _one(session: Session, actor: Actor, action: Action, short_id: int) -> ShortFeedback:
    found = session.get(ShortFeedback, short_id)
    if found is None:
        raise NotVisible
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=found.person_id,
        author_id=found.author_id,
    )
    policy.require_visible(actor, Action.READ_SHORT, facts)
    policy.require(actor, action, facts)
    return found
